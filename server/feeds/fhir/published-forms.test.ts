import { describe, expect, it } from 'vitest';
import { type CapacityRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { fhir } from './fhir.ts';
import { absent, bundle, bytesOf, place, population, report } from './testing/resources.ts';

const now = Date.UTC(2026, 5, 15);
const decode = (body: unknown) => fhir.decode(bytesOf(body));
function mapped(body: unknown) {
  const document = decode(body);
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  const records = fhir.map(document, { receivedAt: now, crs: 'wgs84', options: {} });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records as CapacityRecord[];
}
const coded = (...codes: string[]) => ({ coding: codes.map((code) => ({ code })) });

describe('where reports put the name of what they count', () => {
  const ofMeasure = (name: string, count: number) => ({
    ...report,
    id: name,
    measure: `http://measures.example/Measure/SANER${name}|0.1`,
    group: [
      {
        population: [
          { code: coded('initial-population'), count: 99 },
          { code: coded('measure-population'), count },
        ],
      },
    ],
  });

  it('in the measure, beside all beds as the initial population', () => {
    expect(mapped(bundle(ofMeasure('numICUBeds', 42), ofMeasure('numICUBedsOcc', 40)))).toMatchObject([
      { resource: 'icu-bed', available: 2, maximum: 42 },
    ]);
  });

  it('in the group, with a population of arithmetic or a score', () => {
    const group = [
      { code: coded('numVent'), population: [{ code: coded('measure-population'), count: '30' }] },
      { code: coded('numVentUse'), measureScore: { value: 12, unit: '1' } },
      { code: coded('positivePercent'), measureScore: { value: 12, unit: '%' } },
    ];
    expect(mapped({ ...report, group })).toMatchObject([{ resource: 'ventilator', available: 18, maximum: 30 }]);
  });

  it('an absent score is not zero', () => {
    const group = [{ code: coded('numVentAvail'), measureScore: { value: 12.5 } }];
    expect(mapped({ ...report, group })).toMatchObject([{ available: null, quality: { state: 'missing' } }]);
    expect(mapped({ ...report, group: [{ code: coded('numVent'), _measureScore: absent }] })).toMatchObject([
      { maximum: null, available: null },
    ]);
  });
});

describe('whom a report is of', () => {
  const free = { group: [{ population: [population('numICUBedsAvail', 3)] }] };

  it.each([
    ['https://fhir.example/r4/Location/gulou'],
    ['Location/gulou/_history/7'],
    ['https://fhir.example/r4/Location/gulou/_history/7'],
  ])('%s is Location/gulou', (reference) => {
    expect(mapped(bundle({ ...report, ...free, subject: { reference } }, place))[0]).toMatchObject({
      subject: { key: 'Location/gulou' },
      facility: '南京鼓楼医院',
      geometry: { coordinates: [118.78, 32.06] },
    });
  });

  it('an address that holds within one bundle leads to the place behind it', () => {
    const fullUrl = 'urn:uuid:0b5c1f9e-0000-4000-8000-000000000001';
    const identifier = [{ system: 'urn:nj:hospital', value: '320100' }];
    const { id: _, ...nameless } = place;
    const entry = [
      { resource: { ...report, ...free, subject: { reference: fullUrl } } },
      { fullUrl, resource: { ...nameless, identifier } },
    ];
    const records = mapped({ resourceType: 'Bundle', type: 'transaction', entry });
    expect(records[0]).toMatchObject({
      subject: { key: 'urn:nj:hospital|320100' },
      facility: '南京鼓楼医院',
      geometry: { coordinates: [118.78, 32.06] },
    });
    expect(records[1]).toMatchObject({ resource: 'site', subject: { key: 'urn:nj:hospital|320100' } });
  });

  it('one that is contained is known by its number or name, never by its place in the message', () => {
    const contained = [
      { resourceType: 'Location', id: 'l', name: '江宁医院', position: { longitude: 118.83, latitude: 31.95 } },
    ];
    expect(mapped({ ...report, ...free, contained, subject: { reference: '#l' } })).toMatchObject([
      {
        subject: { key: 'Location/江宁医院' },
        facility: '江宁医院',
        geometry: { coordinates: [118.83, 31.95] },
      },
    ]);
    expect(decode({ ...report, subject: { reference: '#nobody' } })).toMatchObject({ refused: 'schema' });
  });

  it('its place may stand in the reference, or in an address', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/geolocation';
    const extension = [
      {
        url,
        extension: [
          { url: 'latitude', valueDecimal: 32.06 },
          { url: 'longitude', valueDecimal: 118.78 },
        ],
      },
    ];
    expect(mapped({ ...report, ...free, subject: { reference: 'Location/x', extension } })).toMatchObject([
      { geometry: { coordinates: [118.78, 32.06] } },
    ]);
    expect(mapped({ ...place, position: undefined, address: { extension } })).toMatchObject([
      { geometry: { coordinates: [118.78, 32.06] } },
    ]);
  });

  it('reports of one person are counted and not read', () => {
    expect(
      decode(bundle({ ...report, type: 'individual' }, { ...report, subject: { reference: 'Patient/1' } })),
    ).toMatchObject({ reports: [], others: { MeasureReport: 2 } });
  });
});

describe('what a server sends around them', () => {
  it('hints beside the data are no failure, failures are', () => {
    const hint = { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] };
    expect(decode(bundle(report, hint))).toMatchObject({ unreadable: [], others: { OperationOutcome: 1 } });
    const failure = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    expect(decode(bundle(report, failure))).toMatchObject({ unreadable: [{ refused: 'unsupported' }] });
    expect(decode(hint)).toMatchObject({ refused: 'unsupported' });
  });

  it('the answer of an operation, and an export of a resource a line', () => {
    const parameter = [
      { name: 'return', resource: report },
      { name: 'count', valueInteger: 1 },
    ];
    expect(mapped({ resourceType: 'Parameters', parameter })).toHaveLength(2);
    const lines = `${JSON.stringify(report)}\n${JSON.stringify(place)}\n\n`;
    expect(mapped(lines)).toMatchObject([{ resource: 'icu-bed', facility: '南京鼓楼医院' }, {}, { resource: 'site' }]);
    expect(decode(`${JSON.stringify(report)}\n{"resourceType":`)).toMatchObject({ refused: 'truncated' });
    expect(decode(`${JSON.stringify(report)} x`)).toMatchObject({ refused: 'syntax' });
  });

  it.each([
    ['<Bundle xmlns="http://hl7.org/fhir"></Bundle>', 'unsupported'],
    ['<?xml version="1.0"?>\n<f:Bundle xmlns:f="http://hl7.org/fhir"/>', 'unsupported'],
    ['<html><body>Bad Gateway</body></html>', 'not_protocol'],
    ['<!DOCTYPE html>\n<html>', 'not_protocol'],
  ])('%s', (body, refused) => {
    expect(decode(body)).toMatchObject({ refused });
  });

  it.each([
    ['2026-05', Date.UTC(2026, 4, 31, 15, 59, 59)],
    ['2025', Date.UTC(2025, 11, 31, 15, 59, 59)],
  ])('a period that ends in %s ends with its last day', (end, asOf) => {
    expect(mapped({ ...report, date: undefined, period: { end } })[0]).toMatchObject({
      asOf,
      quality: { flags: ['tz_assumed'] },
    });
  });

  it('a bed whose state is written as a concept, beside another kind of place', () => {
    const bed = {
      ...place,
      physicalType: coded('area', 'bd'),
      operationalStatus: { coding: [{ code: 'U' }] },
    };
    expect(mapped(bed)).toMatchObject([{ resource: 'bed', available: 1, maximum: 1, state: 'open' }]);
  });
});
