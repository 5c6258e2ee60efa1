import { describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';
import { isAbnormal, leadText, sharedStationRows, stationRows } from './station-rows.ts';

const station = (key: string, more: Partial<Station> = {}): Station => ({
  ...{
    id: `s/${key}`,
    scheme: 's',
    key,
    kind: 'rain',
    name: key,
    department: null,
    lonLat: [118.8, 32],
    district: null,
  },
  ...{ address: '', verticalDatum: 'unknown', expectedIntervalS: 60, measures: [], demo: false, state: 'registered' },
  ...more,
});
const line = (property: string, more: Partial<ReadingNow> = {}): ReadingNow => ({
  ...{ property, value: 1, unit: 'm', observedAt: 5, receivedAt: 6, quality: 'good', state: 'normal' },
  ...{ freshness: 'fresh', maximum: null },
  ...more,
});
const now = (key: string, more: Partial<StationNow> = {}): StationNow => ({
  ...{ station: `s/${key}`, department: null, feed: 'f', state: 'normal', freshness: 'fresh', readings: [line('P')] },
  ...more,
});
const held = (...all: Station[]) => new Map(all.map((body) => [body.id, { body }]));
const reads = (...all: StationNow[]) => new Map(all.map((one) => [one.station, one]));

describe('the list of stations', () => {
  it('has the worst first; who is silent comes before who is well; who was never heard is unknown', () => {
    const rows = stationRows(
      held(...['well', 'late', 'silent', 'never', 'severe', 'alarm', 'notice'].map((key) => station(key))),
      reads(
        now('well'),
        now('late', { freshness: 'late' }),
        now('silent', { freshness: 'stale' }),
        now('severe', { state: 'severe' }),
        now('alarm', { state: 'alarm', freshness: 'stale' }),
        now('notice', { state: 'notice' }),
      ),
    );
    expect(rows.map((row) => row.station.key)).toEqual([
      'severe',
      'alarm',
      'notice',
      'silent',
      'late',
      'never',
      'well',
    ]);
    expect(rows.filter(isAbnormal)).toHaveLength(3);
    expect(rows[5]).toMatchObject({ freshness: 'unknown', lead: null, newestAt: null });
  });

  it('has the fullest first among its kind, and who speaks only when something happens last', () => {
    const beds = (key: string, free: number) => now(key, { readings: [line('icu-bed', { value: free, maximum: 10 })] });
    const hospital = (key: string) => station(key, { kind: 'hospital' });
    const rows = stationRows(
      held(hospital('a'), hospital('b'), hospital('c'), station('lift', { kind: 'lift', expectedIntervalS: null })),
      reads(beds('a', 8), beds('b', 1), beds('c', 5)),
    );
    expect(rows.map((row) => row.station.key)).toEqual(['b', 'c', 'a', 'lift']);
    const closed = now('a', { readings: [line('icu-bed', { value: 8, maximum: 10, said: 'closed' })] });
    const again = stationRows(held(hospital('a'), hospital('b')), reads(closed, beds('b', 1)));
    expect(again.map((row) => row.station.key)).toEqual(['a', 'b']);
  });

  it('leaves the retired out, and is made once for each change', () => {
    const stations = held(station('a'), station('b', { state: 'retired' }));
    const readings = reads(now('a'));
    const rows = sharedStationRows(stations, readings);
    expect(rows.map((row) => row.key)).toEqual(['s/a']);
    expect(sharedStationRows(stations, readings)).toBe(rows);
    expect(sharedStationRows(stations, reads(now('a')))).not.toBe(rows);
  });

  it('leads with the worst line, else with what the register names first; the newest counts', () => {
    const measure = (property: string) => ({ property, unit: null, thresholds: [], maximum: null });
    const of = station('a', { measures: [measure('Z'), measure('VT')] });
    const lead = (...readings: ReadingNow[]) => stationRows(held(of), reads(now('a', { readings })))[0];
    expect(lead(line('other'), line('VT'), line('Z'))?.lead?.property).toBe('Z');
    expect(lead(line('Z'), line('VT', { state: 'alarm', observedAt: 9 }))).toMatchObject({
      lead: { property: 'VT' },
      newestAt: 9,
    });
  });
});

describe('what a mark says', () => {
  it('free beds, the share of the visitors approved, a value with its unit, or why there is none', () => {
    expect(leadText('hospital', line('icu-bed', { value: 3, maximum: 40 }))).toEqual({ as: 'free', free: 3, of: 40 });
    expect(leadText('scenic', line('site-visitors', { value: 900, maximum: 4_500 }))).toEqual({
      as: 'share',
      percent: 80,
    });
    expect(leadText('scenic', line('visitors', { value: 900, maximum: 4_500 }))).toEqual({ as: 'share', percent: 20 });
    expect(leadText('rain', line('P'))).toEqual({ as: 'value', value: 1, unit: 'm' });
    expect(leadText('rain', line('P', { value: null, quality: 'bad' }))).toEqual({ as: 'none', quality: 'bad' });
    expect(leadText('camera', null)).toBeNull();
  });
});
