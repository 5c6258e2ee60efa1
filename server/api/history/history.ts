import { z } from 'zod';
import { incidentRef } from '@/server/domain/incident-command.ts';
import { refused } from '@/server/domain/refusal.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { namesOfLine, readingPage, readingSeries } from '@/server/store/reading-history.ts';
import type { ReadTx } from '@/server/store/store.ts';
import { allowed, permit } from '../trpc.ts';

const longestMs = 7 * 86_400_000;
const longestSeriesMs = 31 * 86_400_000;

const line = z.object({ station: z.string().min(3).max(330), property: z.string().min(1).max(512) });
const span = z
  .object({ from: z.number().int().min(0), to: z.number().int().min(0) })
  .refine(({ from, to }) => to > from && to - from <= longestSeriesMs, 'a span of up to 31 days');

/** Of the district or not: the register says. What nobody has registered is for those who may read everywhere. */
async function permitStation(tx: ReadTx, station: string) {
  const held = await tx.find('station', station);
  permit(tx.actor, 'history.read', held ? subjectOf.station(held.state) : { departments: [], district: null });
  return held?.state ?? null;
}

export const historyProcedures = {
  /** Tracks of the units that worked on an incident, from its first signal to its end (or now), as columns. */
  incidentTracks: allowed('history.read')
    .input(incidentRef)
    .query(async ({ ctx, input }) => {
      const { store, now } = ctx.deps;
      const found = await store.read(ctx.actor, async (tx) => {
        const incident = await tx.find('incident', input.incident);
        if (!incident) return null;
        const ids = [...new Set(incident.state.assignments.map((held) => held.unit as string))];
        return { incident: incident.state, units: await tx.findAll('unit', ids) };
      });
      if (!found) return refused('not_found');
      const starts = found.incident.cycles.flatMap((cycle) => cycle.clocks.T0 ?? []);
      const from = Math.min(found.incident.openedAt, ...starts);
      const ended = ['closed', 'evaluated', 'voided', 'merged'].includes(found.incident.state);
      const to = Math.min(from + longestMs, ended ? found.incident.changedAt : now());
      const units = [...found.units.values()].map((loaded) => loaded.state);
      const tracks = await store.history.tracks(
        units.map((unit) => unit.id),
        from,
        to,
      );
      return { from, to, tracks, units: units.map(({ id, callSign, kind }) => ({ id, callSign, kind })) };
    }),
  /** One line of a station for a chart: every value while they are few, else the lowest, mean and highest of each piece of time. */
  readings: allowed('history.read')
    .input(line.and(span))
    .query(({ ctx, input }) =>
      ctx.deps.store.read(ctx.actor, async (tx) => {
        const station = await permitStation(tx, input.station);
        const unit = station?.measures.find(({ property }) => property === input.property)?.unit ?? null;
        const { from, to } = input;
        return readingSeries(tx, namesOfLine(input.station, input.property), { from, to, unit });
      }),
    ),
  /** The same as it was stored, page by page, for a file. */
  readingRows: allowed('history.read')
    .input(line.and(span))
    .query(({ ctx, input }) =>
      ctx.deps.store.read(ctx.actor, async (tx) => {
        await permitStation(tx, input.station);
        return readingPage(tx, namesOfLine(input.station, input.property), input);
      }),
    ),
};
