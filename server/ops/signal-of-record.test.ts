import { describe, expect, it } from 'vitest';
import type { CallRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { pointOf, type RecordSource, signalOfCall, signalOfReading, signalOfSos } from './signal-of-record.ts';

const source: RecordSource = {
  feed: 'f',
  department: 'water',
  reality: 'actual',
  receivedAt: 1_000,
  districtOf: () => ({ district: '320102', nearDistrict: null }),
};
const base = {
  observedAt: 900,
  dedupeKey: 'k',
  revision: 0,
  subject: { scheme: 's', key: '卡子门大街下穿通道' },
  geometry: { type: 'Point', coordinates: [118.79, 31.97] },
};
const nobody = { dead: null, injured: null, trapped: null, missing: null };

describe('a signal of a record', () => {
  it('names a reading in words, with its unit and the limit', () => {
    const record = { ...base, kind: 'reading', property: 'waterDepth', value: 0.4, unit: 'm', limit: 0.27 };
    expect(signalOfReading('a', record as unknown as ReadingRecord, source).title).toBe(
      '卡子门大街下穿通道 积水深度 0.4 m，超过限值 0.27 m',
    );
    const other = { ...record, property: 'turbidity', unit: null };
    expect(signalOfReading('a', other as unknown as ReadingRecord, source).title).toContain('turbidity 0.4，');
  });

  it('of a call that was repeated happened when the first caller said so', () => {
    const calls = [500, 900].map((at) => ({ at, from: null, text: null }));
    const record = { ...base, kind: 'call', number: 'n', text: '水', calls, casualties: nobody, priority: null };
    expect(signalOfCall('a', record as unknown as CallRecord, source).observedAt).toBe(500);
  });

  it('of a terminal that cries for help does not take its call sign for a place', () => {
    const named = { source, unit: null, callSign: '014400000122' };
    expect(signalOfSos('a', { ...base, kind: 'position' } as unknown as PositionRecord, named).place).toMatchObject({
      text: '',
      lonLat: [118.79, 31.97],
      district: '320102',
    });
  });

  it('makes no point of an area', () => {
    const ring: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    expect(pointOf({ type: 'Polygon', coordinates: [ring] })).toBeNull();
    expect(pointOf({ type: 'LineString', coordinates: ring })).toEqual([0, 0]);
    expect(pointOf(null)).toBeNull();
  });
});
