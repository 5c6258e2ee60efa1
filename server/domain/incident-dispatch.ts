import type { AssignmentId, OrderId } from './ids.ts';
import { type Assignment, activeAssignments, type Incident, isActive, isOpenOrder, type Order } from './incident.ts';
import type { SendCommand } from './incident-command.ts';
import { type Decision, mayAnswer, moved, stampBy, whoOf } from './incident-decide.ts';
import type { IncidentEvent } from './incident-event.ts';
import { moveOf, sendableStates, startsIn } from './incident-move.ts';
import { type Refused, refused } from './refusal.ts';
import {
  type AssignmentState,
  assignmentFollows,
  assignmentStates,
  mayBeSent,
  type Unit,
  type UnitEvent,
} from './unit.ts';
import type { Who } from './who.ts';

/** Seconds a unit or a department has to acknowledge [prov]; the timer then escalates. */
export const acknowledgeWithinS = { unit: 60, department: 180 } as const;

export type Sending = {
  readonly command: SendCommand;
  readonly units: readonly Unit[];
  /** Who holds a unit now, for the words "sent by X a moment ago". */
  readonly heldBy: (unit: Unit) => Who | null;
  readonly newOrderId: () => OrderId;
  readonly newAssignmentId: () => AssignmentId;
};
export type Sent = {
  readonly incident: readonly IncidentEvent[];
  readonly units: ReadonlyMap<string, readonly UnitEvent[]>;
};

function checkUnit(of: Incident, unit: Unit, sending: Sending): Refused | null {
  const by = sending.heldBy(unit);
  const told = { by, subject: unit.callSign };
  if (activeAssignments(of).some((held) => held.unit === unit.id)) return refused('unit_taken', 'already on it', told);
  const check = mayBeSent(unit);
  if (check === 'not-available') return refused('unit_not_available', unit.callSign, told);
  if (check === 'full') return refused('unit_full', unit.callSign, told);
  if (check === 'engaged' && !sending.command.confirmSecond.includes(unit.id))
    return refused('second_needs_confirmation', unit.callSign, told);
  return null;
}

const blankClocks = () => Object.fromEntries(assignmentStates.map((state) => [state, null])) as Assignment['clocks'];

/** All or nothing: if one unit cannot be sent, none is, and the operator is told which and by whom. */
export function sendOrders(of: Incident, sending: Sending, context: Decision): Sent | Refused {
  const { command } = sending;
  if (!moveOf('dispatch').roles.some((role) => context.actor.roles.includes(role))) return refused('not_allowed');
  if (!sendableStates.includes(of.state)) return refused('wrong_state', of.state);
  if (command.units.length + command.departments.length === 0) return refused('bad_input', 'nobody to send');
  const no = sending.units.map((unit) => checkUnit(of, unit, sending)).find((one) => one !== null);
  if (no) return no;

  const by = whoOf(context.actor);
  const base = {
    text: command.text,
    state: 'sent' as const,
    sentAt: context.now,
    sentBy: by,
    late: false,
    escalated: [],
  };
  const blank = { acknowledgedAt: null, acknowledgedBy: null, endedAt: null, reason: null };
  const events: IncidentEvent[] = [];
  const unitEvents = new Map<string, UnitEvent[]>();
  for (const unit of sending.units) {
    const order: Order = {
      id: sending.newOrderId(),
      target: { kind: 'unit', id: unit.id, callSign: unit.callSign, department: unit.department },
      dueAt: context.now + acknowledgeWithinS.unit * 1000,
      ...base,
      ...blank,
    };
    const slot = unit.assignments.some((held) => held.slot === 1) ? 2 : 1;
    const assignment: Assignment = {
      id: sending.newAssignmentId(),
      order: order.id,
      unit: unit.id,
      callSign: unit.callSign,
      slot,
      state: 'assigned',
      clocks: { ...blankClocks(), assigned: context.now },
      endedAt: null,
    };
    events.push({ kind: 'orderSent', content: { order, assignment, ...stampBy(context) } });
    const held = {
      id: assignment.id,
      order: order.id,
      incident: of.id,
      slot,
      state: 'assigned',
      since: context.now,
    } as const;
    unitEvents.set(unit.id, [{ kind: 'unitAssigned', content: { assignment: held, by } }]);
  }
  for (const department of command.departments) {
    const order: Order = {
      id: sending.newOrderId(),
      target: { kind: 'department', id: department },
      dueAt: context.now + acknowledgeWithinS.department * 1000,
      ...base,
      ...blank,
    };
    events.push({ kind: 'orderSent', content: { order, assignment: null, ...stampBy(context) } });
  }
  if (of.state === 'filed') events.push(moved(of, 'dispatch', context));
  return { incident: events, units: unitEvents };
}

/** The incident's move that the first unit's step brings (PRODUCT.md §4 "Several units"). */
const moveByStep: Partial<Record<AssignmentState, 'accept' | 'depart' | 'arrive'>> = {
  acknowledged: 'accept',
  enRoute: 'depart',
  onScene: 'arrive',
};

export type Stepped = { readonly incident: readonly IncidentEvent[]; readonly unit: readonly UnitEvent[] };

/** One step of a unit on its assignment. A step implies the acknowledgement that was never given. */
export function stepAssignment(
  of: Incident,
  step: { assignment: string; to: AssignmentState | 'cleared' },
  context: Decision,
): Stepped | Refused {
  const held = of.assignments.find((one) => one.id === step.assignment);
  if (!held) return refused('not_found', step.assignment);
  const order = of.orders.find((one) => one.id === held.order);
  if (!order || !mayAnswer(order, context.actor)) return refused('not_allowed');
  if (!isActive(held)) return refused('wrong_state', held.state);
  const from = held.state as AssignmentState;
  if (!assignmentFollows[from].includes(step.to)) return refused('wrong_state', `${from} → ${step.to}`);

  const by = stampBy(context);
  const incident: IncidentEvent[] = [];
  if (order.state === 'sent') incident.push({ kind: 'orderAcknowledged', content: { order: order.id, ...by } });
  if (step.to === 'cleared') {
    incident.push(
      { kind: 'assignmentEnded', content: { assignment: held.id, state: 'cleared', ...by } },
      { kind: 'orderEnded', content: { order: order.id, state: 'done', reason: null, ...by } },
    );
    return {
      incident: [...incident, ...fallBack(of, order.id, context)],
      unit: [{ kind: 'unitReleased', content: { assignment: held.id, reason: 'cleared' } }],
    };
  }
  incident.push({ kind: 'assignmentAdvanced', content: { assignment: held.id, state: step.to, ...by } });
  const name = moveByStep[step.to];
  if (name && startsIn(name, of.state)) incident.push(moved(of, name, context));
  return {
    incident,
    unit: [{ kind: 'unitAdvanced', content: { assignment: held.id, state: step.to, at: context.now } }],
  };
}

/** When the last order ends before anybody arrived, the incident waits for another order: it is filed again. */
function fallBack(of: Incident, ending: string, context: Decision): IncidentEvent[] {
  if (!startsIn('fallBack', of.state)) return [];
  return of.orders.some((order) => order.id !== ending && isOpenOrder(order)) ? [] : [moved(of, 'fallBack', context)];
}

/** Ends an order: done (departments), returned with a reason 退回, cancelled or reassigned 改派 by the command centre. */
export function endOrder(
  of: Incident,
  ending: { order: string; end: 'done' | 'returned' | 'cancelled' | 'reassigned'; reason: string },
  context: Decision,
): Stepped | Refused {
  const order = of.orders.find((one) => one.id === ending.order);
  if (!order) return refused('not_found', ending.order);
  if (!isOpenOrder(order)) return refused('order_not_open', order.state);
  const centre = moveOf('dispatch').roles.some((role) => context.actor.roles.includes(role));
  const byCentre = ending.end === 'cancelled' || ending.end === 'reassigned';
  if (byCentre ? !centre : !mayAnswer(order, context.actor)) return refused('not_allowed');
  if (ending.end !== 'done' && !ending.reason.trim()) return refused('reason_missing');
  const held = of.assignments.find((one) => one.order === order.id && isActive(one));
  if (held && ending.end === 'done') return refused('units_engaged', held.callSign);
  const by = stampBy(context);
  const incident: IncidentEvent[] = [];
  if (held && ending.end !== 'done')
    incident.push({ kind: 'assignmentEnded', content: { assignment: held.id, state: ending.end, ...by } });
  incident.push({
    kind: 'orderEnded',
    content: { order: order.id, state: ending.end, reason: ending.reason.trim() || null, ...by },
  });
  return {
    incident: [...incident, ...fallBack(of, order.id, context)],
    unit:
      held && ending.end !== 'done'
        ? [{ kind: 'unitReleased', content: { assignment: held.id, reason: ending.end } }]
        : [],
  };
}

/** The acknowledgement clock ran out; said once. */
export const lateOrder = (of: Incident, order: string, now: number): readonly IncidentEvent[] => {
  const held = of.orders.find((one) => one.id === order);
  return held && held.state === 'sent' && !held.late
    ? [{ kind: 'orderLate', content: { order: held.id, at: now } }]
    : [];
};
