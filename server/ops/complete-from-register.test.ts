import { describe, expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { stationOf } from '@/server/store/testing/records.ts';
import type { CapacityRecord, ReadingRecord } from '@/server/wire/record.ts';
import { completeFromRegister } from './complete-from-register.ts';

const station: Station = stationOf('0010100001', {
  measures: [
    {
      property: 'Z',
      unit: 'm',
      thresholds: [
        { level: 'notice', when: 'above', value: 8.1, source: null },
        { level: 'alarm', when: 'above', value: 8.7, source: null },
      ],
      maximum: null,
    },
    {
      property: 'VT',
      unit: 'V',
      thresholds: [{ level: 'alarm', when: 'below', value: 11, source: null }],
      maximum: null,
    },
    { property: 'icu-bed', unit: '1', thresholds: [], maximum: 42 },
  ],
});

const envelope = {
  subject: { scheme: 'sl651', key: '0010100001' },
  observedAt: 1,
  sourceAt: 1,
  relayedAt: null,
  receivedAt: 2,
  geometry: null,
  crsReceived: 'wgs84' as const,
  geometrySource: 'none' as const,
  quality: { state: 'good' as const, flags: [] },
  dedupeKey: 'k',
  revision: 0,
  privacy: 'none' as const,
};
const reading = (more: Partial<ReadingRecord> = {}): ReadingRecord => ({
  kind: 'reading',
  ...envelope,
  property: 'Z',
  statistic: 'instant',
  intervalS: null,
  value: 7.3,
  unit: 'm',
  rawValue: 7.3,
  rawUnit: 'm',
  limit: null,
  ...more,
});
const capacity: CapacityRecord = {
  kind: 'capacity',
  ...envelope,
  facility: 'h',
  resource: 'icu-bed',
  available: 4,
  baseline: null,
  maximum: null,
  state: 'open',
  asOf: 1,
};

describe('completing a record from the register', () => {
  it('places it where its station stands, and says whence', () => {
    const done = completeFromRegister(reading(), station);
    expect(done.geometry).toEqual({ type: 'Point', coordinates: station.lonLat });
    expect(done.geometrySource).toBe('register');
  });

  it('leaves the place and the limit of the message alone', () => {
    const geometry = { type: 'Point' as const, coordinates: [118.6, 32] as [number, number] };
    const own = reading({ geometry, geometrySource: 'message', limit: 9 });
    expect(completeFromRegister(own, station)).toBe(own);
  });

  it('does not place what nobody has placed', () => {
    expect(completeFromRegister(reading(), { ...station, lonLat: null })).toMatchObject({
      geometry: null,
      geometrySource: 'none',
    });
  });

  it('takes the limit from the alarm threshold above, never from one below', () => {
    expect(completeFromRegister(reading(), station)).toMatchObject({ limit: 8.7 });
    expect(completeFromRegister(reading({ property: 'VT', unit: 'V' }), station)).toMatchObject({ limit: null });
  });

  it('names the unit where the message has none, and where it was a guess', () => {
    expect(completeFromRegister(reading({ unit: null }), station)).toMatchObject({ unit: 'm', limit: 8.7 });
    const quality = { state: 'suspect' as const, flags: ['unit_assumed' as const] };
    expect(completeFromRegister(reading({ unit: 'cm', quality }), station)).toMatchObject({
      unit: 'm',
      quality: { state: 'good', flags: [] },
    });
    const late = { state: 'suspect' as const, flags: ['unit_assumed' as const, 'late' as const] };
    expect(completeFromRegister(reading({ quality: late }), station)).toMatchObject({
      quality: { state: 'suspect', flags: ['late'] },
    });
  });

  it('holds no value against a limit in another unit', () => {
    expect(completeFromRegister(reading({ unit: 'cm', value: 730 }), station)).toMatchObject({
      unit: 'cm',
      limit: null,
    });
  });

  it('knows the most of a capacity', () => {
    expect(completeFromRegister(capacity, station)).toMatchObject({ maximum: 42 });
    expect(completeFromRegister({ ...capacity, maximum: 40 }, station)).toMatchObject({ maximum: 40 });
  });

  it('leaves what the register does not know as it is', () => {
    const record = reading();
    expect(completeFromRegister(record, null)).toBe(record);
    expect(completeFromRegister(reading({ property: 'Q', unit: 'm3/s' }), station)).toMatchObject({ limit: null });
  });
});
