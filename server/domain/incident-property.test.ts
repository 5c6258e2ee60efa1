import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockNames } from './clock.ts';
import { activeAssignments, currentCycle, type Incident, incident as incidentSchema, isActive } from './incident.ts';
import { incidentCommand } from './incident-command.ts';
import { decideIncident } from './incident-decide.ts';
import { endOrder, sendOrders, stepAssignment } from './incident-dispatch.ts';
import { type IncidentEvent, incidentEventKinds } from './incident-event.ts';
import { wasRefused } from './refusal.ts';
import type { Actor } from './role.ts';
import { chief, context, filed, liaison, operator, replay, someUnit, verifier } from './testing/samples.ts';
import { applyUnit, assignmentStates, type Unit, unitStatus } from './unit.ts';

/** Any order of commands, legal or not: a refusal changes nothing, and what is accepted keeps every invariant. */
const people: readonly Actor[] = [operator, chief, verifier, liaison('police'), liaison('water')];
const unitIds = ['u1', 'u2', 'u3'];

const facts = fc.record({
  title: fc.option(fc.string({ maxLength: 20 })),
  text: fc.option(fc.string({ maxLength: 20 })),
  kind: fc.option(fc.constantFrom('statutory.fire.building', 'municipal.pipe.burst', 'nonsense')),
  place: fc.constant(null),
  priority: fc.option(fc.constantFrom('P1', 'P2', 'P3', 'P4')),
});
const words = fc.constantFrom('', '原因', '已处理');
const plain = fc.oneof(
  fc.record({ move: fc.constantFrom('report', 'confirm'), text: fc.constant('已处理') }),
  fc.constant({ move: 'control' }),
  fc.record({ move: fc.constantFrom('claim', 'check', 'file', 'control', 'resume') }),
  fc.record({ move: fc.constant('edit'), facts }),
  fc.record({
    move: fc.constant('grade'),
    grade: fc.option(fc.constantFrom('I', 'II', 'III', 'IV')),
    rule: fc.constant(null),
  }),
  fc.record({ move: fc.constantFrom('report', 'confirm', 'sendBack', 'note'), text: words }),
  fc.record({ move: fc.constant('close'), code: fc.constantFrom('', 'resolved'), text: words }),
  fc.record({ move: fc.constant('evaluate'), score: fc.integer({ min: 0, max: 100 }), lessons: words }),
  fc.record({ move: fc.constant('suspend'), until: fc.integer({ min: 0, max: 9_000_000 }), reason: words }),
  fc.record({ move: fc.constantFrom('takeBack', 'reopen'), reason: words }),
  fc.record({ move: fc.constant('transfer'), to: fc.constantFrom('', '12345'), reason: words }),
);
const step = fc.record({
  who: fc.constantFrom(0, 0, 0, 1, 2, 2, 3, 4),
  act: fc.oneof(
    { weight: 5, arbitrary: plain.map((command) => ({ type: 'plain' as const, command })) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('send' as const),
        units: fc.subarray(unitIds),
        departments: fc.subarray(['water']),
        second: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('step' as const),
        at: fc.nat(1),
        to: fc.constantFrom(...assignmentStates, 'cleared' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('end' as const),
        at: fc.nat(1),
        end: fc.constantFrom('done' as const, 'returned' as const, 'cancelled' as const),
        reason: words,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('answer' as const), at: fc.nat(1) }) },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type World = { incident: Incident; units: Map<string, Unit>; serial: number };

function act(world: World, { who, act: what }: Step, now: number): World {
  const by = context(people[who]!, now);
  const { incident } = world;
  let serial = world.serial;
  const next = (
    events: readonly IncidentEvent[],
    units: ReadonlyMap<string, readonly Parameters<typeof applyUnit>[1][]> = new Map(),
  ): World => {
    for (const event of events) incidentEventKinds[event.kind].parse(event.content);
    const after = new Map(world.units);
    for (const [id, changes] of units)
      after.set(
        id,
        changes.reduce<Unit>((unit, event) => applyUnit(unit, event), after.get(id)!),
      );
    return { incident: replay(incident, events), units: after, serial };
  };
  if (what.type === 'plain') {
    const parsed = incidentCommand.safeParse(what.command);
    if (!parsed.success) return world;
    const decided = decideIncident(incident, parsed.data, by);
    return wasRefused(decided) ? world : next(decided);
  }
  if (what.type === 'answer') {
    const order = incident.orders[what.at];
    const decided = order ? decideIncident(incident, { move: 'acknowledge', order: order.id }, by) : [];
    return wasRefused(decided) ? world : next(decided);
  }
  if (what.type === 'send') {
    const decided = sendOrders(
      incident,
      {
        command: {
          units: what.units as never,
          departments: what.departments,
          text: '',
          confirmSecond: (what.second ? what.units : []) as never,
        },
        units: what.units.map((id) => world.units.get(id)!),
        heldBy: () => null,
        newOrderId: () => `o${++serial}` as never,
        newAssignmentId: () => `a${++serial}` as never,
      },
      by,
    );
    return wasRefused(decided) ? world : next(decided.incident, decided.units);
  }
  const held = what.type === 'step' ? incident.assignments[what.at] : null;
  const order = what.type === 'end' ? incident.orders[what.at] : null;
  if (held && what.type === 'step') {
    const decided = stepAssignment(incident, { assignment: held.id, to: what.to }, by);
    return wasRefused(decided) ? world : next(decided.incident, new Map([[held.unit, decided.unit]]));
  }
  if (order && what.type === 'end') {
    const decided = endOrder(incident, { order: order.id, end: what.end, reason: what.reason }, by);
    const unit = order.target.kind === 'unit' ? order.target.id : '';
    return wasRefused(decided) ? world : next(decided.incident, unit ? new Map([[unit, decided.unit]]) : new Map());
  }
  return world;
}

function invariants(before: World, after: World): void {
  const { incident, units } = after;
  incidentSchema.parse(incident);
  // A clock is stamped once a cycle, and never taken back.
  for (const [index, cycle] of before.incident.cycles.entries())
    for (const name of clockNames)
      if (cycle.clocks[name] !== null) expect(incident.cycles[index]!.clocks[name]).toBe(cycle.clocks[name]);
  // Nothing ends while somebody is still out.
  if (['reported', 'verified', 'closed', 'evaluated', 'voided', 'merged', 'suspended'].includes(incident.state))
    expect(activeAssignments(incident)).toEqual([]);
  // The unit's side and the incident's side tell the same.
  for (const unit of units.values()) {
    const own = incident.assignments.filter((held) => held.unit === unit.id && isActive(held));
    expect(unit.assignments.map((held) => [held.id, held.state])).toEqual(own.map((held) => [held.id, held.state]));
    expect(unit.assignments.length).toBeLessThanOrEqual(2);
    expect(new Set(unit.assignments.map((held) => held.slot)).size).toBe(unit.assignments.length);
    if (own[0]) expect(unitStatus(unit)).not.toBe('available');
  }
  // Who verified did not report.
  const { report, verification } = currentCycle(incident);
  if (report && verification?.passed && verification.at >= report.at) expect(verification.by.id).not.toBe(report.by.id);
  // A number never changes, and what is suspended, transferred or merged knows the way back.
  expect(incident.number).toBe(before.incident.number);
  if (['suspended', 'transferred', 'merged'].includes(incident.state)) expect(incident.resumeState).not.toBeNull();
  else expect(incident.resumeState).toBeNull();
}

describe('any order of commands', () => {
  it('keeps every invariant, and reaches every state in many runs', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        let world: World = { incident: filed(), units: new Map(unitIds.map((id) => [id, someUnit(id)])), serial: 0 };
        for (const [index, one] of steps.entries()) {
          const after = act(world, one, 2_000_000 + index * 1000);
          invariants(world, after);
          world = after;
          reached.add(world.incident.state);
        }
      }),
      { numRuns: 2000, seed: 20261124 },
    );
    for (const state of [
      'dispatched',
      'accepted',
      'enRoute',
      'onScene',
      'controlled',
      'reported',
      'verified',
      'suspended',
      'transferred',
    ])
      expect(reached).toContain(state);
  });
});
