import { type Drawing, drawing } from '@/server/domain/follow-up.ts';
import { ringOf } from '@/server/domain/follow-up-area.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { TravelQuery } from '@/server/places/travel/travel-time.ts';
import type { ApiDeps } from '../deps.ts';

type Conditions = NonNullable<TravelQuery['conditions']>;

/** Areas that rooms declared closed: who goes to any incident goes around them. A line closes nothing; it is only shown. */
export const closuresOf = (drawings: readonly Drawing[]): Conditions =>
  drawings.flatMap(({ id, meaning, shape }) => {
    const ring = meaning === 'closed' ? ringOf(shape) : null;
    return ring ? [{ id: `drawing/${id}`, on: { area: [ring] }, factor: 'closed' as const }] : [];
  });

/** Of all open incidents that this person sees. */
export async function drawnClosures({ store }: Pick<ApiDeps, 'store'>, actor: Actor): Promise<Conditions> {
  const rows = await store.read(actor, (tx) =>
    tx.query<{ drawing: unknown }>(
      `select drawing from incident, jsonb_array_elements(body->'drawings') as held(drawing)
       where live and body->'drawings' @> '[{"meaning": "closed"}]' and drawing->>'meaning' = 'closed' limit 200`,
    ),
  );
  return closuresOf(
    rows.flatMap((row) => {
      const read = drawing.safeParse(row.drawing);
      return read.success ? [read.data] : [];
    }),
  );
}
