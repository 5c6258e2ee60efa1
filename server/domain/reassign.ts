import type { AssignmentId, OrderId } from './ids.ts';
import { type Assignment, type Incident, isActive } from './incident.ts';
import type { Decision } from './incident-decide.ts';
import { endOrder, sendOrders } from './incident-dispatch.ts';
import { applyIncident, type IncidentEvent } from './incident-event.ts';
import { type Refused, refused, wasRefused } from './refusal.ts';
import { applyUnit, type Unit, type UnitEvent } from './unit.ts';
import type { Who } from './who.ts';

/**
 * A unit goes from one incident to another in one step (改派, PRODUCT.md §4): its order here ends as reassigned, one there begins, and at no
 * moment is it free for somebody else.
 */
export type Placed = { readonly incident: Incident; readonly assignment: string; readonly unit: Unit };
export type Reassigning = {
  readonly text: string;
  readonly reason: string;
  /** Who holds a unit now: whoever comes second is told whom to ask. */
  readonly heldBy: (unit: Unit) => Who | null;
  readonly newOrderId: () => OrderId;
  readonly newAssignmentId: () => AssignmentId;
};
export type Reassigned = {
  readonly from: readonly IncidentEvent[];
  readonly to: readonly IncidentEvent[];
  readonly unit: readonly UnitEvent[];
};

const nameOf = (of: Incident): string => of.number ?? of.id;
const withWords = (mark: string, words: string): string => [mark, words.trim()].filter(Boolean).join(' ');

function movable({ incident, assignment, unit }: Placed, heldBy: Reassigning['heldBy']): Assignment | Refused {
  const held = incident.assignments.find((one) => one.id === assignment);
  if (!held || held.unit !== unit.id) return refused('not_found', assignment);
  if (!isActive(held)) {
    const by = heldBy(unit);
    return by
      ? refused('unit_taken', held.state, { by, subject: held.callSign })
      : refused('wrong_state', held.state, { subject: held.callSign });
  }
  // Whoever it carries would be taken along to the other incident.
  if (held.state === 'transporting') return refused('wrong_state', held.state, { subject: held.callSign });
  return held;
}

const replayed = (of: Incident, events: readonly IncidentEvent[]): Incident =>
  events.reduce<Incident | null>(applyIncident, of) ?? of;

/** Ends the order in `at` (which may have moved on since `placed`), and gives the unit as it is then. */
function leave(placed: Placed, at: Incident, to: Incident, reassigning: Reassigning, context: Decision) {
  const held = movable(placed, reassigning.heldBy);
  if (wasRefused(held)) return held;
  const reason = withWords(`→ ${nameOf(to)}`, reassigning.reason);
  const ended = endOrder(at, { order: held.order, end: 'reassigned', reason }, context);
  if (wasRefused(ended)) return ended;
  return { ...ended, free: ended.unit.reduce<Unit>(applyUnit, placed.unit) };
}

function join(to: Incident, free: Unit, from: Incident, reassigning: Reassigning, context: Decision) {
  const { heldBy, newOrderId, newAssignmentId } = reassigning;
  const text = withWords(reassigning.text, `(← ${nameOf(from)})`);
  // What it has besides was confirmed when it was given.
  const command = { units: [free.id], departments: [], text, confirmSecond: [free.id] };
  return sendOrders(to, { command, units: [free], heldBy, newOrderId, newAssignmentId }, context);
}

export function moveAssignment(
  placed: Placed,
  to: Incident,
  reassigning: Reassigning,
  context: Decision,
): Reassigned | Refused {
  const { incident: from, unit } = placed;
  if (from.id === to.id) return refused('bad_input', 'the same incident');
  const left = leave(placed, from, to, reassigning, context);
  if (wasRefused(left)) return left;
  const sent = join(to, left.free, from, reassigning, context);
  if (wasRefused(sent)) return sent;
  return { from: left.incident, to: sent.incident, unit: [...left.unit, ...(sent.units.get(unit.id) ?? [])] };
}

export type Swapped = {
  readonly one: { readonly incident: readonly IncidentEvent[]; readonly unit: readonly UnitEvent[] };
  readonly other: { readonly incident: readonly IncidentEvent[]; readonly unit: readonly UnitEvent[] };
};

/** Two units change places (对调). Each incident has its new unit before the old one leaves, so that neither falls back to waiting. */
export function swapAssignments(
  one: Placed,
  other: Placed,
  reassigning: Reassigning,
  context: Decision,
): Swapped | Refused {
  if (one.incident.id === other.incident.id || one.unit.id === other.unit.id)
    return refused('bad_input', 'two units of two incidents');
  const freeOne = leave(one, one.incident, other.incident, reassigning, context);
  if (wasRefused(freeOne)) return freeOne;
  const freeOther = leave(other, other.incident, one.incident, reassigning, context);
  if (wasRefused(freeOther)) return freeOther;
  const toOne = join(one.incident, freeOther.free, other.incident, reassigning, context);
  if (wasRefused(toOne)) return toOne;
  const toOther = join(other.incident, freeOne.free, one.incident, reassigning, context);
  if (wasRefused(toOther)) return toOther;
  const leftOne = leave(one, replayed(one.incident, toOne.incident), other.incident, reassigning, context);
  if (wasRefused(leftOne)) return leftOne;
  const leftOther = leave(other, replayed(other.incident, toOther.incident), one.incident, reassigning, context);
  if (wasRefused(leftOther)) return leftOther;
  return {
    one: {
      incident: [...toOne.incident, ...leftOne.incident],
      unit: [...leftOne.unit, ...(toOther.units.get(one.unit.id) ?? [])],
    },
    other: {
      incident: [...toOther.incident, ...leftOther.incident],
      unit: [...leftOther.unit, ...(toOne.units.get(other.unit.id) ?? [])],
    },
  };
}
