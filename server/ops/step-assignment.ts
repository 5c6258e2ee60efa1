import { z } from 'zod';
import { incidentId } from '@/server/domain/ids.ts';
import { assignmentCommand, endOrderCommand } from '@/server/domain/incident-command.ts';
import { endOrder as end, type Stepped, stepAssignment as step } from '@/server/domain/incident-dispatch.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Outcome, Tx } from '@/server/store/store.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const stepAssignmentInput = z.object({ incident: incidentId, command: assignmentCommand });
export const endOrderInput = z.object({ incident: incidentId, command: endOrderCommand });
type Answer = { readonly incident: string };

async function outcome(
  tx: Tx,
  incident: string,
  decided: { stepped: Stepped; unit: string | null },
): Promise<Outcome<Answer>> {
  const { stepped, unit } = decided;
  if (unit && stepped.unit.length > 0) await tx.load('unit', unit);
  return {
    events: [
      ...eventsFor('incident', incident, stepped.incident),
      ...(unit ? eventsFor('unit', unit, stepped.unit) : []),
    ],
    answer: { incident },
  };
}

/** A unit's step on its assignment: both the incident's and the unit's stream move in one transaction. */
export function stepAssignment(
  { store }: OpDeps,
  command: Command<z.infer<typeof stepAssignmentInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'step-assignment', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const stepped = step(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(stepped)) return stepped;
    await keepTimers(tx, loaded.state, stepped.incident);
    const held = loaded.state.assignments.find((one) => one.id === input.command.assignment);
    return outcome(tx, input.incident, { stepped, unit: held?.unit ?? null });
  });
}

export function endOrder(
  { store }: OpDeps,
  command: Command<z.infer<typeof endOrderInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'end-order', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const stepped = end(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(stepped)) return stepped;
    await keepTimers(tx, loaded.state, stepped.incident);
    const order = loaded.state.orders.find((one) => one.id === input.command.order);
    return outcome(tx, input.incident, { stepped, unit: order?.target.kind === 'unit' ? order.target.id : null });
  });
}
