import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alarm } from '@/server/domain/alarm.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { acknowledgeAlarm } from '@/server/ops/acknowledge-alarm.ts';
import { changeFeed, registerFeed } from '@/server/ops/change-feed.ts';
import { fireTimer } from '@/server/ops/fire-timer.ts';
import { dismissSignal } from '@/server/ops/judge-signal.ts';
import { receiveRecords } from '@/server/ops/receive-records.ts';
import { setRule } from '@/server/ops/set-rule.ts';
import { shelveAlarm, unshelveAlarm } from '@/server/ops/shelve-alarm.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { OpenStore } from '@/server/store/open-store.ts';
import { seedRules } from '@/server/store/seed/seed-rules.ts';
import { openTestDatabase, type TestDatabase } from '@/server/store/testing/database.ts';
import { actor, feedOf, unitOf } from '@/server/store/testing/records.ts';
import type { AlertRecord, CallRecord, FeedRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { type RunningAlarms, startAlarms } from './start-alarms.ts';

const start = Date.UTC(2026, 6, 1);
const minute = 60_000;
/** What comes by way of the log comes soon, on a busy machine later. */
const patience = { timeout: 20_000 };
const system = systemActor('test', 'test');
const dispatcher = actor('dispatcher');
const chief = actor('duty-chief');
const source = { feed: 'f', department: 'water', reality: 'actual' as const };

let database: TestDatabase;
let store: OpenStore;
let alarms: RunningAlarms;
let now = start;
let errors: unknown[] = [];
const units = new Map<string, Unit>();

const deps = () => ({ store, newId: randomUUID });
const open = async () => {
  alarms = startAlarms({
    ...deps(),
    follower: { unitOf: (_, key) => units.get(key) ?? null },
    stationOf: () => null,
    city: { districtOf: () => ({ district: '320106', nearDistrict: null }) } as never,
    now: () => now,
    onError: (error) => errors.push(error),
  });
  await store.settled();
  await alarms.follow();
};

beforeEach(async () => {
  now = start;
  errors = [];
  units.clear();
  database = await openTestDatabase();
  store = await database.open({ clock: () => now, retention: false });
  await seedRules(store, now);
  await open();
});
afterEach(async () => {
  await alarms.close();
  await database.close();
  expect(errors).toEqual([]);
});

const base = (scheme: string, key: string) => ({
  subject: { scheme, key },
  observedAt: now,
  sourceAt: now,
  relayedAt: null,
  receivedAt: now,
  geometry: { type: 'Point' as const, coordinates: [118.78, 32.05] as [number, number] },
  crsReceived: 'wgs84' as const,
  geometrySource: 'message' as const,
  quality: { state: 'good' as const, flags: [] },
  dedupeKey: `${key}/${now}`,
  revision: 0,
  privacy: 'none' as const,
});
const depth = (key: string, value: number, more: Partial<ReadingRecord> = {}): ReadingRecord => ({
  kind: 'reading',
  ...base('water-level', key),
  property: 'waterDepth',
  statistic: 'instant',
  intervalS: null,
  value,
  unit: 'm',
  rawValue: value,
  rawUnit: 'm',
  limit: null,
  ...more,
});
const sos = (key: string, pressed: boolean): PositionRecord => ({
  kind: 'position',
  ...base('jt808', key),
  altitudeM: null,
  speedMps: 0,
  headingDeg: null,
  accuracyM: null,
  fixed: true,
  extras: pressed ? { 'alarm.emergency': true } : {},
});
const fire = (key: string, ends: string[] | null = null): AlertRecord => ({
  kind: 'alert',
  ...base('gb26875', key),
  dedupeKey: `${key},fire`,
  event: ends ? '火警解除' : '火灾报警',
  headline: key,
  text: null,
  language: 'zh-CN',
  severity: 'Severe',
  colour: null,
  urgency: 'Immediate',
  certainty: 'Likely',
  effectiveAt: now,
  onsetAt: null,
  expiresAt: null,
  areas: [],
  references: ends ?? [],
  msgType: ends ? 'Cancel' : 'Alert',
  status: 'Actual',
});
const take = async (...records: FeedRecord[]) => alarms.engine.take(records, source);
const tick = async (afterMs: number) => {
  now += afterMs;
  await alarms.engine.tick();
};
const settle = async () => {
  await store.settled();
  await alarms.engine.tick();
};
const held = () =>
  store.read(system, async (tx) => ({
    alarms: (await tx.list('alarm', { limit: 1_000 })).map(({ state }) => state),
    signals: (await tx.list('signal', { limit: 1_000 })).map(({ state }) => state),
  }));
const of = async (rule: string): Promise<Alarm> => {
  const found = (await held()).alarms.find((alarm) => alarm.rule === rule);
  if (!found) throw new Error(`no alarm of ${rule}`);
  return found;
};
const command = <Input>(by: typeof chief, input: Input) => ({ id: randomUUID(), actor: by, input });

describe('a reading over its number', () => {
  it('sent again and again is one alarm and one signal; back, it is over, and the signal says so', async () => {
    await take(depth('u1', 0.3));
    await take(depth('u1', 0.4));
    const first = await held();
    expect(first.alarms.map(({ rule, state }) => [rule, state]).sort()).toEqual([
      ['underpass-close', 'active'],
      ['underpass-notice', 'active'],
    ]);
    expect(first.signals).toMatchObject([{ kind: 'alarm', state: 'open', priority: 'P1', department: 'water' }]);
    expect(await of('underpass-close')).toMatchObject({ value: 0.3, limit: 0.27, district: '320106', cycle: 1 });
    await take(depth('u1', 0.05));
    await tick(11 * minute);
    const after = await held();
    expect(after.alarms.every(({ state }) => state === 'cleared')).toBe(true);
    expect(after.signals).toMatchObject([{ state: 'open' }]);
    expect(after.signals[0]?.title).toContain('已恢复');
  });

  it('again while the signal lies open is the same signal; after it was judged, another', async () => {
    const up = async () => {
      await take(depth('u1', 0.4));
      await take(depth('u1', 0.01));
      await tick(11 * minute);
    };
    await up();
    await up();
    const once = await held();
    expect(once.signals).toHaveLength(1);
    expect(await of('underpass-close')).toMatchObject({ cycle: 2, signal: once.signals[0]?.id });
    const dismissed = { signal: once.signals[0]!.id, reason: '已查看' };
    expect(wasRefused(await dismissSignal(deps(), command(dispatcher, dismissed)))).toBe(false);
    await up();
    expect((await held()).signals).toHaveLength(2);
  });

  it('that is bad, missing, late, backfilled or of a station under repair neither raises nor ends', async () => {
    const flagged = (state: 'good' | 'suspect' | 'bad' | 'missing', ...flags: never[]) => ({
      quality: { state, flags },
    });
    const spoiled = [
      flagged('bad'),
      flagged('missing'),
      flagged('good', 'backfill' as never),
      flagged('suspect', 'late' as never),
      flagged('good', 'maintenance' as never),
      { observedAt: now - 40 * minute },
    ];
    for (const more of spoiled) await take(depth('u1', 0.9, more));
    expect((await held()).alarms).toEqual([]);
    await take(depth('u1', 0.9));
    for (const more of spoiled) await take(depth('u1', 0, more));
    await tick(20 * minute);
    expect((await of('underpass-close')).state).toBe('active');
  });

  it('stands after a restart, is not raised again, and ends', async () => {
    await take(depth('u1', 0.4));
    await alarms.close();
    await open();
    await take(depth('u1', 0.5));
    expect(await of('underpass-close')).toMatchObject({ cycle: 1, state: 'active' });
    await take(depth('u1', 0));
    await tick(11 * minute);
    expect((await of('underpass-close')).state).toBe('cleared');
  });
});

describe('a cry for help', () => {
  it('of a unit is its emergency and one signal', async () => {
    units.set('t1', unitOf('u1'));
    await store.command({ id: 'unit', name: 'x', actor: system, input: 1 }, async () => ({
      events: [{ stream: 'unit/u1', kind: 'unitRegistered', content: { unit: unitOf('u1') } }],
      answer: 1,
    }));
    for (let round = 0; round < 3; round += 1) await take(sos('t1', true));
    const { signals } = await held();
    expect(signals).toMatchObject([{ kind: 'sos', priority: 'P1', unit: 'u1', title: 'u1 紧急求助 SOS' }]);
    const unit = await store.read(system, (tx) => tx.find('unit', 'u1'));
    expect(unit?.state.emergencySince).toBe(now);
    expect(await of('vehicle-sos')).toMatchObject({ callSign: 'u1', name: 'u1' });
  });

  it('of many made-up terminals has to wait, and they are told so; a unit is heard', async () => {
    units.set('ours', unitOf('ours'));
    const answers = [];
    for (let key = 0; key < 62; key += 1) answers.push(await take(sos(`made-up-${key}`, true)));
    expect(answers.filter((answer) => !answer)).toHaveLength(2);
    expect(await take(sos('ours', true))).toBe(true);
    expect((await held()).signals).toHaveLength(61);
    now += 2_000;
    expect(await take(sos('made-up-61', true))).toBe(true);
  });
});

describe('a fire', () => {
  it('of one building is one alarm, one signal and many parts, over with the last of them', async () => {
    await take(fire('b1/1.0.1'), fire('b1/1.0.2'));
    await take(fire('b1/1.0.3'), fire('b2/1.0.1'));
    const { signals } = await held();
    expect(signals).toHaveLength(2);
    const building = (await held()).alarms.find(({ subject }) => subject.key === 'b1');
    expect(building).toMatchObject({ priority: 'P1', partCount: 3, state: 'active', department: 'fire' });
    expect(signals.find(({ id }) => id === building?.signal)).toMatchObject({
      title: expect.stringContaining('3 处'),
      proposedKind: 'statutory.fire.building',
    });
    for (const part of [1, 2, 3]) await take(fire(`b1/1.0.${part}`, [`b1/1.0.${part},fire`]));
    expect((await held()).alarms.find(({ subject }) => subject.key === 'b1')?.state).toBe('cleared');
  });
});

describe('a lift that calls', () => {
  it('is one alarm, and the call its signal', async () => {
    const call = (state: CallRecord['state']): CallRecord => ({
      kind: 'call',
      ...base('lift', '311032010220220011'),
      number: 'E1',
      type: '电梯困人',
      priority: null,
      place: '锁金村商场',
      text: '困人',
      calls: [],
      units: [],
      state,
      casualties: { dead: null, injured: null, trapped: 2, missing: null },
    });
    const context = { ...source, receivedAt: now, districtOf: () => ({ district: null, nearDistrict: null }) };
    await receiveRecords(deps(), { actor: system, records: [call('reported')], context });
    await take(call('reported'), { ...call('reported'), subject: { scheme: 'police-110', key: 'E1' } });
    const { alarms: all, signals } = await held();
    expect(signals).toMatchObject([{ kind: 'call', priority: 'P1' }]);
    expect(all).toMatchObject([
      { rule: 'lift-entrapment', signal: signals[0]?.id, state: 'active', text: '锁金村商场' },
    ]);
    await take(call('closed'));
    const after = await held();
    expect(after.alarms[0]?.state).toBe('cleared');
    expect(after.signals[0]?.title).not.toContain('已恢复');
  });
});

describe('a feed', () => {
  it('that falls silent is one alarm without a signal, over when it speaks again', async () => {
    await registerFeed(deps(), feedOf('water-level', { title: '水位', state: 'unknown' }), system);
    const become = async (state: 'online' | 'late' | 'stale' | 'down') => {
      await changeFeed(deps(), { id: 'water-level', state, reason: null }, system);
      await settle();
    };
    for (const state of ['online', 'late', 'stale', 'down'] as const) await become(state);
    await expect
      .poll(() => of('feed-silence'), patience)
      .toMatchObject({ name: '水位', state: 'active', cycle: 1, signal: null });
    await become('online');
    await expect
      .poll(async () => {
        await tick(11_000);
        return (await of('feed-silence')).state;
      }, patience)
      .toBe('cleared');
    expect((await held()).signals).toEqual([]);
  });
});

describe('a flood', () => {
  it('of 300 alarms in ten minutes is ten announcements besides P1 and P2, and the list has all of them', async () => {
    // Rivers are P2; what a source calls too much is P2 too: let it be P3 for once.
    const rule = await store.read(chief, (tx) => tx.find('rule', 'reading-over-limit'));
    const { changed: _, ...held0 } = rule!.state;
    await setRule(deps(), command(chief, { rule: { ...held0, priority: 'P3' as const }, version: rule!.version }));
    await alarms.close();
    await open();
    for (let key = 0; key < 300; key += 1) {
      now += 2_000;
      units.set(`s${key}`, unitOf(`s${key}`));
      await take(depth(`s${key}`, 3, { property: 'smell', limit: 2 }));
      if (key % 30 === 0) {
        units.set(`p${key}`, unitOf(`p${key}`));
        await take(depth(`p${key}`, 0.5));
      }
    }
    const { alarms: all, signals } = await held();
    const loud = all.filter(({ quiet }) => quiet === null);
    expect(all.filter(({ rule: id }) => id === 'reading-over-limit')).toHaveLength(300);
    expect(loud.filter(({ priority }) => priority === 'P1')).toHaveLength(10);
    expect(loud.filter(({ priority }) => priority !== 'P1').length).toBeLessThanOrEqual(10);
    expect(all.filter(({ rule: id, state }) => id === 'alarm-flood' && state === 'active')).toHaveLength(1);
    expect(signals.length).toBeLessThanOrEqual(19);
    await tick(12 * minute);
    expect((await of('alarm-flood')).state).toBe('cleared');
  });
});

describe('people', () => {
  it('acknowledge once, and are told who was first', async () => {
    await take(depth('u1', 0.4));
    const alarm = await of('underpass-close');
    expect(await acknowledgeAlarm(deps(), command(dispatcher, { alarm: alarm.id }))).toEqual({ alarm: alarm.id });
    expect(await acknowledgeAlarm(deps(), command(chief, { alarm: alarm.id }))).toMatchObject({
      refused: 'wrong_state',
      by: { id: dispatcher.id },
    });
    const line = await of('underpass-notice');
    expect(await acknowledgeAlarm(deps(), command(chief, { alarm: line.id }))).toMatchObject({
      refused: 'wrong_state',
    });
    expect((await of('underpass-close')).acknowledged).toMatchObject({ by: { id: dispatcher.id } });
  });

  it('shelve with a reason until a time, never P1; it comes back once, by itself, also late', async () => {
    await take(depth('u1', 0.4), depth('g1', 9, { property: 'waterLevel', limit: 8 }));
    const shelf = (alarm: Alarm, more = {}) => ({ alarm: alarm.id, until: now + 30 * minute, reason: '检修', ...more });
    const [first, river] = [await of('underpass-close'), await of('river-level')];
    const refusal = async (input: ReturnType<typeof shelf>) => shelveAlarm(deps(), command(chief, input));
    expect(await refusal(shelf(first))).toMatchObject({ refused: 'wrong_state' });
    expect(await refusal(shelf(river, { reason: ' ' }))).toMatchObject({ refused: 'reason_missing' });
    expect(await refusal(shelf(river, { until: now }))).toMatchObject({ refused: 'date_in_past' });
    expect(await refusal(shelf(river, { until: now + 13 * 60 * minute }))).toMatchObject({ refused: 'bad_input' });
    expect(await refusal(shelf(river))).toEqual({ alarm: river.id });
    expect(await store.timers.claim()).toEqual([]);
    now += 45 * minute;
    const due = await store.timers.claim();
    expect(due).toHaveLength(1);
    expect(await fireTimer(deps(), due[0]!, system)).toEqual({ fired: true });
    expect(await fireTimer(deps(), due[0]!, system)).toEqual({ fired: true });
    expect((await of('river-level')).shelved).toBeNull();
    await store.settled();
    const events = (await store.stream(chief, `alarm/${river.id}`)).filter(({ kind }) => kind === 'alarmUnshelved');
    expect(events.map(({ content }) => content)).toEqual([{ by: null, at: now, dueAt: start + 30 * minute }]);
  });

  it('what comes again under a shelf makes no signal, and one when it is taken down', async () => {
    await take(depth('g1', 9, { property: 'waterLevel', limit: 8 }));
    const river = await of('river-level');
    const { signals } = await held();
    await dismissSignal(deps(), command(dispatcher, { signal: signals[0]!.id, reason: '检修' }));
    await shelveAlarm(deps(), command(chief, { alarm: river.id, until: now + 60 * minute, reason: '检修' }));
    await store.settled();
    await take(depth('g1', 1, { property: 'waterLevel', limit: 8 }));
    await tick(11 * minute);
    await take(depth('g1', 9, { property: 'waterLevel', limit: 8 }));
    expect(await of('river-level')).toMatchObject({ cycle: 2, quiet: 'shelved', signal: null });
    expect((await held()).signals.filter(({ state }) => state === 'open')).toEqual([]);
    await unshelveAlarm(deps(), command(chief, { alarm: river.id }));
    expect((await held()).signals.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(await of('river-level')).toMatchObject({ quiet: null, shelved: null });
  });

  it('switch a rule off: its alarms end and say why; only who may, and on what they saw', async () => {
    await take(depth('u1', 0.4));
    const loaded = await store.read(chief, (tx) => tx.find('rule', 'underpass-close'));
    const { changed: _, ...rule } = loaded!.state;
    const off = { rule: { ...rule, enabled: false }, version: loaded!.version };
    expect(await setRule(deps(), command(chief, { ...off, version: 7 }))).toMatchObject({
      refused: 'version_conflict',
    });
    expect(await setRule(deps(), command(chief, { rule, version: 1 }))).toMatchObject({ refused: 'wrong_state' });
    expect(await setRule(deps(), command(chief, off))).toEqual({ rule: rule.id });
    await settle();
    await expect
      .poll(async () => {
        await settle();
        return (await of('underpass-close')).state;
      }, patience)
      .toBe('cleared');
    const after = await store.read(chief, (tx) => tx.find('rule', 'underpass-close'));
    expect(after?.state.changed).toMatchObject({ by: { id: chief.id } });
    // A stream shows what is sealed.
    await store.settled();
    const events = await store.stream(chief, `alarm/${(await of('underpass-close')).id}`);
    expect(events.at(-1)).toMatchObject({ kind: 'alarmCleared', content: { cause: 'rule-off' } });
  });
});

describe('a database that is away', () => {
  it('has the sender told so, and gets what was found when it is back', async () => {
    const away = {
      ...deps(),
      store: { ...store, command: async () => ({ refused: 'not_saved', detail: '' }) } as never,
    };
    let up = false;
    const through = startAlarms({
      ...deps(),
      store: {
        ...store,
        command: (...args: never[]) =>
          ((up ? store : away.store) as typeof store).command(...(args as unknown as Parameters<typeof store.command>)),
      } as never,
      follower: { unitOf: () => null },
      stationOf: () => null,
      city: { districtOf: () => ({ district: null, nearDistrict: null }) } as never,
      now: () => now,
      onError: (error) => errors.push(error),
    });
    await through.follow();
    expect(await through.engine.take([depth('u9', 0.4)], source)).toBe(false);
    expect((await held()).alarms).toEqual([]);
    up = true;
    expect(await through.engine.take([depth('u9', 0.4)], source)).toBe(true);
    expect((await held()).alarms).toHaveLength(2);
    await through.close();
  });
});
