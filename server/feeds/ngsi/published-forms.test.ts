import { describe, expect, it } from 'vitest';
import type { CapacityRecord, ReadingRecord } from '@/server/wire/record.ts';
import { mapped } from './testing/entities.ts';

describe('forms in which the models are published', () => {
  it.each(['XX.2026-06-14T07-00-00.00Z', 'XX-2026-06-14T07:00:00', 'XX_2026-06-14T0700'])('%s is station XX', (id) => {
    const [reading] = mapped({ id, type: 'WeatherObserved', dateObserved: '2026-06-14T07:00:00Z', temperature: 3 });
    expect(reading).toMatchObject({ subject: { key: 'XX' } });
  });

  it('reads gases in small letters, and one of two names once', () => {
    const gas = (value: number) => ({ type: 'Number', value, metadata: { unitCode: { value: 'GQ' } } });
    const records = mapped({
      id: 'air-1',
      type: 'AirQualityObserved',
      dateObserved: { type: 'DateTime', value: '2026-06-14T07:00:00Z' },
      ...{ no: gas(45), nox: gas(139), tsp: gas(73), pm4: gas(37), NO: gas(45) },
    }) as ReadingRecord[];
    expect(records.map(({ property, value, unit }) => [property, value, unit])).toEqual([
      ['NO', 45, 'ug/m3'],
      ['NOx', 139, 'ug/m3'],
      ['TSP', 73, 'ug/m3'],
      ['PM4', 37, 'ug/m3'],
    ]);
  });

  const park = {
    id: 'park-1',
    type: 'OffStreetParking',
    totalSpotNumber: { value: 414 },
    dateModified: { type: 'DateTime', value: '2025-06-02T09:25:55Z' },
  };
  const counted = '2026-06-14T12:00:00Z';
  it.each([
    [{ availableSpotNumber: { value: 132, metadata: { timestamp: { type: 'DateTime', value: counted } } } }],
    [{ availableSpotNumber: { value: 132, observedAt: counted } }],
    [{ availableSpotNumber: { value: 132 }, occupancyModified: { type: 'DateTime', value: counted } }],
  ])('places are of the time they were counted: %j', (more) => {
    const [capacity] = mapped({ ...park, ...more }) as CapacityRecord[];
    expect(capacity).toMatchObject({
      available: 132,
      maximum: 414,
      asOf: Date.parse(counted),
      quality: { state: 'good', flags: [] },
    });
  });
});
