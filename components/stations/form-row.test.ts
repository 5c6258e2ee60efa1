import { expect, it } from 'vitest';
import type { Station } from '@/server/domain/station.ts';
import { type ReadStations, readStations } from '@/server/places/station-csv/read-stations.ts';
import { emptyForm, formCsv, formOf } from './form-row.ts';

const station: Station = {
  ...{
    id: 'ngsi/urn:a,"b"',
    scheme: 'ngsi',
    key: 'urn:a,"b"',
    kind: 'scenic',
    name: '演示;景区',
    department: 'culture-tourism',
  },
  ...{ lonLat: [118.79, 32.04], district: null, address: 'x\\y', verticalDatum: 'local', expectedIntervalS: 300 },
  measures: [
    { property: 'urn:x', unit: null, maximum: 5, thresholds: [] },
    {
      property: 'p',
      unit: 'm',
      maximum: null,
      thresholds: [{ level: 'alarm', when: 'below', value: -1, source: 'a; b' }],
    },
  ],
  ...{ demo: false, state: 'registered' },
};

it('reads back what it shows', () => {
  const read = readStations(formCsv(formOf(station)), () => null) as ReadStations;
  expect(read.refused).toEqual([]);
  expect(read.stations[0]?.station).toEqual(station);
});

it('names no datum where there is no position', () => {
  const text = formCsv({ ...emptyForm, scheme: 'a', key: '1', kind: 'rain', name: 'x' });
  expect(text).not.toContain('crs');
  expect((readStations(text, () => null) as ReadStations).stations).toHaveLength(1);
});
