import { describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { createLatestReadings } from '@/server/live/latest-readings.ts';
import type { ReadingRow } from '@/server/store/store.ts';
import type { CapacityRecord, ReadingRecord } from '@/server/wire/record.ts';
import { lineOf, readingUpdate } from './reading-update.ts';
import { recallReadings } from './recall-readings.ts';

const at = Date.UTC(2026, 6, 1);
const stationAt = (id: string): Station =>
  ({ id, department: 'health', expectedIntervalS: 900, measures: [] }) as never;
const stationOf = (scheme: string, key: string) => {
  const hospital = `${scheme}/${key}`.startsWith('health-capacity/h01');
  return hospital ? stationAt('health-capacity/h01') : null;
};
const envelope = {
  subject: { scheme: 'hj212', key: 'mn1' },
  observedAt: at,
  sourceAt: at,
  relayedAt: null,
  receivedAt: at,
  geometry: null,
  crsReceived: 'wgs84',
  geometrySource: 'none',
  quality: { state: 'good', flags: [] },
  dedupeKey: 'k',
  revision: 0,
  privacy: 'none',
} as const;
const reading = (more: Partial<ReadingRecord> = {}): ReadingRecord => ({
  ...envelope,
  quality: { state: 'good', flags: [] },
  kind: 'reading',
  property: 'a34004',
  statistic: 'instant',
  intervalS: null,
  value: 35,
  unit: 'ug/m3',
  rawValue: 35,
  rawUnit: null,
  limit: null,
  ...more,
});
const capacity: CapacityRecord = {
  ...envelope,
  quality: { state: 'good', flags: [] },
  subject: { scheme: 'health-capacity', key: 'h01/icu-bed' },
  kind: 'capacity',
  facility: '第一医院',
  resource: 'icu-bed',
  available: 3,
  baseline: null,
  maximum: 42,
  state: 'open',
  asOf: at - 60_000,
};
const source = { feed: 'f', department: 'health', expectedIntervalS: 900, receivedAt: at + 1 };
const taken = (record: ReadingRecord | CapacityRecord) => readingUpdate(record, source, stationOf);

describe('whose line it is', () => {
  it('a part is a line of its station, by its own name unless it is named like what it counts', () => {
    expect(lineOf(stationOf, { scheme: 'health-capacity', key: 'h01/icu-bed' }, 'icu-bed')).toEqual({
      station: 'health-capacity/h01',
      property: 'icu-bed',
    });
    expect(lineOf(stationOf, { scheme: 'health-capacity', key: 'h01/3' }, 'temperature').property).toBe(
      'temperature:3',
    );
    expect(lineOf(stationOf, { scheme: 'x', key: 'a/b' }, 'p')).toEqual({ station: 'x/a/b', property: 'p' });
  });
});

describe('what is taken as a value of now', () => {
  it('a capacity by its resource, as of when it was counted', () => {
    expect(taken(capacity)).toMatchObject({
      station: 'health-capacity/h01',
      property: 'icu-bed',
      value: 3,
      maximum: 42,
      observedAt: at - 60_000,
    });
  });

  it('what a source says beside the number is told at once, and no more when it is open again', () => {
    const latest = createLatestReadings(() => null);
    const update = (state: CapacityRecord['state'], later: number) => {
      const of = taken({ ...capacity, state, asOf: at + later });
      if (of) latest.update(of);
      return latest.takeChanged(0).map((one) => one.now().readings[0]);
    };
    expect(update('open', 0)[0]).not.toHaveProperty('said');
    expect(update('diversion', 1)).toMatchObject([{ value: 3, said: 'diversion' }]);
    const [open] = update('open', 2);
    expect(open).not.toHaveProperty('said');
    expect(update('unknown', 3)).toEqual([]);
  });

  it('no extremes, no tests, nothing from the past without its time', () => {
    for (const statistic of ['min', 'max'] as const) expect(taken(reading({ statistic }))).toBeNull();
    expect(taken(reading({ quality: { state: 'good', flags: ['test'] } }))).toBeNull();
    const backfill = { state: 'good', flags: ['backfill' as const] } as const;
    expect(taken(reading({ quality: { ...backfill, flags: ['backfill'] }, observedAt: null }))).toBeNull();
    expect(taken(reading({ quality: { ...backfill, flags: ['backfill'] } }))).not.toBeNull();
  });

  it("a mean and a sum of the same ten minutes: the mean is the property's value, in whichever order they come", () => {
    for (const order of [['sum', 'mean'] as const, ['mean', 'sum'] as const]) {
      const latest = createLatestReadings(() => null);
      for (const statistic of order) {
        const update = taken(reading({ statistic, intervalS: 600, value: statistic === 'sum' ? 9_000 : 35 }));
        if (update) latest.update(update);
      }
      expect(latest.get('hj212/mn1')?.readings[0]?.value).toBe(35);
    }
  });
});

describe('after a restart', () => {
  it('a history that does not answer in time is told, and keeps nobody from starting', async () => {
    const told: unknown[] = [];
    const latest = createLatestReadings(() => null);
    const lastReadings = async () => {
      throw new Error('too late');
    };
    const into = { readings: latest, register: { stationOf }, now: at, onError: (error: unknown) => told.push(error) };
    await recallReadings({ lastReadings }, into);
    expect([told.length, latest.size]).toEqual([1, 0]);
  });

  it('stations of the register have what they read last, as old as it is', async () => {
    const row = (subject: string, age: number): ReadingRow => ({
      ...{ subject, property: 'icu-bed', at: at - age, receivedAt: at - age, value: 5, unit: '1', quality: 'good' },
    });
    const latest = createLatestReadings((id) => (id === 'health-capacity/h01' ? stationAt(id) : null));
    const rows = [row('health-capacity/h01/icu-bed', 3_600_000), row('made/up', 1_000), row('unit-1', 1_000)];
    const into = { readings: latest, register: { stationOf }, now: at, onError: () => undefined };
    await recallReadings({ lastReadings: async () => rows }, into);
    expect(latest.all().map((one) => one.now())).toMatchObject([
      {
        station: 'health-capacity/h01',
        feed: 'history',
        freshness: 'stale',
        readings: [{ value: 5, observedAt: at - 3_600_000 }],
      },
    ]);
  });
});
