import { z } from 'zod';
import type { PlaceHint } from '@/server/domain/assist.ts';
import { openIncidentsFor } from '@/server/domain/assist-duplicates.ts';
import { incidentRef } from '@/server/domain/incident-command.ts';
import { lonLat } from '@/server/domain/place.ts';
import { refused } from '@/server/domain/refusal.ts';
import { masked, maskedContent } from '@/server/domain/visibility.ts';
import type { City } from '@/server/places/load-city.ts';
import { placesIn } from '@/server/places/place-in-text.ts';
import { allowed } from '../trpc.ts';

/** Open incidents that are looked through for what is told again. */
const mostOpen = 400;

/** The words as they were said, and what the place search knows of them, or else of the whole story. */
function placeOf({ gazetteer, bbox }: City, text: string, words: string | null): PlaceHint | null {
  const known = (story: string) => placesIn(story, { gazetteer, bbox }).find((one) => one.candidate !== null);
  const found = (words === null ? undefined : known(words)) ?? known(text);
  const said = words ?? found?.said ?? null;
  if (said === null) return null;
  const candidate = found?.candidate;
  return { text: said, found: candidate ? { name: candidate.name, lonLat: candidate.lonLat } : null };
}

/**
 * Proposals for a person to read; nothing here writes to the record. Mutations, so that what was told never stands in an address and only a
 * page of ours can have it sent.
 */
export const assistProcedures = {
  /** Whether a model takes part, how it fares, and where text would go. */
  state: allowed('incident.read').query(({ ctx }) => ctx.deps.assist.state()),
  propose: allowed('incident.file')
    .input(
      z.object({
        text: z.string().trim().min(1).max(20_000),
        lonLat: lonLat.nullable().default(null),
        /** The incident that is being edited: it is no duplicate of itself. */
        incident: z.string().max(128).nullable().default(null),
        reality: z.enum(['actual', 'exercise', 'test']).default('actual'),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { city, store, now, assist } = ctx.deps;
      const rows = await store.read(ctx.actor, (tx) => tx.list('incident', { live: true, limit: mostOpen }));
      const others = rows
        .filter(({ id }) => id !== input.incident)
        .map(({ state }) => masked(ctx.actor, 'incident', state));
      const district = input.lonLat ? city.districtOf(input.lonLat).district : null;
      const open = openIncidentsFor({ ...input, district, now: now() }, others);
      return assist.propose({
        text: input.text,
        who: ctx.actor.id,
        about: input.incident,
        open,
        placeOf: (text, words) => placeOf(city, text, words),
      });
    }),
  /** From what this person may see of the log, and nothing else. */
  brief: allowed('incident.read')
    .input(incidentRef.extend({ language: z.enum(['zh-CN', 'en']).default('zh-CN') }))
    .mutation(async ({ ctx, input }) => {
      const { store, assist } = ctx.deps;
      const found = await store.read(ctx.actor, (tx) => tx.find('incident', input.incident));
      if (!found) return refused('not_found');
      const events = await store.stream(ctx.actor, `incident/${input.incident}`);
      return assist.brief({
        incident: masked(ctx.actor, 'incident', found.state),
        log: events.map(({ position, kind, content, recordedAt }) => ({
          position,
          kind,
          content: maskedContent(ctx.actor, content),
          recordedAt,
        })),
        language: input.language,
        who: ctx.actor.id,
      });
    }),
};
