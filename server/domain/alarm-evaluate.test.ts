import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleOf, stationOf } from '@/server/store/testing/records.ts';
import {
  chatterHoldMs,
  elapse,
  evaluate,
  isIdle,
  type Memory,
  nextChangeAt,
  noMemory,
  restoredMemory,
  type Transition,
} from './alarm-evaluate.ts';
import type { AlarmSample, AlertSample, ReadingSample } from './alarm-sample.ts';
import type { Rule } from './rule.ts';
import type { Station } from './station.ts';

const minute = 60_000;
const about = { scheme: 'sl651', key: 'g1', observedAt: null, lonLat: null };
const reading = (value: number, at: number, more: Partial<ReadingSample> = {}): ReadingSample => ({
  of: 'reading',
  ...about,
  at,
  property: 'waterLevel',
  statistic: 'instant',
  intervalS: null,
  value,
  unit: 'm',
  limit: null,
  ...more,
});
const alert = (part: string, at: number, ends: readonly string[] | null = null): AlertSample => ({
  of: 'alert',
  ...about,
  scheme: 'gb26875',
  key: part,
  at,
  event: ends ? '火警解除' : '火灾报警',
  text: part,
  reference: `${part},fire,${at}`,
  ends,
  call: null,
});

/** Above 9.5, over again below 9.4. */
const levels = ruleOf('levels');
const fire = ruleOf('fire', {
  condition: { of: 'alert', events: ['火灾报警'], schemes: ['gb26875'] },
  groupedBy: 'site',
});

function follow(rule: Rule, station: Station | null = null) {
  let memory: Memory = noMemory(0);
  const told: Transition[] = [];
  const hold = (evaluated: { memory: Memory; transitions: readonly Transition[] }) => {
    memory = evaluated.memory;
    told.push(...evaluated.transitions);
    return evaluated.transitions.map(({ to }) => to);
  };
  return {
    told,
    memory: () => memory,
    start: (from: Memory) => {
      memory = from;
    },
    say: (sample: AlarmSample, now = sample.at) =>
      hold(
        evaluate(rule, memory, sample, {
          station,
          now,
          part: rule.groupedBy === 'site' ? sample.key : '',
          text: sample.of === 'alert' ? sample.text : '',
        }),
      ),
    wait: (now: number) => hold(elapse(rule, memory, now)),
  };
}

describe('one value against a number', () => {
  it('raises at the number, and is over only when it has come back by the dead-band', () => {
    const { say, told } = follow(levels);
    expect(say(reading(9.49, 1))).toEqual([]);
    expect(say(reading(9.5, 2))).toEqual(['raise']);
    expect(say(reading(9.45, 3))).toEqual([]);
    expect(say(reading(9.4, 4))).toEqual(['clear']);
    expect(say(reading(9.45, 5))).toEqual([]);
    expect(told[0]).toMatchObject({ to: 'raise', at: 2, value: 9.5, limit: 9.5, unit: 'm', parts: [] });
    expect(told[1]).toMatchObject({ to: 'clear', at: 4, value: 9.4 });
  });

  it('holds a value against the number in one unit, and says nothing of one that it cannot convert', () => {
    const { say } = follow(levels);
    expect(say(reading(960, 1, { unit: 'Cel' }))).toEqual([]);
    expect(say(reading(949, 2, { unit: 'cm' }))).toEqual([]);
    expect(say(reading(951, 3, { unit: 'cm' }))).toEqual(['raise']);
  });

  it('an older message changes nothing, whatever it says', () => {
    const { say } = follow(levels);
    say(reading(8, 100));
    expect(say(reading(12, 50), 101)).toEqual([]);
    expect(say(reading(12, 102))).toEqual(['raise']);
    expect(say(reading(8, 60), 103)).toEqual([]);
  });

  it('a minimum or a maximum of some time past does not speak of now', () => {
    const { say } = follow(levels);
    expect(say(reading(12, 1, { statistic: 'max' }))).toEqual([]);
    expect(say(reading(12, 2, { statistic: 'mean' }))).toEqual(['raise']);
    expect(say(reading(1, 3, { statistic: 'min' }))).toEqual([]);
  });

  it('counts from when it began, by our clock, and lets nothing through that goes before', () => {
    const { say, wait, memory } = follow({ ...levels, onDelayS: 60, offDelayS: 30 });
    expect(say(reading(10, 1_000))).toEqual([]);
    expect(nextChangeAt({ ...levels, onDelayS: 60 }, memory())).toBe(61_000);
    expect(say(reading(8, 30_000))).toEqual([]);
    expect(wait(70_000)).toEqual([]);
    expect(say(reading(10, 80_000))).toEqual([]);
    expect(wait(139_999)).toEqual([]);
    expect(wait(140_000)).toEqual(['raise']);
    expect(say(reading(8, 150_000))).toEqual([]);
    expect(say(reading(10, 160_000))).toEqual([]);
    expect(say(reading(8, 170_000))).toEqual([]);
    expect(wait(200_000)).toEqual(['clear']);
  });
});

describe('against what the message or the register says', () => {
  it('a stated limit is passed, not reached; a message without one says nothing', () => {
    const { say } = follow(
      ruleOf('r', { condition: { ...levels.condition, value: { limit: 'message' }, deadBand: 0 } as never }),
    );
    expect(say(reading(9, 1, { limit: 9 }))).toEqual([]);
    expect(say(reading(9.1, 2, { limit: 9 }))).toEqual(['raise']);
    expect(say(reading(1, 3))).toEqual([]);
    expect(say(reading(9, 4, { limit: 9 }))).toEqual(['clear']);
  });

  const measure = { property: 'WaterLevel', unit: 'cm', maximum: 400, thresholds: [] };
  it('a threshold in its own unit; when the register gives it up, the alarm is over', () => {
    const rule = ruleOf('r', { condition: { ...levels.condition, value: { threshold: 'alarm' } } as never });
    const known = stationOf('g1', {
      measures: [{ ...measure, thresholds: [{ level: 'alarm', when: 'above', value: 950, source: null }] }],
    });
    const { say, memory } = follow(rule, known);
    expect(say(reading(9.6, 1))).toEqual(['raise']);
    const without = follow(rule, stationOf('g1', { measures: [measure] }));
    without.start(memory());
    expect(without.say(reading(9.6, 2))).toEqual(['clear']);
    expect(without.say(reading(99, 3))).toEqual([]);
  });

  it('a share of what is approved: of the message, else of the register', () => {
    const rule = ruleOf('r', {
      condition: {
        of: 'capacity',
        resources: [],
        schemes: [],
        stationKinds: [],
        when: 'below',
        value: { shareOfMaximum: 0.2 },
        deadBand: 0,
      },
    });
    const { say } = follow(rule, stationOf('g1', { measures: [{ ...measure, property: 'bed' }] }));
    const beds = (value: number, at: number, maximum: number | null): AlarmSample => ({
      of: 'capacity',
      ...about,
      at,
      property: 'bed',
      value,
      maximum,
      name: null,
    });
    expect(say(beds(81, 1, null))).toEqual([]);
    expect(say(beds(80, 2, null))).toEqual(['raise']);
    expect(say(beds(21, 3, 100))).toEqual(['clear']);
  });

  it('a sum over its interval is a rate', () => {
    const rule = ruleOf('r', {
      condition: {
        ...levels.condition,
        properties: ['rainfall'],
        as: 'per-hour',
        unit: 'mm',
        value: 20,
        deadBand: 0,
      } as never,
    });
    const { say, told } = follow(rule);
    const rain = (value: number, at: number, intervalS: number | null) =>
      reading(value, at, { property: 'rainfall', statistic: 'sum', intervalS, unit: 'mm' });
    expect(say(rain(30, 1, null))).toEqual([]);
    expect(say(rain(1.5, 2, 300))).toEqual([]);
    expect(say(rain(1.7, 3, 300))).toEqual(['raise']);
    expect(told[0]).toMatchObject({ unit: 'mm/h', limit: 20 });
  });
});

describe('several conditions about one subject', () => {
  const flow = { ...levels.condition, properties: ['flow'], unit: null, value: 100, deadBand: 0 } as never;
  it('all: when the last of them is true, until the first is over', () => {
    const { say } = follow(ruleOf('r', { condition: { all: [levels.condition as never, flow] } }));
    expect(say(reading(10, 1))).toEqual([]);
    expect(say(reading(120, 2, { property: 'flow', unit: null }))).toEqual(['raise']);
    expect(say(reading(90, 3, { property: 'flow', unit: null }))).toEqual(['clear']);
  });
  it('any: from the first to the last', () => {
    const { say } = follow(ruleOf('r', { condition: { any: [levels.condition as never, flow] } }));
    expect(say(reading(10, 1))).toEqual(['raise']);
    expect(say(reading(120, 2, { property: 'flow', unit: null }))).toEqual([]);
    expect(say(reading(9, 3))).toEqual([]);
    expect(say(reading(90, 4, { property: 'flow', unit: null }))).toEqual(['clear']);
  });
});

describe('a building', () => {
  it('is one alarm of many parts, over when the last part is', () => {
    const { say, told } = follow(fire);
    expect(say(alert('b/1', 1))).toEqual(['raise']);
    expect(say(alert('b/2', 2))).toEqual(['join']);
    expect(say(alert('b/2', 3))).toEqual([]);
    expect(say(alert('b/1', 4, ['b/1,fire,1']))).toEqual([]);
    expect(say(alert('b/2', 5, ['b/2,fire,3']))).toEqual(['clear']);
    expect(told[0]).toMatchObject({ parts: [{ key: 'b/1', text: 'b/1' }] });
  });
  it('a part that comes and goes joins once, and again with the next alarm', () => {
    const { say, memory } = follow(fire);
    say(alert('b/1', 1));
    expect(say(alert('b/2', 2))).toEqual(['join']);
    for (let at = 3; at < 9; at += 2) {
      expect(say(alert('b/2', at, []))).toEqual([]);
      expect(say(alert('b/2', at + 1))).toEqual([]);
    }
    say(alert('b/2', 10, []));
    expect(say(alert('b/1', 11, []))).toEqual(['clear']);
    expect(memory().parts.size).toBe(0);
    expect(say(alert('b/2', 70_000))).toEqual(['raise']);
    expect(say(alert('b/1', 70_001))).toEqual(['join']);
  });
  it('an end that names another fire ends nothing', () => {
    const { say } = follow(fire);
    say(alert('b/1', 1));
    expect(say(alert('b/1', 2, ['b/1,fire,0']))).toEqual([]);
    expect(say(alert('b/9', 3, []))).toEqual([]);
    expect(say(alert('b/1', 4, []))).toEqual(['clear']);
  });
});

describe('things that move', () => {
  const area: [number, number][][] = [
    [
      [118, 32],
      [119, 32],
      [119, 33],
      [118, 33],
      [118, 32],
    ],
  ];
  const at = (lonLat: [number, number] | null, now: number, flags: string[] = []): AlarmSample => ({
    of: 'position',
    ...about,
    at: now,
    lonLat,
    flags: new Set(flags),
  });
  const rule = (more: object) =>
    ruleOf('r', {
      condition: {
        of: 'position',
        event: 'inside',
        flags: [],
        area,
        dwellS: null,
        dwellM: null,
        schemes: [],
        ...more,
      } as never,
    });

  it('are in an area or out of it; nowhere says neither', () => {
    const into = follow(rule({}));
    expect(into.say(at([118.5, 32.5], 1))).toEqual(['raise']);
    expect(into.say(at(null, 2))).toEqual([]);
    expect(into.say(at([117, 32.5], 3))).toEqual(['clear']);
    const out = follow(rule({ event: 'outside' }));
    expect(out.say(at([117, 32.5], 1))).toEqual(['raise']);
  });
  it('dwell where they hardly move', () => {
    const { say } = follow(rule({ event: 'dwell', dwellS: 600, dwellM: 100 }));
    expect(say(at([118.5, 32.5], 0))).toEqual([]);
    expect(say(at([118.51, 32.5], 9 * minute))).toEqual([]);
    expect(say(at([118.5104, 32.5], 18 * minute))).toEqual([]);
    expect(say(at([118.5104, 32.5], 19 * minute))).toEqual(['raise']);
    expect(say(at([118.6, 32.5], 20 * minute))).toEqual(['clear']);
  });
  it('cry for help, with a place or without', () => {
    const { say } = follow(rule({ event: 'sos', area: [] }));
    expect(say(at(null, 1, ['alarm.emergency']))).toEqual(['raise']);
    expect(say(at([118, 32], 2))).toEqual(['clear']);
    const crash = follow(rule({ event: 'flag', flags: ['alarm.rollover'], area: [] }));
    expect(crash.say(at(null, 1, ['alarm.overspeed']))).toEqual([]);
    expect(crash.say(at(null, 2, ['alarm.rollover']))).toEqual(['raise']);
  });
});

describe('a contact that goes on and off', () => {
  it('is marked at the third turn in a minute, held on, and trusted again when it was calm', () => {
    const { say, wait, memory } = follow(levels);
    expect(say(reading(10, 1_000))).toEqual(['raise']);
    expect(say(reading(9, 2_000))).toEqual(['clear']);
    expect(say(reading(10, 3_000))).toEqual(['raise', 'chatter']);
    for (let turn = 4; turn < 60; turn += 1) expect(say(reading(turn % 2 ? 10 : 9, turn * 1_000))).toEqual([]);
    say(reading(9, 60_000));
    expect(wait(60_000 + chatterHoldMs)).toEqual(['clear']);
    expect(isIdle(memory())).toBe(false);
    expect(wait(60_000 + chatterHoldMs + 5 * minute)).toEqual(['chatter']);
    expect(isIdle(memory())).toBe(true);
  });
});

describe('after a start', () => {
  it('goes on from what stands: over when it is over, not raised again while it is not', () => {
    const any = ruleOf('r', {
      condition: { any: [levels.condition as never, { ...levels.condition, properties: ['other'] } as never] },
    });
    for (const rule of [levels, any]) {
      const from = restoredMemory(rule, { raisedAt: 1, chatteringSince: null, parts: [] });
      const on = follow(rule);
      on.start(from);
      expect(on.say(reading(10, 2))).toEqual([]);
      const off = follow(rule);
      off.start(from);
      expect(off.say(reading(9.45, 2))).toEqual([]);
      expect(off.say(reading(9, 3))).toEqual(['clear']);
    }
    const building = follow(fire);
    building.start(restoredMemory(fire, { raisedAt: 1, chatteringSince: null, parts: [{ key: 'b/1', text: '' }] }));
    expect(building.say(alert('b/1', 2, ['b/1,fire,0']))).toEqual(['clear']);
  });
});

describe('any readings in any order', () => {
  const delayS = fc.constantFrom(0, 20, 40);
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 20_000 }),
    wait: fc.boolean(),
    lateMs: fc.integer({ min: 0, max: 15_000 }),
    value: fc.double({ min: 9.2, max: 9.7, noNaN: true }),
  });

  it('raise and clear alternate, the dead-band and the delays are kept, an older message changes nothing', () => {
    fc.assert(
      fc.property(delayS, delayS, fc.array(step, { maxLength: 120 }), (onDelayS, offDelayS, steps) => {
        const { say, wait, told } = follow({ ...levels, onDelayS, offDelayS });
        const seen: { at: number; value: number }[] = [];
        let now = 0;
        for (const { afterMs, wait: only, lateMs, value } of steps) {
          now += afterMs;
          if (only) {
            wait(now);
            continue;
          }
          const at = now - lateMs;
          if (seen.every((one) => one.at <= at)) seen.push({ at, value });
          say(reading(value, at), now);
        }
        const turns = told.flatMap((one) => (one.to === 'raise' || one.to === 'clear' ? [one] : []));
        turns.forEach((turn, index) => {
          expect(turn.to).toBe(index % 2 === 0 ? 'raise' : 'clear');
          const before = turns[index - 1];
          const leastMs = (turn.to === 'raise' ? onDelayS : offDelayS) * 1_000;
          if (before) expect(turn.at - before.at).toBeGreaterThanOrEqual(leastMs);
        });
        // Without delays it is what the last message that counts says, with the dead-band.
        if (onDelayS + offDelayS > 0 || told.some(({ to }) => to === 'chatter')) return;
        const on = seen.reduce((was, { value }) => value >= 9.5 - 1e-8 || (was && value > 9.4 + 1e-8), false);
        expect(turns.at(-1)?.to === 'raise').toBe(on);
      }),
      { numRuns: 400 },
    );
  });
});
