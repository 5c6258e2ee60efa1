import { z } from 'zod';
import type { Rule } from '@/server/domain/rule.ts';
import { setRule, setRuleInput } from '@/server/ops/set-rule.ts';
import { commandId, commandOf } from '../command-input.ts';
import { allowed } from '../trpc.ts';

export const ruleProcedures = {
  set: allowed('rule.set')
    .input(setRuleInput.extend(commandId.shape))
    .mutation(({ ctx, input }) => setRule(ctx.deps, { ...commandOf(input), actor: ctx.actor })),
  /** What it was and who changed it, oldest first. */
  changes: allowed('rule.read')
    .input(z.object({ rule: z.string().max(64) }))
    .query(async ({ ctx, input }) => {
      const events = await ctx.deps.store.stream(ctx.actor, `rule/${input.rule}`);
      return events.map(({ version, recordedAt, actorName, content }) => ({
        version,
        at: recordedAt,
        by: actorName,
        rule: (content as { rule: Rule }).rule,
      }));
    }),
};
