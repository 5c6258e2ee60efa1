import { z } from 'zod';
import { incidentRef } from '@/server/domain/incident-command.ts';
import { refused } from '@/server/domain/refusal.ts';
import { masked, maskedContent } from '@/server/domain/visibility.ts';
import { allowed } from '../trpc.ts';

/** One line of the log, as the timeline shows it. */
export type LogEntry = {
  readonly position: number;
  readonly kind: string;
  readonly content: unknown;
  readonly by: string;
  readonly recordedAt: number;
};

export const incidentReads = {
  get: allowed('incident.read')
    .input(incidentRef)
    .query(async ({ ctx, input }) => {
      const found = await ctx.deps.store.read(ctx.actor, (tx) => tx.find('incident', input.incident));
      return found
        ? { version: found.version, incident: masked(ctx.actor, 'incident', found.state) }
        : refused('not_found');
    }),
  /** The incident's own entries, oldest first. */
  timeline: allowed('incident.read')
    .input(incidentRef)
    .query(async ({ ctx, input }) => {
      const events = await ctx.deps.store.stream(ctx.actor, `incident/${input.incident}`);
      return events.map<LogEntry>(({ position, kind, content, actorName, recordedAt }) => ({
        position,
        kind,
        content: maskedContent(ctx.actor, content),
        by: actorName,
        recordedAt,
      }));
    }),
  /** For the review: incidents by their last change, open and ended. */
  list: allowed('incident.read')
    .input(z.object({ live: z.boolean().default(false), limit: z.number().int().min(1).max(500).default(100) }))
    .query(async ({ ctx, input }) => {
      const rows = await ctx.deps.store.read(ctx.actor, (tx) => tx.list('incident', input));
      return rows.map(({ state }) => masked(ctx.actor, 'incident', state));
    }),
  /** The signals of one incident, also those that left the live picture long ago. */
  signals: allowed('signal.read')
    .input(incidentRef)
    .query(async ({ ctx, input }) => {
      const found = await ctx.deps.store.read(ctx.actor, async (tx) => {
        const incident = await tx.find('incident', input.incident);
        return incident ? [...(await tx.findAll('signal', incident.state.signals)).values()] : [];
      });
      return found.map(({ state }) => masked(ctx.actor, 'signal', state));
    }),
};
