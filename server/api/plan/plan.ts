import { z } from 'zod';
import type { Plan } from '@/server/domain/plan.ts';
import { setPlan, setPlanInput } from '@/server/ops/set-plan.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

const mostPlans = 500;

export const planProcedures = {
  list: allowed('plan.read').query(async ({ ctx }) => {
    const rows = await ctx.deps.store.read(ctx.actor, (tx) => tx.list('plan', { limit: mostPlans }));
    return rows.map(({ state }) => state);
  }),
  set: allowed('plan.set')
    .input(setPlanInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => setPlan(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** What it was and who changed it, oldest first. */
  changes: allowed('plan.read')
    .input(z.object({ plan: z.string().max(64) }))
    .query(async ({ ctx, input }) => {
      const events = await ctx.deps.store.stream(ctx.actor, `plan/${input.plan}`);
      return events.map(({ version, recordedAt, actorName, content }) => ({
        version,
        at: recordedAt,
        by: actorName,
        plan: (content as { plan: Plan }).plan,
      }));
    }),
};
