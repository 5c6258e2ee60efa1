import { describe, expect, it } from 'vitest';
import { station } from '@/server/domain/station.ts';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { map } from './map.ts';
import { describe as describeStops, stationsOfGtfs } from './stations.ts';
import { archiveOf, read, tables } from './testing/archive.ts';

const context = { receivedAt: null, crs: 'wgs84', options: {} } as const;

describe('what is said of a timetable', () => {
  it('is its size, and with a clock how long it lasts', () => {
    const schedule = read(archiveOf());
    const told = map(schedule, context);
    for (const one of told) expect(record.safeParse(one).error).toBeUndefined();
    const values = (receivedAt: number | null) =>
      map(schedule, { ...context, receivedAt }).map((one) => (isRefusal(one) ? one : [one.property, one.value]));
    const sizes = [
      ['agencies', 1],
      ['routes', 2],
      ['stops', 5],
      ['trips', 3],
      ['stopTimes', 7],
    ];
    expect(values(null)).toEqual(sizes);
    expect(values(Date.UTC(2026, 11, 31, 17))).toEqual([...sizes, ['serviceDaysLeft', 2]]);
    expect(values(Date.UTC(2027, 0, 5)).at(-1)).toEqual(['serviceDaysLeft', -3]);
  });

  it('is suspect where rows are missing, and they are beside it', () => {
    const told = map(read(archiveOf({ 'trips.txt': `${tables['trips.txt']}9,week,x,\n` })), context);
    expect(told[0]).toMatchObject({ quality: { state: 'suspect', flags: ['partial'] } });
    expect(told.filter(isRefusal).map(({ refused }) => refused)).toEqual(['value', 'schema']);
  });

  it('is the same while the archive is, and other facts when it is another', () => {
    const keys = (bytes: Uint8Array) => map(read(bytes), context).map((one) => (isRefusal(one) ? '' : one.dedupeKey));
    expect(keys(archiveOf())).toEqual(keys(archiveOf()));
    expect(keys(archiveOf({ 'fares.txt': 'x' }))[0]).not.toBe(keys(archiveOf())[0]);
  });
});

describe('stops for the register', () => {
  const entries = stationsOfGtfs(read(archiveOf()), { department: 'transport' });

  it('are what the register takes, without what is only a part of one', () => {
    expect(entries.map(({ id }) => id)).toEqual(['gtfs/S', 'gtfs/S1', 'gtfs/S2', 'gtfs/S3']);
    for (const entry of entries) expect(station.safeParse({ ...entry, state: 'registered' }).error).toBeUndefined();
    expect(entries[1]).toMatchObject({
      kind: 'stop',
      name: '新街口 1',
      department: 'transport',
      lonLat: [118.7791, 32.0426],
    });
  });

  it('are brought to WGS-84 where the export was shifted', () => {
    const [shifted] = stationsOfGtfs(read(archiveOf()), { department: 'transport', crs: 'gcj02' });
    expect(Math.abs((shifted?.lonLat?.[0] ?? 0) - 118.779)).toBeGreaterThan(0.003);
  });

  it('are described as all there are, unless rows could not be read', () => {
    const of = { department: 'transport', crs: 'wgs84', expectedIntervalS: null } as const;
    expect(describeStops(read(archiveOf()), of)).toMatchObject({ whole: true, stations: { length: 4 } });
    const faulty = `${tables['stops.txt']}\nS9,far,north,200\n`;
    expect(describeStops(read(archiveOf({ 'stops.txt': faulty })), of)).toMatchObject({ whole: false });
    expect(describeStops(read(archiveOf({ 'stops.txt': tables['stops.txt']!.split('\n')[0]! })), of)).toBeNull();
  });

  it('are called by their id where nobody named them', () => {
    const nameless = tables['stops.txt']!.replace('鼓楼', '');
    expect(stationsOfGtfs(read(archiveOf({ 'stops.txt': nameless })), { department: 'x' })[3]?.name).toBe('S3');
  });
});
