import { describe, expect, it } from 'vitest';
import { type FeedRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { measures } from './measures.ts';
import { ngsi } from './ngsi.ts';

/** Entities as their models' authors published them. */
const collection = openCollection('ngsi');
const files: { file: string; category: string }[] = collection.lines('index.jsonl');
const entities = files.filter(({ category }) => category.startsWith('ngsi'));

/** The values of a published file by the platform's own reader: whatever its form, without anything of ours. */
function plainly(file: string): { type: string; values: Record<string, unknown> } {
  const root = JSON.parse(Buffer.from(collection.bytes(file)).toString());
  const body = root.type === 'Feature' ? root.properties : root;
  const values = Object.entries<Record<string, unknown>>(body).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value,
  ]);
  return { type: body.type, values: Object.fromEntries(values) };
}

function recordsOf(file: string): FeedRecord[] {
  const document = ngsi.decode(collection.bytes(file));
  if (isRefusal(document)) throw new Error(`${file}: ${document.detail}`);
  const mapped = ngsi.map(document, { receivedAt: null, crs: 'wgs84', options: {} });
  return mapped.map((one) => {
    if (isRefusal(one)) throw new Error(`${file}: ${one.detail}`);
    expect(record.safeParse(one).error, file).toBeUndefined();
    return one;
  });
}

describe.skipIf(!collection.present)(`published entities (${entities.length})`, () => {
  it('all are read, and every number their models know is a reading with the same number', () => {
    const kinds: Record<string, number> = {};
    let equal = 0;
    for (const { file } of entities) {
      const records = recordsOf(file);
      for (const { kind } of records) kinds[kind] = (kinds[kind] ?? 0) + 1;
      const { type, values } = plainly(file);
      const table = measures.get(type) ?? {};
      for (const [name, { property, statistic }] of Object.entries(table)) {
        if (typeof values[name] !== 'number' && typeof values[name] !== 'boolean') continue;
        const found = records.find(
          (one) => one.kind === 'reading' && one.property === property && (!statistic || one.statistic === statistic),
        );
        expect(found, `${file} ${name}`).toMatchObject({ rawValue: values[name] });
        equal++;
      }
    }
    expect({ entities: entities.length, equal, kinds }).toEqual({
      entities: 37,
      equal: 124,
      kinds: { reading: 124, alert: 4, capacity: 4, case: 3, call: 2, position: 1 },
    });
  });

  it.each([
    [
      'RoadAccident_example-normalized.jsonld',
      { casualties: { dead: 0, injured: 2 }, observedAt: Date.UTC(2021, 2, 12, 13, 59, 36) },
    ],
    [
      'IssueReporting_example-normalized.json',
      { number: '21645', state: 'assigned', observedAt: Date.UTC(2021, 2, 11, 10, 21, 2) },
    ],
    ['service_requests_example.json', { number: '638344', state: 'closed', class: '234' }],
    [
      'WeatherAlert_example.jsonld',
      { event: 'snow_ice', severity: 'Moderate', expiresAt: Date.UTC(2016, 2, 14, 23, 59) },
    ],
    [
      'BikeHireDockingStation_example-normalized.jsonld',
      { resource: 'bike', available: 20, maximum: 100, facility: 'Pune' },
    ],
    ['FloodMonitoring_example-normalized.jsonld', { property: 'waterLevel', value: 1.98, limit: 11 }],
    ['AirQualityObserved_example-geojsonfeature.json', { property: 'CO', value: 500, unit: 'mg/m3', intervalS: 3600 }],
  ])('%s', (file, expected) => {
    expect(recordsOf(file)[0]).toMatchObject(expected);
  });

  it('what is no NGSI is refused', () => {
    for (const { file, category } of files) {
      if (category.startsWith('ngsi')) continue;
      expect(ngsi.decode(collection.bytes(file)), file).toMatchObject({ refused: 'not_protocol' });
    }
  });
});
