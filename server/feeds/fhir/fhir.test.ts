import { describe, expect, it } from 'vitest';
import { type CapacityRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { fhir } from './fhir.ts';
import type { FhirOptions } from './options.ts';
import { bundle, bytesOf, place, population, report, table } from './testing/resources.ts';

const now = Date.UTC(2026, 5, 15);
const decode = (body: unknown) => fhir.decode(body instanceof Uint8Array ? body : bytesOf(body));
function mapped(body: unknown, options: FhirOptions = {}) {
  const document = decode(body);
  if (isRefusal(document)) throw new Error(`${document.refused}: ${document.detail}`);
  const records = fhir.map(document, { receivedAt: now, crs: 'wgs84', options });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records as CapacityRecord[];
}
const counted = (...counts: [string, number | null][]) =>
  mapped({ ...report, group: [{ population: counts.map(([code, count]) => population(code, count)) }] })[0]!;

describe('a report', () => {
  it('says what is free; what was not counted is not zero, and patients are no capacity', () => {
    expect(mapped(report)).toMatchObject([
      {
        kind: 'capacity',
        facility: '鼓楼医院',
        resource: 'icu-bed',
        available: 2,
        maximum: 42,
        state: 'open',
        asOf: now - 3_600_000,
        sourceAt: now - 1_800_000,
        revision: 1800,
        quality: { state: 'good', flags: [] },
        privacy: 'restricted',
      },
      { resource: 'ventilator', available: null, maximum: 30, state: 'unknown', quality: { state: 'missing' } },
    ]);
  });

  it.each([
    [
      [
        ['numICUBeds', 10],
        ['numICUBedsOcc', 10],
      ],
      0,
      'full',
      'good',
    ],
    [
      [
        ['numICUBeds', 10],
        ['numICUBedsOcc', 12],
      ],
      0,
      'full',
      'suspect',
    ],
    [[['numICUBedsAvail', 3]], 3, 'open', 'good'],
    [
      [
        ['numICUBeds', null],
        ['numICUBedsOcc', 4],
      ],
      null,
      'unknown',
      'missing',
    ],
    [
      [
        ['numICUBeds', 1.5],
        ['numICUBedsOcc', -4],
      ],
      null,
      'unknown',
      'missing',
    ],
  ] as const)('%j', (counts, available, state, quality) => {
    expect(counted(...(counts as unknown as [string, number | null][]))).toMatchObject({
      available,
      state,
      quality: { state: quality },
    });
  });

  it('in a bundle it has the place of its location', () => {
    expect(mapped(bundle(report, place, { resourceType: 'Patient', id: 'p' }))).toMatchObject([
      { facility: '南京鼓楼医院', resource: 'icu-bed', geometry: { type: 'Point', coordinates: [118.78, 32.06] } },
      { resource: 'ventilator' },
      { resource: 'site', state: 'open', available: null, asOf: now - 3_600_000 },
    ]);
    expect(decode(bundle(report, { resourceType: 'Patient' }))).toMatchObject({ others: { Patient: 1 } });
  });

  it('a day is all of that day, up to the report and to now', () => {
    const day = (date: string | undefined, end: string) => mapped({ ...report, date, period: { end } })[0];
    expect(day(undefined, '2026-06-13')).toMatchObject({
      asOf: Date.UTC(2026, 5, 13, 15, 59, 59),
      quality: { flags: ['tz_assumed'] },
    });
    expect(day('2026-06-15T07:30:00+08:00', '2026-06-15')).toMatchObject({ asOf: now - 1_800_000 });
    expect(day(undefined, '2026-06-15')).toMatchObject({ asOf: now });
  });

  it('in error it is refused, unfinished it is partial, for tests it says so', () => {
    expect(mapped({ ...report, status: 'error' })).toMatchObject([{ refused: 'value' }]);
    expect(mapped({ ...report, status: 'pending' })[0]?.quality.flags).toEqual(['partial']);
    expect(mapped({ ...report, meta: { security: [{ code: 'HTEST' }] } })[0]?.quality.flags).toEqual(['test']);
  });
});

describe('a location', () => {
  it.each([
    [{}, 'site', 'open', null],
    [{ status: 'suspended' }, 'site', 'closed', 0],
    [{ physicalType: { coding: [{ code: 'bd' }] }, operationalStatus: { code: 'U' } }, 'bed', 'open', 1],
    [{ physicalType: { coding: [{ code: 'bd' }] }, operationalStatus: { code: 'O' } }, 'bed', 'full', 0],
    [{ physicalType: { coding: [{ code: 'bd' }] }, operationalStatus: { code: 'K' } }, 'bed', 'closed', 0],
    [{ physicalType: { coding: [{ code: 'bd' }] } }, 'bed', 'unknown', null],
  ])('%j', (more, resource, state, available) => {
    expect(mapped({ ...place, ...more })).toMatchObject([{ resource, state, available }]);
  });
});

describe('a table', () => {
  it('has a row a facility and day; an empty cell is not zero', () => {
    expect(mapped(table)).toMatchObject([
      {
        subject: { scheme: 'fhir', key: '9' },
        resource: 'icu-bed',
        available: 2,
        maximum: 42,
        asOf: Date.UTC(2026, 5, 14, 15, 59, 59),
      },
      { resource: 'ventilator', available: null, maximum: null, quality: { state: 'missing' } },
    ]);
  });

  it('dates that can be read in two ways are refused until somebody says how', () => {
    const american = table.replace('2026-06-14', '6/5/2026');
    expect(mapped(american)).toMatchObject([{ refused: 'value', detail: expect.stringContaining('csvDates') }]);
    expect(mapped(american, { csvDates: 'mdy' })[0]?.asOf).toBe(Date.UTC(2026, 5, 5, 15, 59, 59));
    expect(mapped(american, { csvDates: 'dmy' })[0]?.asOf).toBe(Date.UTC(2026, 4, 6, 15, 59, 59));
    expect(mapped(table.replace('2026-06-14', '13/13/2026'), { csvDates: 'mdy' })[0]).toMatchObject({
      asOf: null,
      quality: { flags: ['clock_invalid'] },
    });
  });

  it('semicolons, quotes, a mark, GB 18030', () => {
    expect(mapped('\ufeff"orgid";date;"numICUBeds";numICUBedsOcc\n"a ""b""";2026-06-14;2;1')[0]).toMatchObject({
      subject: { key: 'a "b"' },
      available: 1,
    });
    const gb = Buffer.concat([
      bytesOf('orgid,date,name,numVent,numVentUse\n1,2026-06-14,'),
      Buffer.from([0xb9, 0xc4, 0xc2, 0xa5]),
      bytesOf(',3,3\n'),
    ]);
    expect(mapped(gb)[0]).toMatchObject({ facility: '鼓楼', state: 'full' });
  });

  it('a row with a cell too few costs only itself', () => {
    expect(mapped(`${table}9,2026-06-13,42\r\n`)).toMatchObject([
      { resource: 'icu-bed' },
      { resource: 'ventilator' },
      { refused: 'length' },
    ]);
  });
});

describe('what is refused', () => {
  it.each([
    ['', 'empty'],
    ['<MeasureReport/>', 'unsupported'],
    ['{"a":1}', 'not_protocol'],
    ['a,b\n1,2', 'not_protocol'],
    ['orgid,date,orgid\n1,2,3', 'schema'],
    ['orgid,date,x\n1,2026-06-14,"3', 'syntax'],
    [`orgid,date\n${'1,2\n'.repeat(5_100)}`, 'too_large'],
    ['{"resourceType":"MeasureReport"}', 'schema'],
    ['{"resourceType":"Location"}', 'schema'],
    ['{"resourceType":"OperationOutcome","issue":[{"code":"login"}]}', 'unauthorized'],
    ['{"resourceType":"OperationOutcome"}', 'unsupported'],
    ['{"resourceType":"Bundle","entry":[', 'truncated'],
    [`{"resourceType":${'['.repeat(30)}`, 'too_deep'],
  ])('%# %.40s', (body, reason) => {
    expect(decode(body)).toMatchObject({ refused: reason });
  });
});

describe('measures of one count', () => {
  const of = (code: string, count: number, more: object = {}) => ({
    ...report,
    id: code,
    measure: `http://measures.example/covid19/${code}|20200401.06`,
    group: [{ population: [{ code: { coding: [{ code: 'measure-population' }] }, count }] }],
    ...more,
  });

  it('take their code from the measure, and are read together', () => {
    expect(mapped(bundle(of('numICUBeds', 42), of('numICUBedsOcc', 40), of('numC19Died', 1)))).toMatchObject([
      { resource: 'icu-bed', available: 2, maximum: 42, state: 'open', quality: { state: 'good', flags: [] } },
    ]);
  });

  it('are not joined over facilities or when one is said twice', () => {
    const other = { subject: { reference: 'Location/other' } };
    expect(mapped(bundle(of('numICUBeds', 42), of('numICUBedsOcc', 40, other)))).toHaveLength(2);
    expect(mapped(bundle(of('numICUBeds', 42), of('numICUBeds', 43)))).toHaveLength(2);
  });
});
