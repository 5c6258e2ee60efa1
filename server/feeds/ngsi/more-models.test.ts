import { describe, expect, it } from 'vitest';
import type { CapacityRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { ngsi } from './ngsi.ts';
import { bytesOf, documentOf, mapped, now } from './testing/entities.ts';

const at = '2026-06-14T23:50:00Z';
const sound = (value: unknown) => {
  const records = mapped(value);
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records;
};
const readings = (value: unknown) =>
  (sound(value) as ReadingRecord[]).map(({ property, statistic, value: number, unit }) => [
    property,
    statistic,
    number,
    unit,
  ]);

describe('other models of the same facts', () => {
  it('statistics of an interval in one attribute', () => {
    const entity = {
      id: 'aqm-1',
      type: 'AirQualityMonitoring',
      observationDateTime: { type: 'DateTime', value: at },
      pm25TSA: {
        type: 'StructuredValue',
        value: { avgOverTime: 28.3, minOverTime: 10.1, maxOverTime: 56.8, instValue: 30 },
      },
      airTemperatureTSA: { type: 'StructuredValue', value: { avgOverTime: 21.5 } },
    };
    expect(readings(entity)).toEqual([
      ['PM2.5', 'instant', 30, 'ug/m3'],
      ['PM2.5', 'mean', 28.3, 'ug/m3'],
      ['PM2.5', 'min', 10.1, 'ug/m3'],
      ['PM2.5', 'max', 56.8, 'ug/m3'],
      ['airTemperature', 'mean', 21.5, 'Cel'],
    ]);
  });

  it('statistics of spans that a broker counted: the aggregated temporal form', () => {
    const entity = {
      id: 'urn:ngsi-ld:WeatherObserved:1',
      type: 'WeatherObserved',
      temperature: {
        type: 'Property',
        avg: [
          [20.1, '2026-06-14T22:00:00Z', '2026-06-14T23:00:00Z'],
          [21.4, '2026-06-14T23:00:00Z', at],
        ],
        max: [[22, '2026-06-14T22:00:00Z', '2026-06-14T23:00:00Z'], ['x']],
        totalCount: [[12, '2026-06-14T22:00:00Z', '2026-06-14T23:00:00Z']],
      },
    };
    const read = sound(entity) as ReadingRecord[];
    expect(
      read.map(({ statistic, value, observedAt, intervalS }) => [statistic, value, observedAt, intervalS]),
    ).toEqual([
      ['mean', 20.1, Date.parse('2026-06-14T23:00:00Z'), 3600],
      ['mean', 21.4, Date.parse(at), 3000],
      ['max', 22, Date.parse('2026-06-14T23:00:00Z'), 3600],
    ]);
  });

  it('what passes, how fast, how long, in the unit of the message', () => {
    const entity = {
      id: 'boats',
      type: 'ItemFlowObserved',
      dateObserved: { type: 'Property', value: { '@type': 'DateTime', '@value': at } },
      averageSpeed: { type: 'Property', value: 10, unitCode: 'KNT' },
      maxSpeed: { type: 'Property', value: 36 },
      averageLength: { type: 'Property', value: 7.44, unitCode: 'MTR' },
    };
    expect(readings(entity)).toEqual([
      ['itemSpeed', 'mean', 5.14444444444, 'm/s'],
      ['itemSpeed', 'max', 10, 'm/s'],
      ['itemLength', 'mean', 7.44, 'm'],
    ]);
  });

  it('people in rooms, water under the ground, the new name of the UV index', () => {
    expect(readings({ id: 'r', type: 'IndoorEnvironmentObserved', dateObserved: at, peopleCount: 10 })).toEqual([
      ['peopleCount', 'count', 10, '1'],
    ]);
    expect(readings({ id: 'g', type: 'PhreaticObserved', dateObserved: at, waterTable: 12.75 })).toEqual([
      ['waterTable', 'instant', 12.75, 'm'],
    ]);
    expect(readings({ id: 'w', type: 'WeatherObserved', dateObserved: at, uvIndexMax: 1 })).toEqual([
      ['uvIndex', 'max', 1, '1'],
    ]);
  });

  it.each([
    [0.54, 'P1', 54, ['unit_assumed']],
    [54, 'P1', 54, []],
    [0, 'P1', 0, []],
    [0.54, null, 54, []],
  ])('humidity %j in %j', (value, unitCode, per, flags) => {
    const relativeHumidity = { type: 'Property', value, ...(unitCode ? { unitCode } : {}) };
    expect(sound({ id: 'w', type: 'WeatherObserved', dateObserved: at, relativeHumidity })).toMatchObject([
      { value: per, unit: '%', quality: { flags } },
    ]);
  });
});

describe('places', () => {
  it.each([
    [
      { type: 'ParkingSpot', status: 'free' },
      { resource: 'parking', available: 1, maximum: 1, state: 'open' },
    ],
    [
      { type: 'ParkingSpot', status: 'occupied' },
      { resource: 'parking', available: 0, state: 'full' },
    ],
    [
      { type: 'ParkingSpot', status: 'unknown' },
      { available: null, state: 'unknown', quality: { state: 'missing' } },
    ],
    [
      {
        type: 'EVChargingStation',
        capacity: 4,
        availableCapacity: 1,
        status: 'operational',
        stationName: '江宁充电站',
      },
      { resource: 'charging-point', available: 1, maximum: 4, state: 'open', facility: '江宁充电站' },
    ],
    [
      { type: 'EVChargingStation', capacity: 2 },
      { available: null, maximum: 2, state: 'unknown' },
    ],
    [
      { type: 'Building', peopleOccupancy: 90, peopleCapacity: 100, name: '博物院' },
      { resource: 'site-visitors', available: 10, maximum: 100, state: 'limited', facility: '博物院' },
    ],
  ])('%j', (more, expected) => {
    expect(sound({ id: 'p', dateModified: at, dateObserved: at, ...more }) as CapacityRecord[]).toMatchObject([
      expected,
    ]);
  });
});

describe('vehicles', () => {
  const vehicle = {
    id: 'urn:ngsi-ld:Vehicle:sweeper-7',
    type: 'Vehicle',
    vehicleType: 'lorry',
    location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [118.79, 32.05] }, observedAt: at },
    speed: { type: 'Property', value: 36 },
    bearing: { type: 'Property', value: 43 },
    serviceStatus: 'onRoute',
    ignitionStatus: true,
  };
  it('are where they say, at the time of that place', () => {
    expect(sound(vehicle)).toMatchObject([
      {
        kind: 'position',
        subject: { key: vehicle.id },
        geometry: { type: 'Point', coordinates: [118.79, 32.05] },
        observedAt: Date.parse(at),
        speedMps: 10,
        headingDeg: 43,
        extras: { 'vehicle.type': 'lorry', status: 'onRoute', ignition: true },
        quality: { state: 'good', flags: [] },
      },
    ]);
  });
  it('of a fleet have units, and names of their own for the place', () => {
    const fleet = {
      id: 'fleet-1',
      type: 'FleetVehicleStatus',
      currentOperative: { givenName: '张三' },
      lastKnownPosition: { type: 'GeoProperty', value: { type: 'Point', coordinates: [118.79, 32.05] } },
      lastKnownPositionUpdatedAt: at,
      speed: { type: 'Property', value: 60, unitCode: 'KMH' },
      bearing: { type: 'Property', value: -10, unitCode: 'DD' },
    };
    const [one] = sound(fleet) as PositionRecord[];
    expect(one).toMatchObject({ observedAt: Date.parse(at), headingDeg: 350, speedMps: 16.6666666667 });
    expect(JSON.stringify(one)).not.toContain('张三');
  });
  it('with no place, or too fast, say so', () => {
    expect(sound({ ...vehicle, location: undefined })).toEqual([]);
    expect(
      sound({ ...vehicle, speed: 9999, location: { type: 'Point', coordinates: [0, 0] }, dateModified: at }),
    ).toMatchObject([
      {
        geometry: null,
        speedMps: null,
        quality: { state: 'missing', flags: ['zero_position', 'partial', 'over_range'] },
      },
    ]);
  });
});

describe('what brokers put around entities', () => {
  const entity = { id: 'w1', type: 'WeatherObserved', dateObserved: at, temperature: 21 };
  const expected = [{ property: 'airTemperature', value: 21, subject: { key: 'w1' } }];

  it('the envelope of a notification over MQTT', () => {
    const body = { id: 'urn:n', type: 'Notification', subscriptionId: 's', notifiedAt: at, data: [entity] };
    expect(sound({ metadata: { 'Content-Type': 'application/json' }, body })).toMatchObject([
      { ...expected[0], relayedAt: Date.parse(at) },
    ]);
  });

  it('a notification of before NGSI v2', () => {
    const attributes = [
      { name: 'dateObserved', type: 'DateTime', value: at },
      {
        name: 'temperature',
        type: 'Number',
        value: '69.8',
        metadatas: [{ name: 'unitCode', type: 'Text', value: 'FAH' }],
      },
    ];
    const contextElement = { type: 'WeatherObserved', isPattern: 'false', id: 'w1', attributes };
    const old = {
      subscriptionId: 's',
      originator: 'localhost',
      contextResponses: [{ contextElement, statusCode: { code: '200' } }],
    };
    expect(sound(old)).toMatchObject(expected);
    expect(documentOf(old)).toMatchObject({ form: 'notification' });
  });

  it.each([
    [{ type: 'https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound', title: 'no', status: 404 }, 'unsupported'],
    [{ type: 'https://uri.etsi.org/ngsi-ld/errors/BadRequestData', title: 'no', status: 401 }, 'unauthorized'],
    [{ error: 'NotFound', description: 'The requested entity has not been found.' }, 'unsupported'],
    [{ error: 'Forbidden', description: 'no' }, 'unauthorized'],
    [{ error: 'x' }, 'not_protocol'],
  ])('an error is refused as one: %j', (body, refused) => {
    expect(ngsi.decode(bytesOf(body))).toMatchObject({ refused });
  });
});

describe('names and units', () => {
  it('prefixes of a context are no part of a name', () => {
    const entity = {
      id: 'w1',
      type: 'sdm:WeatherObserved',
      'sdm:dateObserved': at,
      'ngsi-ld:temperature': { type: 'Property', value: 21 },
    };
    expect(sound(entity)).toMatchObject([{ property: 'airTemperature', value: 21, observedAt: Date.parse(at) }]);
    expect(documentOf({ id: 'x', type: 'urn:model:Thing' })).toMatchObject({ entities: [{ type: 'urn:model:Thing' }] });
  });
  it('a unit may be a property of the property', () => {
    const temperature = { type: 'Property', value: 294.15, unit: { type: 'Property', value: 'K' } };
    expect(sound({ id: 'w1', type: 'WeatherObserved', dateObserved: at, temperature })).toMatchObject([
      { value: 21, rawUnit: 'K' },
    ]);
  });
  it('a geometry written as a text, whatever its letters', () => {
    const location = { type: 'Geoproperty', value: '{"type":"Point","coordinates":[118.79,32.05]}' };
    expect(sound({ id: 'w1', type: 'WeatherObserved', dateObserved: at, location, temperature: 1 })).toMatchObject([
      { geometry: { coordinates: [118.79, 32.05] }, receivedAt: now },
    ]);
  });
});
