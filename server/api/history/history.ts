import { incidentRef } from '@/server/domain/incident-command.ts';
import { refused } from '@/server/domain/refusal.ts';
import { allowed } from '../trpc.ts';

const longestMs = 7 * 86_400_000;

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
};
