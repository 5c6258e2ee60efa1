import { describe, expect, it } from 'vitest';
import type { AlarmChange } from '@/server/domain/alarm-decide.ts';
import type { Rule } from '@/server/domain/rule.ts';
import { seededRules } from '@/server/domain/seeded-rules.ts';
import { alarmOf, stationOf } from '@/server/store/testing/records.ts';
import type { AlertRecord, FeedRecord, ReadingRecord } from '@/server/wire/record.ts';
import { AlarmEngine, type AlarmPorts } from './alarm-engine.ts';

const source = { feed: 'f', department: 'ecology', reality: 'actual' as const };
const ruleNamed = (id: string): Rule => seededRules.find((rule) => rule.id === id)!;

function engineOf(rules: readonly Rule[], more: Partial<AlarmPorts> = {}) {
  const clock = { now: 1_000_000 };
  const written: AlarmChange[] = [];
  const engine = new AlarmEngine({
    now: () => clock.now,
    write: async (changes) => {
      written.push(...changes);
      return true;
    },
    stationOf: () => null,
    unitOf: () => ({ id: 'u', callSign: 'u' }),
    districtOf: () => null,
    mayRaise: () => true,
    ...more,
  });
  for (const rule of rules) engine.setRule(rule);
  const said = () => written.splice(0).map((change) => `${change.to} ${change.id.split('.')[0]}`);
  const take = (...records: FeedRecord[]) => engine.take(records, source);
  return { engine, clock, written, said, take };
}

const reading = (
  key: string,
  property: string,
  value: number,
  at: number,
  more: Partial<ReadingRecord> = {},
): ReadingRecord => ({
  kind: 'reading',
  subject: { scheme: 'hj212', key },
  observedAt: at,
  sourceAt: at,
  relayedAt: null,
  receivedAt: at,
  geometry: null,
  crsReceived: 'unknown',
  geometrySource: 'none',
  quality: { state: 'good', flags: [] },
  dedupeKey: `${key}${at}`,
  revision: 0,
  privacy: 'none',
  property,
  statistic: 'instant',
  intervalS: null,
  value,
  unit: 'mg/m3',
  rawValue: value,
  rawUnit: null,
  limit: null,
  ...more,
});

describe('a rule of several conditions', () => {
  const threshold = (value: number) => [{ level: 'alarm' as const, when: 'above' as const, value, source: null }];
  const plant = stationOf('m1', {
    scheme: 'hj212',
    kind: 'emission',
    measures: ['a21026', 'a21002'].map((property) => ({
      property,
      unit: 'mg/m3',
      maximum: null,
      thresholds: threshold(50),
    })),
  });

  it('asks each property of a station by itself, where it may be any', async () => {
    const rule = { ...ruleNamed('emission-over-limit'), onDelayS: 0, offDelayS: 0 };
    const { take, said, clock, written } = engineOf([rule], { stationOf: () => plant });
    await take(reading('m1', 'a21026', 60, clock.now), reading('m1', 'a21002', 10, clock.now));
    expect(written).toMatchObject([{ to: 'raise', value: 60, limit: 50, subject: { property: 'a21026' } }]);
    said();
    await take(reading('m1', 'a21026', 70, clock.now), reading('m1', 'a21002', 55, clock.now));
    expect(said()).toEqual(['raise emission-over-limit']);
    await take(reading('m1', 'a21026', 1, clock.now), reading('m1', 'a21002', 1, clock.now));
    expect(said()).toEqual(['clear emission-over-limit', 'clear emission-over-limit']);
  });
});

it('an alarm that its delay raises says what it was held against', async () => {
  const { engine, take, clock, written } = engineOf([{ ...ruleNamed('rain-heavy'), onDelayS: 10 }]);
  await take(reading('g', 'rainfall', 2, clock.now, { statistic: 'sum', intervalS: 300, unit: 'mm' }));
  clock.now += 11_000;
  await engine.tick();
  expect(written).toMatchObject([{ to: 'raise', value: 24, limit: 20, unit: 'mm/h' }]);
});

describe('rules that change', () => {
  const rule = {
    ...ruleNamed('reading-over-limit'),
    condition: { ...ruleNamed('reading-over-limit').condition, except: { properties: [], schemes: [] } } as never,
    offDelayS: 0,
  };
  it('are asked about what is so already, and keep what is raised where nothing was measured', async () => {
    const { engine, take, said, clock } = engineOf([rule]);
    await take(reading('m1', 'x', 3, clock.now, { limit: 2 }));
    expect(said()).toEqual(['raise reading-over-limit']);
    engine.setRule({ ...rule, condition: { ...(rule.condition as object), value: 5 } as never });
    await engine.tick();
    expect(said()).toEqual(['clear reading-over-limit']);
    engine.setRule({ ...rule, condition: { ...(rule.condition as object), value: 2.5 } as never });
    await engine.tick();
    expect(said()).toEqual(['raise reading-over-limit']);
    engine.restore(alarmOf('standing', { rule: rule.id }));
    engine.setRule({ ...rule, condition: { ...(rule.condition as object), value: 2 } as never });
    await engine.tick();
    await engine.tick();
    expect(said()).toEqual([]);
  });

  it('that are new or on again find a value that stands, not one of long ago', async () => {
    const { engine, take, said, clock } = engineOf([{ ...rule, enabled: false }]);
    await take(reading('m1', 'x', 3, clock.now, { limit: 2 }));
    expect(said()).toEqual([]);
    engine.setRule(rule);
    await engine.tick();
    expect(said()).toEqual(['raise reading-over-limit']);
    engine.setRule({ ...rule, id: 'second' });
    clock.now += 31 * 60_000;
    await engine.tick();
    expect(said()).toEqual([]);
    engine.setRule({ ...rule, id: 'third' });
    await take(reading('m2', 'x', 3, clock.now, { limit: 2 }));
    said();
    await engine.tick();
    expect(said()).toEqual([]);
  });

  it('of feeds find one that is silent already', async () => {
    const silence = ruleNamed('feed-silence');
    const { engine, said } = engineOf([{ ...silence, enabled: false, onDelayS: 0 }]);
    const feed = { id: 'f', title: 'F', department: 'water', state: 'down', since: 1 };
    await engine.takeFeed(feed as never);
    expect(said()).toEqual([]);
    engine.setRule({ ...silence, onDelayS: 0 });
    await engine.tick();
    expect(said()).toEqual(['raise feed-silence']);
  });
});

describe('stations that change', () => {
  const rule = { ...ruleNamed('emission-over-limit'), onDelayS: 0, offDelayS: 0 };
  const plant = (value: number) =>
    stationOf('m1', {
      id: 'hj212/m1',
      scheme: 'hj212',
      kind: 'emission',
      measures: [
        {
          property: 'a21026',
          unit: 'mg/m3',
          maximum: null,
          thresholds: [{ level: 'alarm', when: 'above', value, source: null }],
        },
      ],
    });

  it('are asked about the last value with their registration, and with another threshold', async () => {
    let held: ReturnType<typeof plant> | null = null;
    const stationOf = (_scheme: string, key: string) => (key === 'm1' ? held : null);
    const { engine, take, said, clock } = engineOf([rule], { stationOf });
    await take(reading('m1', 'a21026', 60, clock.now), reading('m2', 'a21026', 60, clock.now));
    expect(said()).toEqual([]);
    held = plant(50);
    engine.stationChanged(held.id);
    await engine.tick();
    expect(said()).toEqual(['raise emission-over-limit']);
    await engine.tick();
    expect(said()).toEqual([]);
    held = plant(70);
    engine.stationChanged(held.id);
    await engine.tick();
    expect(said()).toEqual(['clear emission-over-limit']);
  });

  it('an older value, or another department’s, is not the last one', async () => {
    let held: ReturnType<typeof plant> | null = null;
    const { engine, take, said, clock } = engineOf([rule], { stationOf: () => held });
    await take(reading('m1', 'a21026', 10, clock.now));
    await take(reading('m1', 'a21026', 60, clock.now - 1_000));
    await engine.take([reading('m1', 'a21026', 60, clock.now)], { ...source, department: 'health' });
    held = plant(50);
    engine.stationChanged(held.id);
    await engine.tick();
    expect(said()).toEqual([]);
  });
  it('off, they end what they raised; a start ends what no rule looks for', async () => {
    const { engine, take, said, clock, written } = engineOf([rule]);
    await take(reading('m1', 'x', 3, clock.now, { limit: 2 }));
    said();
    engine.setRule({ ...rule, enabled: false });
    engine.restore(alarmOf('gone', { rule: 'gone' }));
    await engine.tick();
    expect(written).toMatchObject([
      { to: 'clear', cause: 'rule-off' },
      { to: 'clear', id: 'gone', cause: 'rule-off' },
    ]);
  });
});

describe('whose an alert is', () => {
  const alert = (scheme: string, event: string, msgType: AlertRecord['msgType'] = 'Alert') =>
    ({ kind: 'alert', subject: { scheme, key: 'k' }, event, msgType }) as unknown as AlertRecord;
  it('a device’s own, by its scheme, its end too, also while the rule is off; a warning is for people', () => {
    const fire = ruleNamed('fire-component');
    for (const rule of [fire, { ...fire, enabled: false }]) {
      const { engine } = engineOf([rule, ruleNamed('lift-entrapment')]);
      expect(engine.takesAlert(alert('gb26875', '火灾报警'))).toBe(true);
      expect(engine.takesAlert(alert('gb26875', '火警解除', 'Cancel'))).toBe(true);
      expect(engine.takesAlert(alert('gb26875', '设备故障'))).toBe(false);
      expect(engine.takesAlert(alert('cap', '暴雨'))).toBe(false);
      expect(engine.takesAlert(alert('push', 'lift.entrapment'))).toBe(true);
    }
  });
});

describe('bounds', () => {
  const rule = { ...ruleNamed('underpass-close'), onDelayS: 0 };
  it('what it remembers of made-up subjects is bounded, and what is raised is never forgotten', async () => {
    const { engine, take, said, clock } = engineOf([rule], { mostRemembered: 1_000 });
    const depth = (key: string, value: number) => reading(key, 'waterDepth', value, clock.now, { unit: 'm' });
    await take(depth('real', 0.5));
    expect(said()).toEqual(['raise underpass-close']);
    for (let key = 0; key < 20_000; key += 1) await take(depth(`made-up-${key}`, 0.1));
    expect(engine.size).toBeLessThanOrEqual(1_001);
    await take(depth('real', 0.6));
    expect(said()).toEqual([]);
  });
  it('also of those that would be in trouble, were they known', async () => {
    const strangers = { unitOf: () => null, mayRaise: () => false, mostRemembered: 1_000 };
    const { engine, take, said, clock } = engineOf([{ ...rule, onDelayS: 60 }], strangers);
    for (let key = 0; key < 5_000; key += 1) await take(reading(`${key}`, 'waterDepth', 9, clock.now, { unit: 'm' }));
    clock.now += 61_000;
    await engine.tick();
    expect(said()).toEqual([]);
    expect(engine.size).toBeLessThanOrEqual(1_001);
    expect(engine.heldBack).toBeGreaterThan(0);
  });
  it('what cannot be stored for long is found again by the next record', async () => {
    let up = false;
    const written: string[] = [];
    const write: AlarmPorts['write'] = async (changes) => {
      if (up) written.push(...changes.map(({ id }) => id));
      return up;
    };
    const { engine, take, clock } = engineOf([rule], { write });
    const all = Array.from({ length: 20_010 }, (_, key) =>
      reading(`${key}`, 'waterDepth', 9, clock.now, { unit: 'm' }),
    );
    expect(await take(...all)).toBe(false);
    up = true;
    await engine.tick();
    expect(await take(...all)).toBe(true);
    expect(new Set(written).size).toBe(20_010);
  });
  it('of a feed that makes things up a share of the list, until somebody looks', async () => {
    const { take, said, clock, engine, written } = engineOf([rule], { unitOf: () => null });
    const depth = (key: number) => reading(`${key}`, 'waterDepth', 9, clock.now, { unit: 'm' });
    await take(...Array.from({ length: 1_000 }, (_, key) => depth(key)));
    expect(written).toHaveLength(200);
    const [first] = written;
    said();
    engine.setAlarm(alarmOf(first?.id ?? '', { acknowledged: { by: { id: 'u', name: 'u' }, at: clock.now } } as never));
    await take(depth(2_000), depth(2_001));
    expect(said()).toEqual(['raise underpass-close']);
  });
  it('lines that nobody has to acknowledge take no alarm’s place', async () => {
    const line = { ...ruleNamed('underpass-notice'), onDelayS: 0 };
    const { take, said, clock } = engineOf([line, rule], { unitOf: () => null });
    const depth = (key: number, value: number) => reading(`${key}`, 'waterDepth', value, clock.now, { unit: 'm' });
    await take(...Array.from({ length: 300 }, (_, key) => depth(key, 0.2)));
    expect(said()).toHaveLength(200);
    await take(depth(1_000, 9));
    expect(said()).toEqual(['raise underpass-close']);
  });
  it('properties that a station of the register does not have are made up too', async () => {
    const measures = [{ property: 'x', unit: null, maximum: null, thresholds: [] }];
    const station = stationOf('m1', { scheme: 'hj212', measures });
    const limits = {
      ...ruleNamed('reading-over-limit'),
      condition: { ...ruleNamed('reading-over-limit').condition, except: { properties: [], schemes: [] } } as never,
    };
    const { take, said, clock } = engineOf([limits], {
      unitOf: () => null,
      stationOf: () => station,
      mayRaise: () => false,
    });
    await take(reading('m1', 'made-up', 3, clock.now, { limit: 2 }), reading('m1', 'x', 3, clock.now, { limit: 2 }));
    expect(said()).toEqual(['raise reading-over-limit']);
  });
  it('no other department’s source ends what one reports', async () => {
    const { engine, take, said, clock, written } = engineOf([{ ...rule, offDelayS: 0 }]);
    const depth = (value: number) => reading('u1', 'waterDepth', value, clock.now, { unit: 'm' });
    await take(depth(9));
    expect(said()).toEqual(['raise underpass-close']);
    const others = { feed: 'o', department: 'health', reality: 'actual' as const };
    clock.now += 1_000;
    await engine.take([depth(0)], others);
    expect(written).toEqual([]);
    await take(depth(0));
    expect(said()).toEqual(['clear underpass-close']);
  });
});
