import { describe, expect, it } from 'vitest';
import { type CapacityRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { fhir } from './fhir.ts';
import type { FhirOptions } from './options.ts';

/** Examples of another project. */
const collection = openCollection('health');
const named = (part: string) => collection.names().filter((name) => name.includes(part));

function recordsOf(file: string, options: FhirOptions = {}): CapacityRecord[] {
  const document = fhir.decode(collection.bytes(file));
  if (isRefusal(document)) throw new Error(`${file}: ${document.detail}`);
  const records = fhir.map(document, { receivedAt: null, crs: 'wgs84', options });
  for (const one of records) if (!isRefusal(one)) expect(record.safeParse(one).error).toBeUndefined();
  return records as CapacityRecord[];
}

type Population = { code: { coding: { code: string }[] }; count: number | object };

describe.skipIf(!collection.present)('collected reports', () => {
  it('every count is the file’s, and what the file calls absent is null', () => {
    const seen = { reports: 0, numbers: 0, absent: 0 };
    for (const file of named('Reporting').concat(named('Capacity'))) {
      const source = JSON.parse(Buffer.from(collection.bytes(file)).toString());
      const document = fhir.decode(collection.bytes(file));
      if (isRefusal(document)) throw new Error(document.detail);
      const own = new Map(document.reports[0]!.counts.map(({ code, ...count }) => [code, count]));
      const populations: Population[] = source.group.flatMap((group: { population: Population[] }) => group.population);
      for (const { code, count } of populations) {
        const stated = typeof count === 'number' ? { count, absent: null } : { count: null, absent: 'unsupported' };
        expect(own.get(code.coding[0]!.code), `${file} ${code.coding[0]!.code}`).toEqual(stated);
        seen[typeof count === 'number' ? 'numbers' : 'absent']++;
      }
      seen.reports++;
    }
    expect(seen).toEqual({ reports: 5, numbers: 27, absent: 36 });
  });

  it('beds without a count of those in use are not free and not full', () => {
    expect(recordsOf('saner_ExampleNJ_20200405_CDCPatientImpactAndHospitalCapacity.json')).toMatchObject(
      [
        ['hospital-bed', 20_000],
        ['inpatient-bed', 15_000],
        ['icu-bed', 2_500],
        ['ventilator', 2_250],
      ].map(([resource, maximum]) => ({
        facility: 'State of New Jersey',
        resource,
        maximum,
        available: null,
        state: 'unknown',
        asOf: Date.UTC(2020, 3, 5, 5),
        quality: { state: 'missing' },
      })),
    );
  });

  it.each(named('_Loc_'))('%s: a site in its place, marked as a test', (file) => {
    const { position, name } = JSON.parse(Buffer.from(collection.bytes(file)).toString());
    expect(recordsOf(file)).toMatchObject([
      {
        resource: 'site',
        facility: name,
        state: 'open',
        geometry: { type: 'Point', coordinates: [position.longitude, position.latitude] },
        quality: { flags: expect.arrayContaining(['test']) },
      },
    ]);
  });

  it('the table: American dates are refused until they are said to be so', () => {
    const file = 'saner_covid19-test-csv-import.csv';
    expect(recordsOf(file).map((one) => (isRefusal(one) ? one.refused : one.kind))).toEqual(Array(4).fill('value'));
    const records = recordsOf(file, { csvDates: 'mdy', zone: '-05:00' });
    expect(records).toHaveLength(20);
    expect(records.slice(0, 5)).toMatchObject(
      [
        ['hospital-bed', null, 150],
        ['inpatient-bed', 25, 125],
        ['icu-bed', 5, 20],
        ['nicu-bed', 3, 4],
        ['ventilator', 25, 40],
      ].map(([resource, available, maximum]) => ({
        resource,
        available,
        maximum,
        asOf: Date.UTC(2020, 4, 30, 4, 59, 59),
      })),
    );
  });
});
