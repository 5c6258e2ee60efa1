import { stationedDepartments } from '@/server/domain/department.ts';
import type { DepartmentEvent } from '@/server/domain/presence.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { OpDeps } from './op.ts';

/** One change of a seat, as it stands in the log. */
export type SeatChange = {
  readonly position: number;
  readonly department: string;
  readonly event: DepartmentEvent;
  readonly by: string;
  readonly at: number;
};

type Row = { position: number; stream: string; kind: string; content: unknown; by: string; at: number };
const prefix = 'department/';

/** The newest changes of all seats, newest first. Each stream is read from its end by its index, however long it has grown. */
export async function listSeatChanges(
  { store }: Pick<OpDeps, 'store'>,
  actor: Actor,
  limit: number,
): Promise<SeatChange[]> {
  const rows = await store.read(actor, (tx) =>
    tx.query<Row>(
      `select s.position, e.stream, e.kind, e.content, e.actor_name as "by", e.recorded_at as "at"
       from unnest($1::text[]) as of(stream)
       cross join lateral (
         select * from event where event.stream = of.stream and kind <> 'departmentRegistered' order by version desc limit $2) e
       join sealed s on s.event_id = e.id
       order by s.position desc limit $2`,
      [stationedDepartments.map((id) => prefix + id), limit],
    ),
  );
  return rows.map(({ position, stream, kind, content, by, at }) => ({
    position,
    department: stream.slice(prefix.length),
    event: { kind, content } as DepartmentEvent,
    by,
    at,
  }));
}
