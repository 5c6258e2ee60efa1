import { z } from 'zod';
import { decideFollowUp, followUpCommand } from '@/server/domain/follow-up-decide.ts';
import { incidentId, type OrderId } from '@/server/domain/ids.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { applyIncident } from '@/server/domain/incident-event.ts';
import { startPlan } from '@/server/domain/plan-run.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';
import { startPlanInput } from './start-plan.ts';

export const followUpInput = z.object({
  incident: incidentId,
  command: followUpCommand,
  /** Whoever makes an incident a major one calls up, in the same breath, whom a plan names at a level. */
  start: startPlanInput.omit({ incident: true }).nullable().default(null),
});

type Whole = z.infer<typeof followUpInput>;
export type FollowUpInput = Omit<Whole, 'start'> & Partial<Pick<Whole, 'start'>>;

/** Tasks, needs, check-ins and the room of one incident. */
export function followUp(
  { store, newId }: OpDeps,
  command: Command<FollowUpInput>,
): Promise<{ readonly incident: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'follow-up', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const asked = decideFollowUp(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(asked)) return asked;
    const decided = [...asked];
    if (input.start) {
      if (input.command.act !== 'upgrade') return refused('bad_input', 'start');
      // Read, not locked: who starts a plan need not be one who may change it.
      const plan = await tx.find('plan', input.start.plan);
      if (!plan) return refused('not_found', `plan ${input.start.plan}`);
      const after = asked.reduce<Incident | null>(applyIncident, loaded.state) ?? loaded.state;
      const ids = { newTaskId: newId, newOrderId: () => newId() as OrderId };
      const { level, language } = input.start;
      const started = startPlan(after, { plan: plan.state, level, language, ...ids }, decisionOf(tx));
      if (wasRefused(started)) return started;
      decided.push(...started);
    }
    await keepTimers(tx, loaded.state, decided);
    return { events: eventsFor('incident', input.incident, decided), answer: { incident: input.incident } };
  });
}
