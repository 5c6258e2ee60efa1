import { z } from 'zod';
import { incidentId, type OrderId } from '@/server/domain/ids.ts';
import { startPlan as start } from '@/server/domain/plan-run.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { response } from '@/server/domain/scale.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const startPlanInput = z.object({
  incident: incidentId,
  plan: z.string().max(64),
  level: response,
  language: z.enum(['zh-CN', 'en']),
});

/** Starts a plan for an incident, or takes the running one to another level. */
export function startPlan(
  { store, newId }: OpDeps,
  command: Command<z.infer<typeof startPlanInput>>,
): Promise<{ readonly incident: string; readonly orders: number; readonly tasks: number } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'start-plan', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    // Read, not locked: who starts a plan need not be one who may change it.
    const plan = await tx.find('plan', input.plan);
    if (!plan) return refused('not_found', `plan ${input.plan}`);
    const decided = start(
      loaded.state,
      {
        plan: plan.state,
        level: input.level,
        language: input.language,
        newTaskId: newId,
        newOrderId: () => newId() as OrderId,
      },
      decisionOf(tx),
    );
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, loaded.state, decided);
    const count = (kind: string) => decided.filter((event) => event.kind === kind).length;
    return {
      events: eventsFor('incident', input.incident, decided),
      answer: { incident: input.incident, orders: count('orderSent'), tasks: count('taskSet') },
    };
  });
}
