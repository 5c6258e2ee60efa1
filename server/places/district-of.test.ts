import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { LonLat } from '@/server/domain/place.ts';
import { createDistrictFinder } from './district-of.ts';
import { loadCity } from './load-city.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const city = loadCity(root, 'nanjing');
const water = JSON.parse(
  readFileSync(join(root, 'public/map/nanjing/water.json'), 'utf8'),
) as GeoJSON.FeatureCollection;

/** Well-known places; `m` says how far the written point may be off, and what is asked holds all around it. */
const anchors: { name: string; at: LonLat; m: number; district?: string; water?: boolean }[] = [
  { name: '新街口', at: [118.7785, 32.0425], m: 0, district: '320102' },
  { name: '夫子庙', at: [118.7885, 32.0215], m: 400, district: '320104', water: false },
  { name: '奥体中心', at: [118.721, 32.008], m: 500, district: '320105', water: false },
  { name: '龙江', at: [118.742, 32.058], m: 300, district: '320106', water: false },
  { name: '江浦', at: [118.62, 32.055], m: 1000, district: '320111', water: false },
  { name: '仙林', at: [118.922, 32.1], m: 600, district: '320113', water: false },
  { name: '八卦洲', at: [118.815, 32.187], m: 1000, district: '320113', water: false },
  { name: '江心洲', at: [118.69, 32.02], m: 200, district: '320105', water: false },
  { name: '板桥', at: [118.655, 31.915], m: 800, district: '320114', water: false },
  { name: '百家湖畔', at: [118.83, 31.935], m: 300, district: '320115', water: false },
  { name: '禄口机场', at: [118.866, 31.735], m: 500, district: '320115', water: false },
  { name: '雄州', at: [118.84, 32.335], m: 400, district: '320116', water: false },
  { name: '大厂', at: [118.745, 32.215], m: 300, district: '320116', water: false },
  { name: '永阳', at: [119.025, 31.653], m: 800, district: '320117', water: false },
  { name: '淳溪', at: [118.875, 31.327], m: 500, district: '320118', water: false },
  { name: '中山陵', at: [118.8485, 32.0575], m: 400, district: '320102', water: false },
  { name: '长江大桥中', at: [118.745, 32.1155], m: 250, water: true },
  { name: '应天大街隧道中', at: [118.684, 32.0435], m: 250, water: true },
  { name: '八卦洲南汊', at: [118.805, 32.146], m: 250, water: true },
  { name: '玄武湖', at: [118.7985, 32.0815], m: 150, district: '320102', water: true },
  { name: '石臼湖', at: [118.85, 31.465], m: 1000, water: true },
  { name: '固城湖', at: [118.92, 31.284], m: 800, district: '320118', water: true },
];

const around = ([lon, lat]: LonLat, m: number): LonLat[] =>
  [
    [0, 0],
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ].map(([x, y]) => [lon + (x! * m) / 94_300, lat + (y! * m) / 111_320]);

const waterFinder = createDistrictFinder(
  water.features.flatMap(({ geometry, properties }) => {
    if (geometry.type === 'Polygon') return [{ code: String(properties?.id), polygons: [geometry.coordinates] }];
    return geometry.type === 'MultiPolygon' ? [{ code: String(properties?.id), polygons: geometry.coordinates }] : [];
  }),
  { centre: city.centre, toleranceM: 0 },
);

describe('anchors of the city pack', () => {
  it.each(anchors)('$name', ({ at, m, district, water: wet }) => {
    for (const point of around(at, m)) {
      if (district) {
        const hit = city.districtOf(point);
        expect([hit.district, hit.nearDistrict]).toContain(district);
      }
      if (wet !== undefined) expect(waterFinder(point).district !== null).toBe(wet);
    }
  });

  it('has one owner for every point: outlines neither overlap nor leave gaps inside', () => {
    const alone = city.jurisdictions.filter(({ level }) => level === 'district').map(({ code }) => code);
    expect(alone.length).toBe(11);
    const seen = new Set<string>();
    for (let lon = 118.6; lon <= 118.95; lon += 0.0071)
      for (let lat = 31.9; lat <= 32.15; lat += 0.0067) {
        const { district } = city.districtOf([lon, lat]);
        if (district) seen.add(district);
        else expect([lon, lat]).toEqual('inside the city, so of some district');
      }
    expect(seen.size).toBeGreaterThanOrEqual(8);
  });
});

describe('point → district', () => {
  const square = (code: string, west: number) => ({
    code,
    polygons: [
      [
        [
          [west, 0],
          [west + 1, 0],
          [west + 1, 1],
          [west, 1],
          [west, 0],
        ],
      ],
    ],
  });
  const find = createDistrictFinder([square('a', 0), square('b', 1)], { centre: [1, 0], toleranceM: 150 });

  it('decides away from a border, names both near one', () => {
    expect(find([0.5, 0.5])).toEqual({ district: 'a', nearDistrict: null });
    expect(find([0.999, 0.5])).toEqual({ district: 'a', nearDistrict: 'b' });
    expect(find([1.001, 0.5])).toEqual({ district: 'b', nearDistrict: 'a' });
    expect(find([1.01, 0.5])).toEqual({ district: 'b', nearDistrict: null });
  });

  it('outside says so, and names the district next to it', () => {
    expect(find([-1, 0.5])).toEqual({ district: null, nearDistrict: null });
    expect(find([-0.001, 0.5])).toEqual({ district: null, nearDistrict: 'a' });
  });
});

const samples = process.env.GEO_SAMPLES ?? join(root, '../shared/data/geo');
const osm = join(samples, 'nanjing-centre-osm.geojson');
describe.skipIf(!existsSync(osm))('against independent outlines (read, never copied)', () => {
  it('their border points lie within the tolerance that the pack states for its own', () => {
    const features = (JSON.parse(readFileSync(osm, 'utf8')) as GeoJSON.FeatureCollection).features;
    const points = features
      .filter(({ properties, geometry }) => properties?.admin_level === '6' && geometry.type === 'Polygon')
      .flatMap(({ geometry }) => (geometry as GeoJSON.Polygon).coordinates[0] as LonLat[]);
    const near = points.filter((at) => city.districtOf(at).nearDistrict !== null);
    expect(points.length).toBeGreaterThan(500);
    expect(near.length / points.length).toBeGreaterThan(0.95);
  });
});
