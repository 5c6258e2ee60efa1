import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Unit } from '@/server/domain/unit.ts';
import { createLatestState } from '@/server/live/latest-state.ts';
import type { City } from '@/server/places/load-city.ts';
import { systemActor } from '@/server/store/actor.ts';
import type { OpenStore } from '@/server/store/open-store.ts';
import { openTestDatabase, type TestDatabase } from '@/server/store/testing/database.ts';
import { unitOf } from '@/server/store/testing/records.ts';
import { createCellGrid, nanjingGrid } from '@/server/wire/cell-grid.ts';
import type { CapacityRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { type FeedPorts, feedPorts } from './feed-ports.ts';

const at = Date.UTC(2026, 6, 1);
const feed = 'transport-jt808';
const position = (key: string, more: Partial<PositionRecord> = {}): PositionRecord => ({
  kind: 'position',
  subject: { scheme: 'jt808', key },
  observedAt: at,
  sourceAt: at,
  relayedAt: null,
  receivedAt: at,
  geometry: { type: 'Point', coordinates: [118.78, 32.05] },
  crsReceived: 'wgs84',
  geometrySource: 'message',
  quality: { state: 'good', flags: [] },
  dedupeKey: key,
  revision: 0,
  privacy: 'none',
  altitudeM: null,
  speedMps: 1,
  headingDeg: 1,
  accuracyM: null,
  fixed: true,
  extras: { 'alarm.emergency': true },
  ...more,
});

let database: TestDatabase;
let store: OpenStore;
let ports: FeedPorts;
const live = createLatestState(createCellGrid(nanjingGrid));
const errors: unknown[] = [];
const known: Unit = unitOf('u1');
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open({ clock: () => at, retention: false });
  await store.command({ id: 'unit', name: 'x', actor: systemActor('test'), input: 1 }, async () => ({
    events: [{ stream: 'unit/u1', kind: 'unitRegistered', content: { unit: known } }],
    answer: 1,
  }));
  ports = feedPorts({
    store,
    alarms: { take: () => true, takesAlert: () => false },
    live,
    newId: randomUUID,
    now: () => at,
    follower: {
      start: async () => undefined,
      stop: () => undefined,
      unitOf: (_, key) => (key === 'ours' ? known : null),
    },
    readings: { update: () => 'shown' },
    stationOf: () => null,
    city: { districtOf: () => ({ district: null, nearDistrict: null }) } as unknown as City,
    feedById: (id) =>
      id === feed
        ? ({
            department: { id: 'transport' },
            feed: { protocol: 'jt808', reality: 'actual', expectedIntervalS: 30 },
          } as never)
        : null,
    onError: (error) => errors.push(error),
  });
});
afterAll(async () => {
  await ports.flush();
  await database.close();
});

describe('a value that the database cannot hold', () => {
  it('is left out, and its position and those after it are kept', async () => {
    const odd = [1e39, 1e-46, -1e308].map((speedMps, index) => position(`odd-${index}`, { speedMps }));
    expect(ports.positions([...odd, position('plain')], at)).toBe(true);
    await ports.flush();
    expect(ports.positions([position('after')], at)).toBe(true);
    expect(errors).toEqual([]);
    const held = await store.history.positionsAt(at);
    expect(held.filter((one) => /odd|plain/.test(one.subject)).map((one) => [one.subject, one.speedMps])).toEqual(
      expect.arrayContaining([
        ['jt808/odd-0', null],
        ['jt808/odd-1', null],
        ['jt808/plain', 1],
      ]),
    );
  });
});

describe('what stations read', () => {
  const { extras: _extras, kind: _kind, ...envelope } = position('0060190001');
  const reading = (statistic: ReadingRecord['statistic'], value: number): ReadingRecord => ({
    ...{ ...envelope, kind: 'reading', property: 'w01018', statistic, intervalS: 3_600, value, unit: 'mg/L' },
    ...{ rawValue: value, rawUnit: 'mg/L', limit: null },
  });

  it('keeps the extremes of an hour apart from its mean', async () => {
    expect(ports.readings([reading('mean', 20), reading('min', 3), reading('max', 90)], at)).toBe(true);
    await ports.flush();
    const rows = await store.history.lastReadings(at - 1_000);
    expect(rows.map(({ property, value }) => [property, value])).toEqual([
      ['w01018', 20],
      ['w01018.max', 90],
      ['w01018.min', 3],
    ]);
  });

  it('keeps how many beds were free', async () => {
    const beds: CapacityRecord = {
      ...{ ...envelope, kind: 'capacity', subject: { scheme: 'health-capacity', key: 'h01/icu-bed' } },
      ...{ facility: 'h01', resource: 'icu-bed', available: 4, baseline: null, maximum: 42, state: 'open', asOf: at },
    };
    ports.readingsNow?.(feed, [beds], at);
    await ports.flush();
    const rows = await store.history.lastReadings(at - 1_000);
    expect(rows.find(({ subject }) => subject === 'health-capacity/h01/icu-bed')).toMatchObject({
      ...{ property: 'icu-bed', value: 4, unit: '1', at },
    });
  });
});
