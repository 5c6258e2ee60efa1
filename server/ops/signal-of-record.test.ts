import { describe, expect, it } from 'vitest';
import type { CallRecord } from '@/server/wire/record.ts';
import { pointOf, type RecordSource, signalOfCall } from './signal-of-record.ts';

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
  it('of a call that was repeated happened when the first caller said so', () => {
    const calls = [500, 900].map((at) => ({ at, from: null, text: null }));
    const record = { ...base, kind: 'call', number: 'n', text: '水', calls, casualties: nobody, priority: null };
    expect(signalOfCall('a', record as unknown as CallRecord, source).observedAt).toBe(500);
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
