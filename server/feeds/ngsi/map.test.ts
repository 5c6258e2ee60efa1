import { describe, expect, it } from 'vitest';
import type { CapacityRecord, ReadingRecord } from '@/server/wire/record.ts';
import { keyValues, mapped, now } from './testing/entities.ts';

const readings = (more: object, drop: string[] = []) => {
  const body: Record<string, unknown> = { ...keyValues, temperature: undefined, relativeHumidity: undefined, ...more };
  for (const name of drop) delete body[name];
  return mapped(body) as ReadingRecord[];
};
const one = (more: object, drop: string[] = []) => readings(more, drop)[0]!;

describe('units', () => {
  it.each([
    [{ temperature: { value: 68, unitCode: 'FAH' } }, 20, 'Cel'],
    [{ temperature: { value: 293.15, unitCode: 'KEL' } }, 20, 'Cel'],
    [{ windSpeed: { value: 36, unitCode: 'KMH' } }, 10, 'm/s'],
    [{ windSpeed: { value: 10, unitCode: 'MTS' } }, 10, 'm/s'],
    [{ atmosphericPressure: { value: 101.3, unitCode: 'KPA' } }, 1013, 'hPa'],
    [{ atmosphericPressure: { value: 1013, unitCode: 'HPA' } }, 1013, 'hPa'],
    [{ precipitation: { value: 0.012, unitCode: 'MTR' } }, 12, 'mm'],
    [{ relativeHumidity: { value: 81, unitCode: 'P1' } }, 81, '%'],
    [{ windDirection: -45 }, 315, 'deg'],
    [{ streamGauge: 250 }, 2.5, 'm'],
    [{ temperature: '21.5' }, 21.5, 'Cel'],
  ])('%j', (more, value, unit) => {
    expect(one(more)).toMatchObject({ value, unit, quality: { state: 'good', flags: [] } });
  });

  it.each([
    [{ temperature: { value: 5, unitCode: 'XYZ' } }, 5, null, ['enum_unknown']],
    [{ relativeHumidity: 54 }, 54, '%', ['unit_assumed']],
    [{ relativeHumidity: 540 }, 540, '%', ['over_range']],
    [{ windDirection: 500 }, 500, 'deg', ['over_range']],
  ])('%j is doubtful', (more, value, unit, flags) => {
    expect(one(more)).toMatchObject({ value, unit, quality: { state: 'suspect', flags } });
  });

  it.each([
    [null, []],
    ['NaN', []],
    [-9999, ['sentinel_value']],
    [true, ['partial']],
  ])('%j is no value', (temperature, flags) => {
    expect(one({ temperature })).toMatchObject({ value: null, quality: { state: 'missing', flags } });
  });

  it('gases: what has no unit is assumed, parts per million stay what they are', () => {
    const air = { type: 'AirQualityObserved' };
    const gas = (value: unknown) => one({ ...air, NO2: value });
    expect(gas(40)).toMatchObject({ value: 40, unit: 'ug/m3', quality: { state: 'suspect', flags: ['unit_assumed'] } });
    expect(gas({ value: 0.04, unitCode: 'GP' })).toMatchObject({
      value: 40,
      unit: 'ug/m3',
      rawValue: 0.04,
      rawUnit: 'GP',
    });
    expect(gas({ value: 3, unitCode: '59' })).toMatchObject({ value: 3, unit: '[ppm]' });
  });

  it('passes over words, unknown attributes and prototypes', () => {
    expect(readings({ temperature: 'warm', toString: 3, valueOf: 4, foo: 5 })).toEqual([]);
  });
});

describe('times', () => {
  it('an interval is its end, and means are means', () => {
    const record = one({ dateObserved: '2026-06-14T22:00:00Z/2026-06-14T23:00:00Z', temperature: 20 });
    expect(record).toMatchObject({ observedAt: now - 3_600_000, intervalS: 3600, statistic: 'mean' });
  });

  it('ends that carry a zone go before an interval without one', () => {
    const record = one({
      dateObserved: '2026-06-14T22:00:00/2026-06-14T23:00:00',
      dateObservedFrom: '2026-06-14T22:00:00Z',
      dateObservedTo: '2026-06-14T23:00:00Z',
      temperature: 20,
    });
    expect(record).toMatchObject({ observedAt: now - 3_600_000, quality: { flags: [] } });
  });

  it('a zone that is missing is the one of the options', () => {
    const body = { ...keyValues, dateObserved: '2026-06-15T07:50:00' };
    expect(mapped(body)[0]).toMatchObject({ observedAt: now - 600_000, quality: { flags: ['tz_assumed'] } });
    expect(mapped({ ...body, dateObserved: '2026-06-14T23:50:00' }, { zone: '+00:00' })[0]).toMatchObject({
      observedAt: now - 600_000,
    });
  });

  it.each([
    ['2026-06-15T02:00:00Z', now + 7_200_000, ['clock_ahead']],
    ['2059-01-01T00:00:00Z', null, ['clock_invalid']],
    ['2026-02-30T00:00:00Z', null, ['clock_invalid']],
  ])('%s', (dateObserved, observedAt, flags) => {
    expect(one({ dateObserved, temperature: 20 })).toMatchObject({ observedAt, quality: { flags } });
  });

  it('none at all is said; each arrival is a fact then', () => {
    const record = one({ temperature: 20 }, ['dateObserved']);
    expect(record).toMatchObject({ observedAt: null, quality: { state: 'suspect', flags: ['partial'] } });
    expect(record.dedupeKey).toContain(`received ${now}`);
  });

  it('a later change of the same observation is a revision; a time in the id is no station', () => {
    const record = one({
      id: 'WeatherObserved:NJ-01-2026-06-14T23:50:00Z',
      dateModified: '2026-06-14T23:55:00Z',
      temperature: 1,
    });
    expect(record.revision).toBe(300);
    expect(record.subject.key).toBe('WeatherObserved:NJ-01');
  });
});

describe('places', () => {
  it.each([
    [{ type: 'Point', coordinates: [32.05, 118.79] }, ['crs_suspect']],
    [{ type: 'Point', coordinates: [500_000, 3_500_000] }, ['out_of_area']],
    [{ type: 'Point', coordinates: [0, 0] }, ['zero_position']],
    [{ type: 'Point', coordinates: ['a'] }, ['partial']],
  ])('%j is no place', (location, flags) => {
    expect(one({ location, temperature: 20 })).toMatchObject({
      geometry: null,
      geometrySource: 'none',
      quality: { flags },
    });
  });

  it('passes over heights and closes rings', () => {
    const ring = [
      [118, 32, 5],
      [119, 32, 5],
      [119, 33, 5],
    ];
    const { geometry } = one({ location: { type: 'Polygon', coordinates: [ring] }, temperature: 20 });
    expect(geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [118, 32],
          [119, 32],
          [119, 33],
          [118, 32],
        ],
      ],
    });
  });
});

describe('capacities', () => {
  const dock = { id: 'dock-1', type: 'BikeHireDockingStation', observationDate: '2026-06-14T23:00:00Z' };
  const crowd = { id: '夫子庙', type: 'CrowdFlowObserved', dateObserved: '2026-06-14T23:50:00Z' };
  const first = (body: object) => mapped(body)[0] as CapacityRecord;

  it('bikes and docks', () => {
    const records = mapped({
      ...dock,
      availableBikeNumber: 0,
      freeSlotNumber: 20,
      totalSlotNumber: 20,
      status: 'working',
    });
    expect(records).toMatchObject([
      { resource: 'bike', available: 0, maximum: 20, state: 'open' },
      { resource: 'bike-dock', available: 20, maximum: 20, state: 'open' },
    ]);
    expect(first({ ...dock, availableBikeNumber: 25, totalSlotNumber: 20 }).quality.flags).toEqual(['over_range']);
    expect(first({ ...dock, status: ['working', 'outOfService'] })).toMatchObject({ available: null, state: 'closed' });
  });

  it('parking places', () => {
    const park = { ...dock, type: 'OffStreetParking', totalSpotNumber: 100 };
    expect(first({ ...park, occupiedSpotNumber: 60 })).toMatchObject({ available: 40, maximum: 100, state: 'open' });
    expect(first({ ...park, availableSpotNumber: 0 })).toMatchObject({ available: 0, state: 'full' });
    expect(first(park)).toMatchObject({ available: null, state: 'unknown', quality: { state: 'missing' } });
    expect(first({ ...park, availableSpotNumber: 3, status: 'sleepy' }).quality.flags).toEqual(['enum_unknown']);
  });

  it.each([
    [100, 'open', 900],
    [800, 'limited', 200],
    [1000, 'full', 0],
    [1200, 'full', 0],
  ])('%i visitors of 1000 that are allowed: %s', (peopleCount, state, available) => {
    const records = mapped({ ...crowd, peopleCount, maximumCapacity: 1000 });
    expect(records).toMatchObject([
      { kind: 'capacity', resource: 'site-visitors', available, maximum: 1000, state, quality: { state: 'good' } },
      { kind: 'reading', property: 'peopleCount', value: peopleCount, statistic: 'count' },
    ]);
  });

  it('a count without a number that is allowed is a reading only', () => {
    expect(mapped({ ...crowd, peopleCount: 5 }).map((record) => 'kind' in record && record.kind)).toEqual(['reading']);
  });
});

describe('reports', () => {
  it('alerts live on under their id', () => {
    const alert = {
      id: 'Alert:7',
      type: 'WeatherAlert',
      subCategory: 'rain',
      severity: 'critical',
      dateIssued: '2026-06-14T20:00:00Z',
      dateModified: '2026-06-14T21:00:00Z',
      validFrom: '2026-06-15T00:00:00Z',
      validTo: '2026-06-16T00:00:00Z',
      address: { addressLocality: '南京' },
    };
    expect(mapped(alert)).toMatchObject([
      {
        kind: 'alert',
        event: 'rain',
        severity: 'Extreme',
        colour: null,
        dedupeKey: 'ngsi|alert|Alert:7',
        revision: Date.UTC(2026, 5, 14, 21) / 1000,
        effectiveAt: Date.UTC(2026, 5, 14, 20),
        onsetAt: now,
        expiresAt: now + 86_400_000,
        areas: [{ description: '南京' }],
        quality: { state: 'good', flags: [] },
      },
    ]);
    expect(mapped({ ...alert, severity: 'orange' })).toMatchObject([{ severity: 'Severe', colour: 'orange' }]);
    expect(mapped({ ...alert, severity: 'dire' })).toMatchObject([
      { severity: 'Unknown', quality: { flags: ['enum_unknown'] } },
    ]);
  });

  it('issues are cases, and accidents are calls without names', () => {
    const issue = {
      id: 'i',
      type: 'IssueReporting',
      reportId: '9',
      resolutionStatus: 'In Progress',
      observationDateTime: '2026-06-14T20:00:00Z',
    };
    expect(mapped({ ...issue, title: '路面塌陷', reporterName: '张三' })).toMatchObject([
      { kind: 'case', number: '9', state: 'handling', title: '路面塌陷', privacy: 'restricted' },
    ]);
    const accident = {
      id: 'a',
      type: 'RoadAccident',
      accidentDate: '2026-06-14T20:00:00Z',
      status: 'onGoing',
      totalInjured: 2,
    };
    expect(mapped({ ...accident, totalDeadPeopleWithin24Hours: false })).toMatchObject([
      {
        kind: 'call',
        number: 'a',
        state: 'confirmed',
        casualties: { dead: null, injured: 2 },
        privacy: 'personal',
        quality: { flags: ['partial'] },
      },
    ]);
  });

  it('types that nobody knows are read and make no record', () => {
    expect(mapped({ id: 'v', type: 'Vehicle', speed: 50 })).toEqual([]);
    expect(mapped({ id: 'v', type: 'constructor', speed: 50 })).toEqual([]);
  });
});
