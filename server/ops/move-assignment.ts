import { z } from 'zod';
import { type AssignmentId, assignmentId, incidentId, type OrderId } from '@/server/domain/ids.ts';
import { moveAssignment as move, type Placed, type Reassigning } from '@/server/domain/reassign.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Tx } from '@/server/store/store.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, type OpDeps } from './op.ts';
import { holders } from './send-orders.ts';

const words = z.string().trim().max(2_000).default('');
export const placedInput = z.object({ incident: incidentId, assignment: assignmentId });
export const moveAssignmentInput = placedInput.extend({ to: incidentId, text: words, reason: words });

/** Each where it is now. Incidents are locked first and in order, as every other command does, then the units. */
export async function loadPlaced(
  tx: Tx,
  asked: readonly z.infer<typeof placedInput>[],
  alsoIncidents: readonly string[] = [],
) {
  const ids = [...asked.map((one) => one.incident), ...alsoIncidents];
  const incidents = await tx.loadAll('incident', ids);
  const missing = ids.find((id) => !incidents.has(id));
  if (missing) return refused('not_found', `incident ${missing}`);
  const held = asked.map(({ incident, assignment }) => ({
    incident: incidents.get(incident)!.state,
    assignment: incidents.get(incident)!.state.assignments.find((one) => one.id === assignment),
  }));
  const units = await tx.loadAll(
    'unit',
    held.flatMap(({ assignment }) => assignment?.unit ?? []),
  );
  const placed: Placed[] = [];
  for (const { incident, assignment } of held) {
    const unit = assignment && units.get(assignment.unit);
    if (!unit) return refused('not_found', 'assignment');
    placed.push({ incident, assignment: assignment.id, unit: unit.state });
  }
  const heldBy = await holders(
    tx,
    placed.map((one) => one.unit),
  );
  return { placed, incidents, heldBy };
}

export const idsFrom = (newId: OpDeps['newId']): Pick<Reassigning, 'newOrderId' | 'newAssignmentId'> => ({
  newOrderId: () => newId() as OrderId,
  newAssignmentId: () => newId() as AssignmentId,
});

export type UnitMoved = { readonly from: string; readonly to: string; readonly unit: string };

/** A unit from one incident to another: both logs, the unit and its slot in one transaction, or nothing. */
export function moveAssignment(
  { store, newId }: OpDeps,
  command: Command<z.infer<typeof moveAssignmentInput>>,
): Promise<UnitMoved | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'move-assignment', actor, input }, async (tx) => {
    const loaded = await loadPlaced(tx, [input], [input.to]);
    if (wasRefused(loaded)) return loaded;
    const [placed] = loaded.placed;
    const to = loaded.incidents.get(input.to)?.state;
    if (!placed || !to) return refused('not_found', input.to);
    const reassigning = { ...idsFrom(newId), text: input.text, reason: input.reason, heldBy: loaded.heldBy };
    const decided = move(placed, to, reassigning, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, placed.incident, decided.from);
    await keepTimers(tx, to, decided.to);
    return {
      events: [
        ...eventsFor('incident', placed.incident.id, decided.from),
        ...eventsFor('incident', to.id, decided.to),
        ...eventsFor('unit', placed.unit.id, decided.unit),
      ],
      answer: { from: placed.incident.id, to: to.id, unit: placed.unit.id },
    };
  });
}
