import { signalRef } from '@/server/domain/incident-command.ts';
import { refused } from '@/server/domain/refusal.ts';
import { signalBackground } from '@/server/ops/signal-background.ts';
import { allowed } from '../trpc.ts';

export const signalReads = {
  /** Repeat callers, the same place, and incidents whose number it names: callers' lines are compared, never sent. */
  background: allowed('caller.read')
    .input(signalRef)
    .query(
      async ({ ctx, input }) =>
        (await ctx.deps.store.read(ctx.actor, (tx) => signalBackground(tx, input.signal))) ??
        refused('not_found', input.signal),
    ),
};
