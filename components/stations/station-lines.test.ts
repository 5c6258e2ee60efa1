import { describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';
import { countStates, filtered, isJudged, ordered, stationLines } from './station-lines.ts';

const station = (key: string, more: Partial<Station> = {}): Station => ({
  ...{ id: `s/${key}`, scheme: 's', key, kind: 'rain', name: key, department: 'water', lonLat: null, district: null },
  ...{ address: '', verticalDatum: 'unknown', expectedIntervalS: 60, measures: [], demo: false, state: 'registered' },
  ...more,
});
const reading = (property: string, more: Partial<ReadingNow> = {}): ReadingNow => ({
  ...{ property, value: 1, unit: 'm', observedAt: 5, receivedAt: 6, quality: 'good', state: 'normal' },
  ...{ freshness: 'fresh', maximum: null },
  ...more,
});
const now = (key: string, more: Partial<StationNow> = {}): StationNow => ({
  ...{ station: `s/${key}`, department: 'fire', feed: 'f', state: 'normal', freshness: 'fresh' },
  ...{ readings: [reading('P')] },
  ...more,
});
const lines = (entries: Station[], readings: StationNow[]) =>
  stationLines(new Map(entries.map((body) => [body.id, { body }])), new Map(readings.map((one) => [one.station, one])));
const everything = { state: 'all', kind: null, department: null, found: null } as const;

describe('the list of stations', () => {
  it('holds the register by name, who sends without being in it before, and nobody who is retired', () => {
    const found = lines(
      [station('雨2'), station('雨10'), station('安'), station('old', { state: 'retired' })],
      [now('雨2'), now('stranger')],
    );
    expect(found.map((line) => line.name)).toEqual(['stranger', '安', '雨2', '雨10']);
    expect(found[0]).toMatchObject({ entry: null, kind: null, department: 'fire' });
    expect(found[1]).toMatchObject({ now: null, freshness: 'unknown', newestAt: null });
  });

  it('shows who is retired and still sends as not registered', () => {
    expect(lines([station('old', { state: 'retired' })], [now('old')])).toMatchObject([{ id: 's/old', entry: null }]);
  });

  it('puts the worst value first, then the order of the register; the newest counts for the age', () => {
    const measure = (property: string) => ({ property, unit: null, thresholds: [], maximum: null });
    const [line] = lines(
      [station('a', { measures: [measure('Z'), measure('VT')] })],
      [
        now('a', {
          readings: [reading('X'), reading('VT'), reading('Z'), reading('Q', { state: 'alarm', observedAt: 9 })],
        }),
      ],
    );
    expect(line?.readings.map(({ property }) => property)).toEqual(['Q', 'Z', 'VT', 'X']);
    expect(line?.newestAt).toBe(9);
  });

  it('says nothing of the silence of who promised nothing', () => {
    const all = lines([station('a'), station('b', { expectedIntervalS: null })], [now('x', { freshness: 'unknown' })]);
    expect(all.filter(isJudged).map(({ name }) => name)).toEqual(['a']);
  });

  it('filters by kind, department, state and what was found', () => {
    const all = lines(
      [station('a'), station('b', { kind: 'air', department: 'ecology' }), station('c')],
      [now('a', { state: 'severe' }), now('b', { freshness: 'stale' }), now('x')],
    );
    const names = (filter: Partial<Parameters<typeof filtered>[1]>) =>
      filtered(all, { ...everything, ...filter }).map(({ name }) => name);
    expect(names({})).toEqual(['x', 'a', 'b', 'c']);
    expect(names({ kind: 'air' })).toEqual(['b']);
    expect(names({ department: 'water' })).toEqual(['a', 'c']);
    expect(names({ state: 'abnormal' })).toEqual(['a']);
    expect(names({ state: 'silent' })).toEqual(['b']);
    expect(names({ state: 'unheard' })).toEqual(['c']);
    expect(names({ state: 'unregistered' })).toEqual(['x']);
    expect(names({ state: 'well' })).toEqual(['x']);
    expect(names({ found: new Set(['s/c', 's/x']), department: 'water' })).toEqual(['c']);
    expect(countStates(all)).toEqual({ all: 4, abnormal: 1, silent: 1, well: 1, unheard: 1, unregistered: 1 });
  });

  it('is ordered by urgency, by name, or by who has been silent longest', () => {
    const all = lines(
      [station('a'), station('b'), station('c'), station('d')],
      [
        now('b', { state: 'alarm', readings: [reading('P', { observedAt: 50 })] }),
        now('c', { freshness: 'stale' }),
        now('d'),
        now('x'),
      ],
    );
    const names = (order: Parameters<typeof ordered>[1]) => ordered(all, order).map(({ name }) => name);
    expect(names('urgency')).toEqual(['b', 'x', 'c', 'a', 'd']);
    expect(names('name')).toEqual(['x', 'a', 'b', 'c', 'd']);
    expect(names('age')).toEqual(['a', 'x', 'c', 'd', 'b']);
  });
});
