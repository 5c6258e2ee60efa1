import { describe, expect, it } from 'vitest';
import type { AssignmentId, OrderId } from './ids.ts';
import type { Incident } from './incident.ts';
import { sendOrders, stepAssignment } from './incident-dispatch.ts';
import { moveAssignment, type Placed, type Reassigning, swapAssignments } from './reassign.ts';
import { wasRefused } from './refusal.ts';
import { context, filed, inState, liaison, operator, replay, someUnit } from './testing/samples.ts';
import { applyUnit, mayBeSent, type Unit, type UnitEvent, unitStatus } from './unit.ts';

let serial = 0;
const made = {
  newOrderId: () => `o${++serial}` as OrderId,
  newAssignmentId: () => `a${++serial}` as AssignmentId,
};
const asked: Reassigning = { text: '', reason: '', heldBy: () => null, ...made };
const now = context(operator, 1_300_000);

function sent(incident: Incident, unit: Unit): Placed {
  const command = { units: [unit.id], departments: [], text: '', confirmSecond: [unit.id] };
  const decided = sendOrders(
    incident,
    { command, units: [unit], heldBy: () => null, ...made },
    context(operator, 1_100_000),
  );
  if (wasRefused(decided)) throw new Error(decided.refused);
  const after = replay(incident, decided.incident);
  return { incident: after, assignment: after.assignments.at(-1)!.id, unit: applied(unit, decided.units.get(unit.id)) };
}
const applied = (unit: Unit, events: readonly UnitEvent[] = []): Unit => events.reduce<Unit>(applyUnit, unit);
function stepped(placed: Placed, to: 'enRoute' | 'onScene' | 'transporting'): Placed {
  const decided = stepAssignment(placed.incident, { assignment: placed.assignment, to }, context(operator, 1_200_000));
  if (wasRefused(decided)) throw new Error(decided.refused);
  return {
    ...placed,
    incident: replay(placed.incident, decided.incident),
    unit: applied(placed.unit, decided.unit),
  };
}
const incident = (id: string, number: string): Incident => ({ ...filed(id), number });

describe('moving an assignment', () => {
  it('ends the one as reassigned and begins the other; the unit is never free', () => {
    const placed = stepped(sent(incident('i1', 'N1'), someUnit('u1')), 'enRoute');
    const decided = moveAssignment(placed, incident('i2', 'N2'), { ...asked, reason: '更近', text: '速往' }, now);
    if (wasRefused(decided)) throw new Error(decided.refused);
    const from = replay(placed.incident, decided.from);
    const to = replay(incident('i2', 'N2'), decided.to);
    expect(from.orders).toMatchObject([{ state: 'reassigned', reason: '→ N2 更近', endedAt: 1_300_000 }]);
    expect(from.assignments).toMatchObject([{ state: 'reassigned' }]);
    expect(from.state).toBe('filed');
    expect(to.state).toBe('dispatched');
    expect(to.orders).toMatchObject([{ state: 'sent', text: '速往 (← N1)', dueAt: 1_360_000 }]);
    const unit = applied(placed.unit, decided.unit);
    expect(unit.assignments).toMatchObject([{ incident: 'i2', slot: 1, state: 'assigned' }]);
    expect(unitStatus(unit)).toBe('assigned');
  });

  it('keeps the slot that the assignment had, and the other assignment', () => {
    const first = sent(incident('i1', 'N1'), someUnit('u1'));
    const second = sent(incident('i3', 'N3'), first.unit);
    for (const placed of [{ ...first, unit: second.unit }, second]) {
      const decided = moveAssignment(placed, incident('i2', 'N2'), asked, now);
      if (wasRefused(decided)) throw new Error(decided.refused);
      const unit = applied(second.unit, decided.unit);
      expect(unit.assignments.map((held) => held.slot).sort()).toEqual([1, 2]);
      expect(unit.assignments.map((held) => held.incident)).toContain('i2');
    }
  });

  it.each([
    ['the same incident', (placed: Placed) => moveAssignment(placed, placed.incident, asked, now), 'bad_input'],
    [
      'an unknown assignment',
      (placed: Placed) => moveAssignment({ ...placed, assignment: 'x' }, incident('i2', 'N2'), asked, now),
      'not_found',
    ],
    [
      'an incident that takes no orders',
      (placed: Placed) => moveAssignment(placed, { ...inState('closed'), id: 'i9' as Incident['id'] }, asked, now),
      'wrong_state',
    ],
    [
      'a liaison',
      (placed: Placed) => moveAssignment(placed, incident('i2', 'N2'), asked, context(liaison('police'))),
      'not_allowed',
    ],
    [
      'a unit in an emergency',
      (placed: Placed) =>
        moveAssignment({ ...placed, unit: { ...placed.unit, emergencySince: 1 } }, incident('i2', 'N2'), asked, now),
      'unit_not_available',
    ],
    [
      'a unit that carries somebody',
      (placed: Placed) =>
        moveAssignment(stepped(stepped(placed, 'onScene'), 'transporting'), incident('i2', 'N2'), asked, now),
      'wrong_state',
    ],
  ] as const)('refuses %s', (_what, run, code) => {
    expect(run(sent(incident('i1', 'N1'), someUnit('u1')))).toMatchObject({ refused: code });
  });

  it('tells whoever comes second by whom the unit was taken', () => {
    const placed = sent(incident('i1', 'N1'), someUnit('u1'));
    const decided = moveAssignment(placed, incident('i2', 'N2'), asked, now);
    if (wasRefused(decided)) throw new Error(decided.refused);
    const late = {
      ...placed,
      incident: replay(placed.incident, decided.from),
      unit: applied(placed.unit, decided.unit),
    };
    const by = { id: 'li', name: '李强' };
    expect(moveAssignment(late, incident('i3', 'N3'), { ...asked, heldBy: () => by }, now)).toMatchObject({
      refused: 'unit_taken',
      by,
      subject: 'u1',
    });
  });
});

describe('swapping two units', () => {
  it('changes places without either incident waiting for a moment', () => {
    const one = stepped(sent(incident('i1', 'N1'), someUnit('u1')), 'enRoute');
    const other = sent(incident('i2', 'N2'), someUnit('u2'));
    const decided = swapAssignments(one, other, asked, now);
    if (wasRefused(decided)) throw new Error(decided.refused);
    const [i1, i2] = [replay(one.incident, decided.one.incident), replay(other.incident, decided.other.incident)];
    expect([i1.state, i2.state]).toEqual(['enRoute', 'dispatched']);
    expect(i1.assignments.map((held) => [held.unit, held.state])).toEqual([
      ['u1', 'reassigned'],
      ['u2', 'assigned'],
    ]);
    expect(i2.assignments.map((held) => [held.unit, held.state])).toEqual([
      ['u2', 'reassigned'],
      ['u1', 'assigned'],
    ]);
    const [u1, u2] = [applied(one.unit, decided.one.unit), applied(other.unit, decided.other.unit)];
    expect(u1.assignments.map((held) => held.incident)).toEqual(['i2']);
    expect(u2.assignments.map((held) => held.incident)).toEqual(['i1']);
    expect([mayBeSent(u1), mayBeSent(u2)]).toEqual(['engaged', 'engaged']);
  });

  it('refuses one unit with itself, and a unit that is there already', () => {
    const one = sent(incident('i1', 'N1'), someUnit('u1'));
    const second = sent(incident('i2', 'N2'), one.unit);
    expect(swapAssignments({ ...one, unit: second.unit }, second, asked, now)).toMatchObject({ refused: 'bad_input' });
    const other = sent(second.incident, someUnit('u2'));
    expect(swapAssignments({ ...one, unit: second.unit }, other, asked, now)).toMatchObject({ refused: 'unit_taken' });
  });
});
