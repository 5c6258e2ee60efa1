import { describe, expect, it } from 'vitest';
import { type ReadingRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { sensorthings } from './sensorthings.ts';
import {
  bare,
  collection,
  dataArrays,
  expandedObservation,
  expandedStream,
  expandedThing,
  location,
  multi,
  stream,
  thing,
} from './testing/answers.ts';

const now = Date.UTC(2026, 5, 15);
const at = now - 600_000;
const decode = (body: unknown) =>
  sensorthings.decode(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)));
function mapped(body: unknown) {
  const document = decode(body);
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  const records = sensorthings.map(document, { receivedAt: now, crs: 'wgs84', options: {} });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records as ReadingRecord[];
}
const result = (value: unknown, more: object = {}) =>
  mapped({ ...expandedStream, Observations: [{ ...bare, result: value, ...more }] })[0]!;

describe('forms', () => {
  it.each([
    ['an observation with its stream', expandedObservation],
    ['a list of them', { value: [expandedObservation] }],
    ['a stream with its observations', expandedStream],
    ['a thing with its streams', expandedThing],
    ['things', { value: [expandedThing] }],
  ])('%s', (_, body) => {
    expect(mapped(body)).toMatchObject([
      {
        kind: 'reading',
        subject: { scheme: 'sensorthings', key: 'Thing(1)' },
        property: 'airTemperature',
        value: 28.4,
        unit: 'Cel',
        rawUnit: '°C',
        observedAt: at,
        geometry: location,
        dedupeKey: 'sensorthings|Datastream(5)|0|instant|2026-06-14T23:50:00.000Z',
        quality: { state: 'good', flags: [] },
      },
    ]);
  });

  it('plain observations are of the stream that the link names', () => {
    expect(mapped(collection)).toMatchObject([
      {
        subject: { key: 'Datastream(5)' },
        property: 'Datastream(5)',
        value: 28.4,
        unit: null,
        quality: { flags: ['unit_assumed'] },
      },
    ]);
    expect(decode(collection)).toMatchObject({ nextLink: collection['@iot.nextLink'] });
    const quoted = { '@iot.nextLink': "x/Datastreams('a-b')/Observations", value: [bare] };
    expect(mapped(quoted)[0]?.subject.key).toBe('Datastream(a-b)');
  });

  it('data arrays, and a row that has lost a column', () => {
    expect(mapped(dataArrays).map(({ value }) => value)).toEqual([28.4, 28.6]);
    const torn = [{ ...dataArrays[0], dataArray: [['2026-06-14T23:50:00Z', 1], ...dataArrays[0]!.dataArray] }];
    expect(mapped(torn).map((one) => (isRefusal(one) ? one.refused : one.value))).toEqual([28.4, 28.6, 'length']);
  });

  it('data arrays of a query: the stream by its link, times without a colon, columns in the singular', () => {
    const group = {
      'Datastream@iot.navigationLink': 'https://sta.example.org/v1.0/Datastreams(7)',
      components: ['id', 'phenomenonTime', 'resultTime', 'result', 'resultQuality', 'validTime', 'parameters'],
      'dataArray@iot.count': 1,
      dataArray: [[9, '2026-06-14T16:50:00-0700', null, '20.5', { quality: 'Good', status: '9' }, null, { a: 1 }]],
    };
    const expected = [
      { subject: { key: 'Datastream(7)' }, value: 20.5, observedAt: at, quality: { state: 'suspect' } },
    ];
    expect(mapped({ value: [group] })).toMatchObject(expected);
    const { components, ...rest } = group;
    expect(mapped([{ ...rest, component: components }])).toMatchObject(expected);
  });

  it('a MultiDatastream is a reading for each part', () => {
    expect(mapped(multi)).toMatchObject([
      {
        property: 'windSpeed',
        value: 10,
        unit: 'm/s',
        rawUnit: 'km/h',
        statistic: 'mean',
        intervalS: 600,
        observedAt: at,
      },
      { property: 'windDirection', value: 270, unit: 'deg' },
    ]);
    const short = { ...multi, Observations: [{ result: [1] }] };
    expect(mapped(short)).toMatchObject([{ refused: 'length' }]);
  });

  it('a result of several parts that nothing describes, and one of a single part', () => {
    const bareMulti = {
      '@iot.nextLink': 'x/MultiDatastreams(9)/Observations',
      value: [{ ...bare, result: [36, 270] }],
    };
    expect(mapped(bareMulti)).toMatchObject([
      { subject: { key: 'MultiDatastream(9)' }, property: 'MultiDatastream(9).1', value: 36 },
      { property: 'MultiDatastream(9).2', value: 270 },
    ]);
    const single = { ...multi, unitOfMeasurements: [{ symbol: 'm/s' }], ObservedProperties: [{ name: 'windSpeed' }] };
    expect(mapped({ ...single, Observations: [{ ...bare, result: [3] }] })).toMatchObject([
      { property: 'windSpeed', value: 3, unit: 'm/s' },
    ]);
    expect(mapped({ ...single, Observations: [{ ...bare, result: [] }] })).toMatchObject([{ refused: 'length' }]);
  });

  it('a MultiDatastream is counted on its own, however it is named', () => {
    const part = { subject: { key: 'MultiDatastream(7)' }, property: 'MultiDatastream(7).1', value: 1 };
    const result = [true, 666];
    const held = { ...bare, result, MultiDatastream: { '@iot.id': 7, ObservedProperties: [{ '@iot.id': 2 }] } };
    expect(mapped(held)).toMatchObject([part, { value: 666 }]);
    const link = { 'MultiDatastream@iot.navigationLink': 'x/MultiDatastreams(7)' };
    const rows = { ...link, components: ['result'], dataArray: [[result]] };
    expect(mapped({ value: [rows] })).toMatchObject([part, { value: 666 }]);
    const inThing = { '@iot.id': 1, MultiDatastreams: [{ '@iot.id': 7, Observations: [{ ...bare, result }] }] };
    expect(mapped({ ...inThing, Locations: [] })).toMatchObject([
      { subject: { key: 'Thing(1)' }, property: 'MultiDatastream(7).1' },
      { value: 666 },
    ]);
    const some = { '@iot.selfLink': 'x/v1.1/MultiDatastreams(7)', Observations: [{ ...bare, result }] };
    expect(mapped({ value: [some] })).toMatchObject([part, { value: 666 }]);
    const selected = { '@iot.selfLink': 'x/v1.1/Datastreams(5)', name: 'level', Observations: [bare] };
    expect(mapped({ value: [selected] })).toMatchObject([{ subject: { key: 'Datastream(5)' }, property: 'level' }]);
  });

  it('a stream of counts counts', () => {
    const counted = {
      '@iot.id': 12,
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CountObservation',
      unitOfMeasurement: { name: 'Anzahl', symbol: null, definition: null },
      Observations: [{ phenomenonTime: '2026-06-14T23:45:00Z/2026-06-14T23:50:00Z', result: 12 }],
    };
    const quality = { state: 'good', flags: [] };
    const expected = { statistic: 'count', intervalS: 300, value: 12, unit: '1', rawUnit: 'Anzahl', quality };
    expect(mapped(counted)).toMatchObject([expected]);
    expect(mapped({ ...counted, unitOfMeasurement: {} })).toMatchObject([{ ...expected, rawUnit: null }]);
  });

  it('answers that start from a place, a feature, a sensor or a property', () => {
    const point = { type: 'Point', coordinates: [4.5, 52.1] };
    const streams = [{ '@iot.id': 5, unitOfMeasurement: { symbol: '°C' }, Observations: [bare] }];
    const place = { '@iot.id': 3, encodingType: 'application/geo+json', location: point };
    expect(mapped({ value: [{ ...place, Things: [{ '@iot.id': 1, Datastreams: streams }] }] })).toMatchObject([
      { subject: { key: 'Thing(1)' }, geometry: point, unit: 'Cel' },
    ]);
    const feature = { '@iot.id': 4, encodingType: 'application/geo+json', feature: point };
    const own = { ...bare, Datastream: { '@iot.id': 5, unitOfMeasurement: { symbol: '°C' } } };
    expect(mapped({ ...feature, Observations: [own] })).toMatchObject([
      { subject: { key: 'Datastream(5)' }, geometry: point },
    ]);
    const sensor = { '@iot.id': 6, name: 's', encodingType: 'text/html', metadata: 'x', Datastreams: streams };
    expect(mapped(sensor)).toMatchObject([{ subject: { key: 'Datastream(5)' } }]);
    const observed = { '@iot.id': 8, name: 'air temperature', definition: 'x', Datastreams: streams };
    expect(mapped(observed)).toMatchObject([{ subject: { key: 'Datastream(5)' }, property: 'air temperature' }]);
  });

  it('things and streams without observations are read and make no record', () => {
    expect(mapped({ value: [thing, stream] })).toEqual([]);
    expect(decode({ value: [{ ...thing, Datastreams: [] }, stream] })).toMatchObject({
      others: { thing: 1, datastream: 1 },
    });
    expect(mapped({ value: [] })).toEqual([]);
  });
});

describe('results', () => {
  it.each([
    ['21.5', 21.5, 'good'],
    [true, 1, 'good'],
    ['overcast', null, 'good'],
    [null, null, 'missing'],
    ['NaN', null, 'missing'],
    [-9999, null, 'missing'],
    [{ a: 1 }, null, 'missing'],
  ])('%j', (value, expected, state) => {
    expect(result(value)).toMatchObject({ value: expected, quality: { state } });
  });

  it.each([
    ['bad', 'bad'],
    [[{ nameOfMeasure: 'check', result: 'questionable' }], 'suspect'],
    ['good', 'good'],
    [0.9, 'good'],
  ])('quality %j', (resultQuality, state) => {
    expect(result(1, { resultQuality }).quality.state).toBe(state);
  });

  it('times: later results correct, no zone is assumed, none is the arrival', () => {
    expect(result(1, { resultTime: '2026-06-14T23:55:00Z' }).revision).toBe(300);
    expect(result(1, { phenomenonTime: '2026-06-15T07:50:00' })).toMatchObject({
      observedAt: at,
      quality: { flags: ['tz_assumed'] },
    });
    expect(result(1, { phenomenonTime: undefined })).toMatchObject({ observedAt: now, quality: { flags: [] } });
    expect(result(1, { phenomenonTime: 'yesterday' })).toMatchObject({
      observedAt: null,
      quality: { flags: ['clock_invalid'] },
    });
  });

  it('the place of the feature goes before that of the thing', () => {
    const FeatureOfInterest = { feature: { type: 'Feature', geometry: { type: 'Point', coordinates: [118.8, 32.1] } } };
    expect(result(1, { FeatureOfInterest }).geometry).toEqual({ type: 'Point', coordinates: [118.8, 32.1] });
  });

  it.each([
    [{ symbol: 'deg C', name: 'Degree Celsius', definition: 'ucum:Cel' }, 'Cel'],
    [
      {
        symbol: null,
        name: 'DegreeCelsius',
        definition: 'http://www.qudt.org/qudt/owl/1.0.0/unit/Instances.html#DegreeCelsius',
      },
      'Cel',
    ],
    [{ symbol: 'Grad', definition: 'http://unitsofmeasure.org/ucum.html#para-30', name: 'Celsius' }, 'Cel'],
    [{ symbol: 'ug.m-3', definition: 'http://dd.eionet.europa.eu/vocabulary/uom/concentration/ug.m-3' }, 'ug/m3'],
    [{ symbol: '%', name: 'Percentage', definition: 'http://www.qudt.org/qudt/owl/1.0.0/unit/Instances.html' }, '%'],
    [{ symbol: 'm^3/s', name: 'cubic metre per second', definition: '' }, 'm3/s'],
  ])('the unit of %j', (unitOfMeasurement, unit) => {
    expect(mapped({ ...expandedStream, unitOfMeasurement })).toMatchObject([{ value: 28.4, unit }]);
  });

  it('a unit that nobody knows is kept as it is written', () => {
    const odd = { ...expandedStream, unitOfMeasurement: { symbol: 'furlong' } };
    expect(mapped(odd)).toMatchObject([
      { value: 28.4, unit: null, rawUnit: 'furlong', quality: { flags: ['enum_unknown'] } },
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'empty'],
    ['{"entries":[]}', 'not_protocol'],
    ['[]', 'not_protocol'],
    ['{"value":[{"result":1]}', 'syntax'],
    ['{"value":[{"result":1}', 'truncated'],
    [`{"value":${'['.repeat(30)}`, 'too_deep'],
    [{ value: Array.from({ length: 20_001 }, () => ({ result: 1 })) }, 'too_large'],
  ])('%# %.40s', (body, reason) => {
    expect(decode(body)).toMatchObject({ refused: reason });
  });

  it('an observation that names no stream is worth nothing, unless the feed says what it is', () => {
    expect(mapped(bare)).toMatchObject([{ refused: 'schema' }]);
    const document = decode({ value: [bare, expandedObservation] });
    if (isRefusal(document)) throw new Error(document.detail);
    const options = { stream: { id: '12', thing: 'gauge', property: 'waterLevel', unit: 'cm' } };
    expect(sensorthings.map(document, { receivedAt: now, crs: 'wgs84', options })).toMatchObject([
      { subject: { key: 'Thing(gauge)' }, property: 'waterLevel', value: 0.284, unit: 'm', quality: { state: 'good' } },
      { subject: { key: 'Thing(1)' }, property: 'airTemperature', unit: 'Cel' },
    ]);
  });
});
