import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stationOf } from '@/server/store/testing/records.ts';
import { loadStations } from '../load-stations.ts';
import { type ReadStations, readStations } from './read-stations.ts';
import { writeStations } from './write-stations.ts';

const nowhere = () => null;
const read = (text: string): ReadStations => {
  const answer = readStations(text, nowhere);
  if ('fault' in answer) throw new Error(JSON.stringify(answer));
  return answer;
};
const head = 'scheme,key,kind,name,department,lon,lat,crs,verticalDatum,expectedIntervalS,measures,thresholds';

describe('reading a register file', () => {
  it('reads a row by English names', () => {
    const text = `${head}\nsl651,0010100001,river-level,下关,water,118.74,32.09,wgs84,wusong,300,Z:m;VT:V,Z:alarm:>8.7:防办;Z:notice:8.1`;
    expect(read(text)).toMatchObject({
      refused: [],
      stations: [
        {
          line: 2,
          station: {
            id: 'sl651/0010100001',
            lonLat: [118.74, 32.09],
            verticalDatum: 'wusong',
            expectedIntervalS: 300,
            measures: [
              {
                property: 'Z',
                unit: 'm',
                thresholds: [
                  { level: 'alarm', when: 'above', value: 8.7, source: '防办' },
                  { level: 'notice', when: 'above', value: 8.1, source: null },
                ],
              },
              { property: 'VT', unit: 'V', thresholds: [], maximum: null },
            ],
            demo: false,
          },
        },
      ],
    });
  });

  it('reads Chinese names, words, a byte order mark, semicolons and several columns of measures', () => {
    const text =
      '\uFEFF协议;编号;类型;名称;部门;经度;纬度;坐标系;高程基准;测项1;测项2;警戒值;备注\r\n' +
      'fhir;h-1;医院;一院;卫健;118.7;32.0;国家2000;;icu-bed:1:42;emergency-bed:1:60;<5;好\r\n';
    const { stations, ignored } = read(text);
    expect(ignored).toEqual(['备注']);
    expect(stations[0]?.station).toMatchObject({
      kind: 'hospital',
      department: 'health',
      lonLat: [118.7, 32],
      verticalDatum: 'unknown',
      measures: [
        {
          property: 'icu-bed',
          maximum: 42,
          thresholds: [{ level: 'alarm', when: 'below', value: 5, source: null }],
        },
        { property: 'emergency-bed', maximum: 60 },
      ],
    });
  });

  it('moves GCJ-02 and BD-09 to WGS-84', () => {
    const text = 'scheme,key,kind,name,lon,lat,crs\na,1,rain,x,118.783,32.040,gcj02\na,2,rain,x,118.7895,32.0463,百度';
    const [gcj, bd] = read(text).stations.map(({ station }) => station.lonLat!);
    expect(gcj![0]).toBeCloseTo(118.7778, 3);
    expect(gcj![1]).toBeCloseTo(32.0421, 3);
    expect(Math.abs(gcj![0] - bd![0])).toBeLessThan(0.0015);
  });

  it.each([
    ['a,,rain,x,,,', 'missing', 'key'],
    ['a,1,rain,x,118.7,32,', 'crs-missing', 'crs'],
    ['a,1,rain,x,118.7,32,mars', 'unknown-word', 'crs'],
    ['a,1,rain,x,118.7,,wgs84', 'half-a-position', 'lat'],
    ['a,1,rain,x,east,32,wgs84', 'not-a-number', 'lon'],
    ['a,1,rain,x,32,118.7,wgs84', 'out-of-range', 'lat'],
    ['a,1,rain,x,0,0,wgs84', 'position-zero', 'lon'],
    ['a,1,volcano,x,,,', 'unknown-word', 'kind'],
    ['A b,1,rain,x,,,', 'unknown-word', 'scheme'],
    ['a,1,rain,x,,,,more', 'ragged', ''],
    [`a,1,rain,${'x'.repeat(300)},,,`, 'out-of-range', 'name'],
  ])('refuses the row %s with its line', (row, reason, column) => {
    const { refused, stations } = read(
      `scheme,key,kind,name,lon,lat,crs\nok,1,rain,fine,,,\n${row}\nok,2,rain,fine,,,`,
    );
    expect(refused).toMatchObject([{ line: 3, reason, column }]);
    expect(stations.map(({ line }) => line)).toEqual([2, 4]);
  });

  it.each([
    ['Z:m,Q:alarm:>3', 'measure-unknown', 'thresholds'],
    ['Z:m,Z:loud:>3', 'threshold', 'thresholds'],
    ['Z:m,Z:alarm:many', 'threshold', 'thresholds'],
    ['Z:m:most,', 'measure', 'measures'],
    ['Z:m;Z:cm,', 'measure', 'measures'],
  ])('refuses measures %s', (cells, reason, column) => {
    const text = `scheme,key,kind,name,measures,thresholds\na,1,rain,x,${cells}`;
    expect(read(text).refused).toMatchObject([{ line: 2, reason, column }]);
  });

  it('takes the first of two rows with one key, and says which it was', () => {
    const { stations, refused } = read('scheme,key,kind,name\na,1,rain,x\na,2,rain,x\na,1,rain,y');
    expect(stations).toHaveLength(2);
    expect(refused).toEqual([{ line: 4, reason: 'twice', column: 'key', value: '2' }]);
  });

  it('counts the lines of cells that hold several', () => {
    const text = 'scheme,key,kind,name,address\na,1,rain,x,"two\nlines"\n\na,2,volcano,y,';
    const { stations, refused } = read(text);
    expect(stations[0]?.line).toBe(2);
    expect(refused[0]?.line).toBe(5);
  });

  it.each([
    ['', 'empty'],
    ['a,b,c\n1,2,3', 'no-header'],
    ['scheme,key,kind\na,1,rain', 'column-missing'],
    ['scheme,key,kind,name,名称\na,1,rain,x,y', 'column-twice'],
    ['scheme,key,kind,name\na,1,rain,"open', 'not-csv'],
    [`scheme,key,kind,name\n${Array.from({ length: 20_001 }, (_, at) => `a,${at},rain,x`).join('\n')}`, 'too-many'],
  ])('refuses a file that is none', (text, fault) => {
    expect(readStations(text, nowhere)).toMatchObject({ fault });
  });
});

describe('writing the register', () => {
  it('reads back as it was, three thousand of them', () => {
    const stations = loadStations(join(import.meta.dirname, '../../..'), 'nanjing').map((of) => ({
      ...of,
      demo: false,
    }));
    const districts = new Map(stations.map((of) => [String(of.lonLat), of.district]));
    const back = readStations(writeStations(stations), (at) => districts.get(String(at)) ?? null) as ReadStations;
    expect(back.refused).toEqual([]);
    expect(back.stations.map(({ station }) => station)).toEqual(stations);
  });

  it('keeps what is awkward: formulas, quotes, semicolons, colons in names of measures', () => {
    const odd = stationOf('-1', {
      id: 'sl651/-1',
      name: '=cmd|"x",\\;',
      address: '@here',
      district: null,
      lonLat: [-70.5, -33.4],
      expectedIntervalS: null,
      measures: [
        {
          property: 'urn:x:level',
          unit: null,
          maximum: null,
          thresholds: [{ level: 'severe', when: 'below', value: -1.5, source: 'who; says: so' }],
        },
        { property: '=p', unit: '{NTU}', maximum: 3.25, thresholds: [] },
      ],
    });
    const text = writeStations([odd]);
    expect(text.startsWith('\uFEFFscheme,key')).toBe(true);
    expect(text).toContain("'=cmd");
    const back = readStations(text, nowhere) as ReadStations;
    expect(back.refused).toEqual([]);
    expect(back.stations[0]?.station).toEqual(odd);
  });
});
