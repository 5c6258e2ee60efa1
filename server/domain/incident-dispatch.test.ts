import { describe, expect, it } from 'vitest';
import type { AssignmentId, OrderId } from './ids.ts';
import { currentCycle, type Incident } from './incident.ts';
import { decideIncident } from './incident-decide.ts';
import { endOrder, lateOrder, sendOrders, stepAssignment } from './incident-dispatch.ts';
import { mergeIncidents, splitIncident, voidIncident } from './incident-merge.ts';
import { wasRefused } from './refusal.ts';
import { chief, context, filed, inState, liaison, operator, replay, someUnit } from './testing/samples.ts';
import { type AssignmentState, applyUnit, assignmentFollows, assignmentStates, type Unit } from './unit.ts';

let serial = 0;
type World = { incident: Incident; units: Map<string, Unit> };
const world = (...units: Unit[]): World => ({
  incident: filed(),
  units: new Map(units.map((unit) => [unit.id, unit])),
});

function send(
  of: World,
  units: string[],
  more: { departments?: string[]; confirmSecond?: string[]; now?: number } = {},
) {
  return sendOrders(
    of.incident,
    {
      command: {
        units: units as never,
        departments: more.departments ?? [],
        text: '',
        confirmSecond: (more.confirmSecond ?? []) as never,
      },
      units: units.map((id) => of.units.get(id)!),
      heldBy: () => ({ id: 'other', name: '李强' }),
      newOrderId: () => `o${++serial}` as OrderId,
      newAssignmentId: () => `a${++serial}` as AssignmentId,
    },
    context(operator, more.now ?? 1_100_000),
  );
}

function sent(of: World, ...args: [string[], Parameters<typeof send>[2]?]): World {
  const decided = send(of, ...args);
  if (wasRefused(decided)) throw new Error(decided.refused);
  const units = new Map(of.units);
  for (const [id, events] of decided.units)
    units.set(
      id,
      events.reduce<Unit>((unit, event) => applyUnit(unit, event), units.get(id)!),
    );
  return { incident: replay(of.incident, decided.incident), units };
}

function step(of: World, to: AssignmentState | 'cleared', at = 0, now = 1_200_000): World {
  const held = of.incident.assignments[at]!;
  const decided = stepAssignment(of.incident, { assignment: held.id, to }, context(operator, now));
  if (wasRefused(decided)) throw new Error(`${to}: ${decided.refused} ${decided.detail}`);
  const units = new Map(of.units);
  units.set(
    held.unit,
    decided.unit.reduce<Unit>((unit, event) => applyUnit(unit, event), units.get(held.unit)!),
  );
  return { incident: replay(of.incident, decided.incident), units };
}

describe('sending', () => {
  it('opens one order and one assignment a unit, and the incident is dispatched', () => {
    const of = sent(world(someUnit('u1'), someUnit('u2')), ['u1', 'u2'], { departments: ['water'] });
    expect(of.incident.state).toBe('dispatched');
    expect(of.incident.orders).toHaveLength(3);
    expect(of.incident.orders.map((order) => order.dueAt - order.sentAt)).toEqual([60_000, 60_000, 180_000]);
    expect(of.units.get('u1')!.assignments).toMatchObject([{ slot: 1, state: 'assigned', incident: of.incident.id }]);
    expect(currentCycle(of.incident).clocks.T3).toBe(1_100_000);
  });

  it('tells by whom a unit is held, and sends nobody when one cannot go', () => {
    const busy = sent(world(someUnit('u1')), ['u1']).units.get('u1')!;
    const of = { ...world(busy, someUnit('u2')), incident: filed('i2') };
    expect(send(of, ['u2', 'u1'])).toMatchObject({
      refused: 'second_needs_confirmation',
      by: { name: '李强' },
      subject: 'u1',
    });
    expect(
      sent(of, ['u1'], { confirmSecond: ['u1'] })
        .units.get('u1')!
        .assignments.map((held) => held.slot),
    ).toEqual([1, 2]);
    const full = sent(of, ['u1'], { confirmSecond: ['u1'] });
    expect(send({ ...full, incident: filed('i3') }, ['u1'])).toMatchObject({ refused: 'unit_full' });
  });

  it.each(['unavailable', 'offDuty'] as const)('refuses a unit that is %s', (rest) => {
    expect(send(world(someUnit('u1', { rest })), ['u1'])).toMatchObject({ refused: 'unit_not_available' });
  });

  it('refuses in a state where nobody works on it, without anybody to send, and without the role', () => {
    const of = world(someUnit('u1'));
    for (const state of ['received', 'reported', 'closed', 'voided', 'merged', 'suspended'] as const)
      expect(send({ ...of, incident: inState(state) }, ['u1'])).toMatchObject({ refused: 'wrong_state' });
    expect(send(of, [])).toMatchObject({ refused: 'bad_input' });
  });
});

describe('following', () => {
  it('the incident enters each state with the first unit', () => {
    let of = sent(world(someUnit('u1'), someUnit('u2')), ['u1', 'u2']);
    of = step(of, 'acknowledged', 1, 1_110_000);
    expect(of.incident.state).toBe('accepted');
    of = step(of, 'enRoute', 1, 1_120_000);
    of = step(of, 'onScene', 1, 1_130_000);
    of = step(of, 'acknowledged', 0, 1_140_000);
    expect(of.incident.state).toBe('onScene');
    expect(currentCycle(of.incident).clocks).toMatchObject({ T4: 1_110_000, T5: 1_120_000, T6: 1_130_000 });
  });

  it('a step implies the acknowledgement that was never given', () => {
    const of = step(sent(world(someUnit('u1')), ['u1']), 'onScene');
    expect(of.incident.orders[0]).toMatchObject({ state: 'acknowledged' });
  });

  it('cannot be reported while a unit is engaged; the last one clear, it can', () => {
    let of = step(sent(world(someUnit('u1')), ['u1']), 'onScene');
    expect(decideIncident(of.incident, { move: 'report', text: '好' }, context(operator))).toMatchObject({
      refused: 'units_engaged',
    });
    of = step(of, 'cleared');
    expect(of.units.get('u1')).toMatchObject({ assignments: [], rest: 'available' });
    expect(wasRefused(decideIncident(of.incident, { move: 'report', text: '好' }, context(operator)))).toBe(false);
  });

  it('falls back to filed when the last order ends before anybody arrived', () => {
    const of = sent(world(someUnit('u1')), ['u1'], { departments: ['water'] });
    const [first, second] = of.incident.orders;
    const returned = endOrder(
      of.incident,
      { order: first!.id, end: 'returned', reason: '车辆故障' },
      context(operator),
    );
    if (wasRefused(returned)) throw new Error(returned.refused);
    const still = replay(of.incident, returned.incident);
    expect(still.state).toBe('dispatched');
    expect(returned.unit).toMatchObject([{ kind: 'unitReleased', content: { reason: 'returned' } }]);
    const done = endOrder(still, { order: second!.id, end: 'returned', reason: '不属我局' }, context(liaison('water')));
    if (wasRefused(done)) throw new Error(done.refused);
    expect(replay(still, done.incident).state).toBe('filed');
  });

  it('only the own department answers, only the centre cancels, and a reason is needed', () => {
    const of = sent(world(), [], { departments: ['water'] });
    const order = of.incident.orders[0]!.id;
    expect(endOrder(of.incident, { order, end: 'returned', reason: '不属' }, context(liaison('fire')))).toMatchObject({
      refused: 'not_allowed',
    });
    expect(endOrder(of.incident, { order, end: 'cancelled', reason: '误' }, context(liaison('water')))).toMatchObject({
      refused: 'not_allowed',
    });
    expect(endOrder(of.incident, { order, end: 'returned', reason: ' ' }, context(liaison('water')))).toMatchObject({
      refused: 'reason_missing',
    });
    expect(wasRefused(endOrder(of.incident, { order, end: 'done', reason: '' }, context(liaison('water'))))).toBe(
      false,
    );
  });

  it('an unanswered order is late once', () => {
    const of = sent(world(someUnit('u1')), ['u1']);
    const late = lateOrder(of.incident, of.incident.orders[0]!.id, 1_200_000);
    const marked = replay(of.incident, wasRefused(late) ? [] : late);
    expect(marked.orders[0]!.late).toBe(true);
    expect(lateOrder(marked, of.incident.orders[0]!.id, 1_300_000)).toEqual([]);
  });

  for (const from of assignmentStates)
    it(`from ${from} an assignment goes only to ${assignmentFollows[from].join(', ')}`, () => {
      const of = sent(world(someUnit('u1')), ['u1']);
      const there = { ...of.incident, assignments: of.incident.assignments.map((held) => ({ ...held, state: from })) };
      for (const to of [...assignmentStates, 'cleared'] as const) {
        const decided = stepAssignment(there, { assignment: there.assignments[0]!.id, to }, context(operator));
        expect(wasRefused(decided) ? decided.refused : 'legal', to).toBe(
          assignmentFollows[from].includes(to) ? 'legal' : 'wrong_state',
        );
      }
    });
});

describe('merging', () => {
  it('a split restores equality, and a merge never lowers a grade', () => {
    const source = { ...filed('a'), grade: 'III' as const, priority: 'P2' as const };
    const target = { ...filed('b'), grade: 'IV' as const, priority: 'P3' as const, signals: ['s9' as never] };
    const merged = mergeIncidents(source, target, context(operator));
    if (wasRefused(merged)) throw new Error(merged.refused);
    const [from, into] = [replay(source, merged.source), replay(target, merged.target)];
    expect(from).toMatchObject({ state: 'merged', mergedInto: 'b' });
    expect(into).toMatchObject({ grade: 'III', priority: 'P2', signals: ['s9', 's1'] });
    const split = splitIncident(from, into, { ...context(operator, 3_000_000), reason: '不是同一起' });
    if (wasRefused(split)) throw new Error(split.refused);
    const same = (of: Incident) => ({ ...of, changedAt: 0 });
    expect(same(replay(from, split.source))).toEqual(same(source));
    expect(same(replay(into, split.target))).toEqual(same(target));
  });

  it('refuses itself, a closed target and engaged units', () => {
    expect(mergeIncidents(filed('a'), filed('a'), context(operator))).toMatchObject({ refused: 'same_incident' });
    expect(mergeIncidents(filed('a'), { ...inState('closed'), id: 'b' as never }, context(operator))).toMatchObject({
      refused: 'wrong_state',
    });
    const busy = sent(world(someUnit('u1')), ['u1']).incident;
    expect(mergeIncidents(busy, filed('b'), context(operator))).toMatchObject({
      refused: 'units_engaged',
    });
  });

  it('voiding frees the signals and needs a reason', () => {
    expect(voidIncident(filed(), '', context(chief))).toMatchObject({ refused: 'reason_missing' });
    const events = voidIncident(filed(), '误报', context(chief));
    const of = replay(filed(), wasRefused(events) ? [] : events);
    expect(of).toMatchObject({ state: 'voided', signals: [], voidReason: '误报' });
  });
});
