import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from './incident.ts';
import { decideIncident } from './incident-decide.ts';
import { applyIncident, type IncidentEvent, incidentEventKinds } from './incident-event.ts';
import { mergeIncidents, splitIncident } from './incident-merge.ts';
import { joinSignal, openIncident, partSignal } from './incident-open.ts';
import { wasRefused } from './refusal.ts';
import { type Grade, grades, higherGrade, higherPriority, priorities } from './scale.ts';
import { applySignal, type Signal, type SignalEvent, signalEventKinds } from './signal.ts';
import { chief, context, operator, replay, someSignal } from './testing/samples.ts';

/** Joins, merges and groupings in any order, and their way back in any order: nothing is lost, and no grade sinks. */
type World = { incidents: Map<string, Incident>; signals: Map<string, Signal> };
const incidentIds = ['i0', 'i1', 'i2', 'i3'];
const signalIds = ['s0', 's1', 's2', 's3', 's4', 's5'];
const by = { id: 'x', name: 'x' };
let now = 1_000;
const acting = () => {
  now += 1;
  return context({ ...operator, roles: [...operator.roles, ...chief.roles] }, now);
};

function begin(graded: readonly (Grade | null)[]): World {
  const incidents = new Map(
    incidentIds.map((id, index) => {
      const opened = openIncident(
        {
          id: id as never,
          number: id,
          facts: { title: id, text: '', kind: 'statutory.fire.building', place: null, priority: priorities[index]! },
          signals: [someSignal(`own-${id}`)],
        },
        acting(),
      );
      if (wasRefused(opened)) throw new Error(opened.refused);
      const incident = replay(null, opened);
      const grading = decideIncident(incident, { move: 'grade', grade: graded[index] ?? null, rule: null }, acting());
      return [id, wasRefused(grading) ? incident : replay(incident, grading)];
    }),
  );
  const signals = new Map(signalIds.map((id) => [id, someSignal(id)]));
  for (const id of incidentIds)
    signals.set(
      `own-${id}`,
      applySignal(someSignal(`own-${id}`), {
        kind: 'signalAttached',
        content: { incident: id as never, by, fused: null },
      }),
    );
  return { incidents, signals };
}

const incidentTold = (world: World, id: string, events: readonly IncidentEvent[]) => {
  for (const event of events) incidentEventKinds[event.kind].parse(event.content);
  world.incidents.set(id, events.reduce<Incident>(applyIncident, world.incidents.get(id)!));
};
const signalTold = (world: World, id: string, event: SignalEvent) => {
  signalEventKinds[event.kind].parse(event.content);
  world.signals.set(id, applySignal(world.signals.get(id)!, event));
};
const attach = (world: World, signals: readonly string[], incident: string) => {
  for (const id of signals)
    signalTold(world, id, { kind: 'signalAttached', content: { incident: incident as never, by, fused: null } });
};

type Undo = () => void;

function join(world: World, signal: string, incident: string): Undo | null {
  const decided = joinSignal(world.incidents.get(incident)!, world.signals.get(signal)!, acting());
  if (wasRefused(decided)) return null;
  incidentTold(world, incident, decided);
  signalTold(world, signal, {
    kind: 'signalAttached',
    content: { incident: incident as never, by, fused: { score: 0.9, reasons: [], version: 'x' } },
  });
  return () => {
    const parted = partSignal(world.incidents.get(incident)!, signal as never, '不是', acting());
    if (wasRefused(parted)) throw new Error(parted.detail);
    incidentTold(world, incident, parted);
    signalTold(world, signal, {
      kind: 'signalDetached',
      content: { incident: incident as never, by, reason: '不是', keepsLead: true },
    });
  };
}

function group(world: World, signal: string, lead: string): Undo | null {
  const [one, head] = [world.signals.get(signal)!, world.signals.get(lead)!];
  const hasMembers = [...world.signals.values()].some((other) => other.lead === signal);
  if (signal === lead || one.state !== 'open' || head.state !== 'open' || one.lead || head.lead || hasMembers)
    return null;
  signalTold(world, signal, { kind: 'signalGrouped', content: { lead: lead as never, by, fused: null } });
  return () =>
    signalTold(world, signal, { kind: 'signalUngrouped', content: { lead: lead as never, by, reason: '不是' } });
}

function merge(world: World, source: string, target: string): Undo | null {
  const moved = [...world.incidents.get(source)!.signals];
  const decided = mergeIncidents(world.incidents.get(source)!, world.incidents.get(target)!, acting());
  if (wasRefused(decided)) return null;
  incidentTold(world, source, decided.source);
  incidentTold(world, target, decided.target);
  attach(world, moved, target);
  return () => {
    const back = world.incidents.get(target)!.merged.find((one) => one.incident === source)!.signals;
    const split = splitIncident(world.incidents.get(source)!, world.incidents.get(target)!, {
      ...acting(),
      reason: '两起',
    });
    if (wasRefused(split)) throw new Error(split.detail);
    incidentTold(world, source, split.source);
    incidentTold(world, target, split.target);
    attach(world, back, source);
  };
}

const step = fc.oneof(
  fc.record({ do: fc.constant('join' as const), a: fc.constantFrom(...signalIds), b: fc.constantFrom(...incidentIds) }),
  fc.record({ do: fc.constant('group' as const), a: fc.constantFrom(...signalIds), b: fc.constantFrom(...signalIds) }),
  fc.record({
    do: fc.constant('merge' as const),
    a: fc.constantFrom(...incidentIds),
    b: fc.constantFrom(...incidentIds),
  }),
);
const acts = { join, group, merge };

/** Whatever an incident holds is at least as high as all that is merged into it. */
function noneLowered(world: World, at: World): void {
  for (const [id, incident] of world.incidents) {
    const own = at.incidents.get(id)!;
    const all = [own, ...incident.merged.map((one) => world.incidents.get(one.incident)!)];
    for (const one of all) {
      expect(higherGrade(incident.grade, one.grade)).toBe(incident.grade);
      expect(higherPriority(incident.priority, one.priority)).toBe(incident.priority);
    }
  }
}

/** A signal belongs to the incident that says so, and to no other. */
function agree(world: World): void {
  for (const incident of world.incidents.values())
    if (incident.state !== 'merged')
      for (const id of incident.signals) expect(world.signals.get(id)!.incident).toBe(incident.id);
}

const plain = (world: World, sorted: boolean) =>
  structuredClone({
    incidents: [...world.incidents.values()].map(({ changedAt: _, signals, ...rest }) => ({
      ...rest,
      signals: sorted ? [...signals].sort() : signals,
    })),
    signals: [...world.signals.values()],
  });

const graded = fc.array(fc.option(fc.constantFrom(...grades)), { minLength: 4, maxLength: 4 });

describe('joining and splitting', () => {
  it('undone in reverse, everything is as it was', () => {
    let done = 0;
    fc.assert(
      fc.property(graded, fc.array(step, { maxLength: 30 }), (given, steps) => {
        const world = begin(given);
        const before = plain(world, false);
        const start: World = { incidents: new Map(world.incidents), signals: new Map(world.signals) };
        const undo: Undo[] = [];
        for (const one of steps) {
          const back = acts[one.do](world, one.a, one.b);
          if (!back) continue;
          undo.push(back);
          done += 1;
          noneLowered(world, start);
          agree(world);
        }
        for (const back of undo.reverse()) {
          back();
          noneLowered(world, start);
          agree(world);
        }
        expect(plain(world, false)).toEqual(before);
      }),
      { numRuns: 800, seed: 20261125 },
    );
    expect(done).toBeGreaterThan(2_000);
  });

  it('several merges into one are split in any order', () => {
    fc.assert(
      fc.property(
        graded,
        fc.shuffledSubarray(['i1', 'i2', 'i3']),
        fc.shuffledSubarray(['i1', 'i2', 'i3']),
        (given, into, order) => {
          const world = begin(given);
          const start: World = { incidents: new Map(world.incidents), signals: new Map(world.signals) };
          const before = plain(world, true);
          const undo = new Map(into.map((id) => [id, merge(world, id, 'i0')!]));
          for (const id of [...order, ...into].filter((one, at, all) => undo.has(one) && all.indexOf(one) === at)) {
            undo.get(id)!();
            noneLowered(world, start);
            agree(world);
          }
          expect(plain(world, true)).toEqual(before);
        },
      ),
      { numRuns: 500, seed: 20261125 },
    );
  });

  it('what a person graded after a merge stays when it is split', () => {
    const world = begin(['IV', 'II', null, null]);
    const back = merge(world, 'i1', 'i0')!;
    const graded = decideIncident(world.incidents.get('i0')!, { move: 'grade', grade: 'I', rule: null }, acting());
    if (wasRefused(graded)) throw new Error(graded.refused);
    incidentTold(world, 'i0', graded);
    back();
    expect(world.incidents.get('i0')).toMatchObject({ grade: 'I' });
    expect(world.incidents.get('i1')).toMatchObject({ grade: 'II', state: 'filed' });
  });
});
