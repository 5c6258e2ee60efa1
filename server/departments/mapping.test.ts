import { describe, expect, it } from 'vitest';
import type { CallRecord, CapacityRecord, CaseRecord, FeedRecord, ReadingRecord } from '@/server/wire/record.ts';
import { cultureTourism } from './culture-tourism.ts';
import { health } from './health.ts';
import { police } from './police.ts';
import { departments } from './registry.ts';
import { urbanManagement } from './urban-management.ts';
import { water } from './water.ts';

const context = { feedId: 'any', receivedAt: 1 };
const envelope = {
  subject: { scheme: 'x', key: '1' },
  observedAt: 1,
  sourceAt: null,
  relayedAt: null,
  receivedAt: 1,
  geometry: null,
  crsReceived: 'wgs84',
  geometrySource: 'none',
  quality: { state: 'good', flags: [] },
  dedupeKey: 'k',
  revision: 0,
  privacy: 'none',
} as const;
const base = (): Omit<FeedRecord, 'kind'> => structuredClone(envelope) as never;

const reading = (value: number | null, unit = 'm') =>
  ({
    ...base(),
    kind: 'reading',
    property: 'waterLevel',
    statistic: 'instant',
    intervalS: null,
    value,
    unit,
    rawValue: value,
    rawUnit: unit,
    limit: null,
  }) as ReadingRecord;
const cityCase = (code: string | null) =>
  ({
    ...base(),
    kind: 'case',
    number: '1',
    class: code,
    title: 't',
    text: null,
    place: null,
    stages: [],
    state: 'new',
    priority: null,
  }) as CaseRecord;

describe('what departments mean differently', () => {
  it('police: a call is personal whatever its sender says', () => {
    const call = { ...base(), kind: 'call', number: '1', privacy: 'none' } as CallRecord;
    expect(police.map(call, context).privacy).toBe('personal');
  });

  it('water: all nines mean no sensor, not a level', () => {
    const mapped = water.map(reading(9999.999), context) as ReadingRecord;
    expect(mapped.value).toBeNull();
    expect(mapped.rawValue).toBe(9999.999);
    expect(mapped.quality).toEqual({ state: 'missing', flags: ['sentinel_value'] });
    expect(water.map(reading(8.31), context)).toEqual(reading(8.31));
    expect(water.map(reading(10_000, 'mm'), context)).toEqual(reading(10_000, 'mm'));
    expect(water.map(reading(null), context)).toEqual(reading(null));
  });

  it('urban management: classes of the city’s own code say so, and once', () => {
    const mapped = (code: string | null) => (urbanManagement.map(cityCase(code), context) as CaseRecord).class;
    expect(mapped('0103')).toBe('municipal.0103');
    expect(mapped('municipal.0103')).toBe('municipal.0103');
    expect(mapped('statutory.II')).toBe('statutory.II');
    expect(mapped(null)).toBeNull();
  });

  it('health: full with places left is suspect', () => {
    const capacity = {
      ...base(),
      kind: 'capacity',
      facility: 'h',
      resource: 'bed',
      available: 3,
      baseline: 9,
      maximum: 9,
      state: 'full',
      asOf: 1,
    };
    expect(health.map(capacity as CapacityRecord, context).quality.state).toBe('suspect');
    expect(health.map({ ...capacity, available: 0 } as CapacityRecord, context).quality.state).toBe('good');
    expect(health.map({ ...capacity, available: null } as CapacityRecord, context).quality.state).toBe('good');
  });

  it('culture and tourism: a visitor count stays what its source says, above what is allowed too', () => {
    const count = { ...reading(1200, '1'), property: 'peopleCount', statistic: 'count' } as ReadingRecord;
    expect(cultureTourism.map(count, context)).toEqual(count);
  });

  it('leaves kinds alone that they do not know', () => {
    const record = { ...base(), kind: 'alert' } as FeedRecord;
    for (const department of departments) expect(department.map(record, context)).toEqual(record);
  });
});
