import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCity } from '@/server/places/load-city.ts';
import { stationRows } from './stations/rows.ts';
import { spotsOf } from './stations/spot.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const city = loadCity(root, 'nanjing');
const rows = stationRows(root, city);

describe('stations of the demo', () => {
  it('are what is committed', () => {
    const file = readFileSync(join(root, 'server/places/nanjing/stations.jsonl'), 'utf8');
    expect(file).toBe(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  });

  it('are some three thousand, each with an id and, within its kind, a name of its own', () => {
    expect(rows.length).toBeGreaterThan(3_000);
    expect(new Set(rows.map((row) => `${row.scheme}/${row.key}`)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => `${row.kind}/${row.name}`)).size).toBe(rows.length);
  });

  it('stand on land, in the district they say', () => {
    const { isDry } = spotsOf(root, city);
    const astray = rows.filter(({ key, lonLat, district }) => {
      return (
        (!isDry(lonLat) && key !== '玄武湖水位站') || city.districtOf([lonLat[0], lonLat[1]]).district !== district
      );
    });
    expect(astray.map(({ name }) => name)).toEqual([]);
  });

  it('have keys as their protocols write them', () => {
    const shapes: Record<string, RegExp> = {
      sl651: /^\d{10}$/,
      hj212: /^[0-9A-F]{24}$/,
      gb26875: /^[0-9A-F]{12}$/,
      gb28181: /^\d{20}$/,
      lift: /^\d{18}$/,
      metar: /^[A-Z]{4}$/,
      ngsi: /^urn:ngsi-ld:[A-Za-z]+:nanjing:[A-Z0-9]+$/,
    };
    const odd = rows.filter(({ scheme, key }) => shapes[scheme] && !shapes[scheme].test(key));
    expect(odd.map(({ scheme, key }) => `${scheme}/${key}`)).toEqual([]);
  });
});
