import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles, type Source, zxyToTileId } from 'pmtiles';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCity } from '@/server/places/load-city.ts';
import { openMapFolder } from '@/server/places/map-folder.ts';
import { readRoads } from '@/server/places/roads/road-file.ts';
import { geoSample } from '@/server/places/testing/geo-samples.ts';
import { type OsmSketch, writeOsm } from '@/server/places/testing/write-osm.ts';
import { createTileService } from '@/server/places/tiles/serve-tiles.ts';
import { openTileFile, type TileFile } from '@/server/places/tiles/tile-file.ts';
import { tileNumber } from '@/server/places/tiles/tile-number.ts';
import { importMap } from './import-map.ts';
import { createTileArchive } from './write-pmtiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'map-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const nanjing = [118.359, 31.231, 119.24, 32.616] as const;

/** A grid of 200 m around a point of the city; 1 is its south-west corner, rows of ten. */
const lon = (i: number) => 118.78 + ((i - 1) % 10) * 0.002;
const lat = (i: number) => 32.05 + Math.floor((i - 1) / 10) * 0.002;
const sketch: OsmSketch = {
  nodes: [
    ...Array.from({ length: 100 }, (_, i) => ({
      id: i + 1,
      at: [lon(i + 1), lat(i + 1)] as const,
      ...(i + 1 === 55 ? { tags: { amenity: 'hospital', name: '鼓楼医院', 'name:en': 'Gulou Hospital' } } : {}),
    })),
    { id: 900, at: [10, 50], tags: { place: 'city', name: '别处' } },
  ],
  ways: [
    { id: 1, nodes: [1, 5, 10], tags: { highway: 'primary', name: '汉中路' } },
    { id: 2, nodes: [10, 50, 100], tags: { highway: 'secondary', name: '中山路' } },
    { id: 3, nodes: [100, 95, 91], tags: { highway: 'tertiary', name: '珠江路' } },
    { id: 4, nodes: [91, 41], tags: { highway: 'residential', name: '莫愁路' } },
    {
      id: 5,
      nodes: [41, 31],
      tags: { highway: 'residential', bridge: 'yes', name: '莫愁路', 'bridge:name': '试验桥' },
    },
    { id: 6, nodes: [31, 1], tags: { highway: 'residential', name: '莫愁路' } },
    { id: 7, nodes: [32, 40], tags: { waterway: 'stream', name: '小溪' } },
    { id: 8, nodes: [62, 68, 88, 82, 62] },
    { id: 9, nodes: [73, 74, 84, 83, 73] },
    { id: 10, nodes: [43, 44, 54, 53, 43], tags: { building: 'yes', name: '测试大厦' } },
    { id: 11, nodes: [36, 46], tags: { highway: 'residential' } },
    { id: 12, nodes: [900, 901], tags: { highway: 'primary' } },
  ],
  relations: [
    {
      id: 1,
      members: [
        { type: 'way', id: 8, role: 'outer' },
        { type: 'way', id: 9, role: 'inner' },
      ],
      tags: { type: 'multipolygon', natural: 'water', name: '测试湖' },
    },
  ],
};
const source = join(folder, 'sketch.osm.pbf');
writeFileSync(source, writeOsm(sketch));
const options = (into: string, from = source) => ({
  source: from,
  folder: join(folder, into),
  bounds: nanjing,
  bigRivers: ['长江'],
  local: {},
  now,
  step: () => undefined,
});

describe('an import', () => {
  const result = importMap(options('a'));
  if ('refused' in result) throw new Error(result.detail);
  const map = openMapFolder(join(folder, 'a'), { now: () => 0, onError: (error) => expect(error).toBeNull() });
  const tiles = openTileFile(map.fileOf('tiles')!) as TileFile;

  it('writes what its manifest names', () => {
    expect(result.manifest).toMatchObject({
      version: 1,
      source: 'sketch.osm.pbf',
      importedAt: now,
      dataAt: 1_700_000_000_000,
    });
    expect(JSON.parse(readFileSync(join(folder, 'a', 'import.json'), 'utf8'))).toEqual(result.manifest);
    expect(map.manifest()?.roads).toMatchObject({ segments: 6, crossings: 0 });
    const roads = readRoads(map.fileOf('roads')!);
    expect(roads && 'names' in roads && roads.names.slice(1).sort()).toEqual(
      ['中山路', '汉中路', '珠江路', '莫愁路'].sort(),
    );
  });

  it('names can be searched: places and corners are points, a road is where to look', () => {
    const city = loadCity(process.cwd(), 'nanjing', map.names);
    const [hospital] = city.gazetteer.search('glyy');
    expect(hospital).toMatchObject({
      level: 'landmark',
      name: '鼓楼医院',
      lonLat: [expect.closeTo(lon(55), 6), expect.closeTo(lat(55), 6)],
    });
    expect(city.gazetteer.search('Gulou Hospital')[0]?.name).toBe('鼓楼医院');
    expect(city.gazetteer.search('测试大厦')[0]?.lonLat).toEqual([
      expect.closeTo((lon(43) + lon(44)) / 2, 6),
      expect.closeTo((lat(43) + lat(53)) / 2, 6),
    ]);
    for (const text of [
      '汉中路与中山路',
      '中山路和汉中路交叉口',
      '中山路 汉中路',
      '汉中路/中山路',
      'zhongshanlu hanzhonglu',
      'zslhzl',
      '中山路靠近汉中路',
    ])
      expect(city.gazetteer.search(text)[0], text).toMatchObject({
        level: 'crossing',
        lonLat: [expect.closeTo(lon(10), 6), expect.closeTo(lat(10), 6)],
      });
    const [road] = city.gazetteer.search('汉中路');
    expect(road).toMatchObject({ level: 'road', name: '汉中路', lonLat: null });
    expect(road?.view?.bbox[0]).toBeCloseTo(lon(1), 6);
    expect(city.gazetteer.search('别处')).toEqual([]);
  });

  it('tiles hold the layers, with holes in lakes, and are read by others', async () => {
    const archive = new PMTiles(fileSource(map.fileOf('tiles')!));
    const header = await archive.getHeader();
    expect(header).toMatchObject({ specVersion: 3, tileType: 1, minZoom: 6, maxZoom: 14, clustered: true });
    expect(header.minLon).toBeCloseTo(lon(1), 4);
    const [x, y] = [Math.floor((lon(64) / 360 + 0.5) * 2 ** 12), tileRow(lat(64), 12)];
    const theirs = Buffer.from((await archive.getZxy(12, x, y))!.data);
    expect(gunzipSync(tiles.tile(12, x, y)!)).toEqual(theirs);
    const tile = new VectorTile(new PbfReader(theirs));
    expect(Object.keys(tile.layers).sort()).toEqual(['road', 'water']);
    const water = tile.layers.water!;
    expect(water.version).toBe(2);
    const lake = water.feature(0);
    expect(lake.properties).toEqual({ class: 'lake', name: '测试湖' });
    const geometry = lake.toGeoJSON(x, y, 12).geometry;
    expect(geometry.type === 'Polygon' && geometry.coordinates.length).toBe(2);
    expect((geometry as GeoJSON.Polygon).coordinates[0]![0]![0]).toBeCloseTo(lon(62), 3);
    const names = Array.from(
      { length: tile.layers.road!.length },
      (_, i) => tile.layers.road!.feature(i).properties.name,
    );
    expect(names).toContain('汉中路');
  });

  it('is taken up by a running server, and told from the one before', () => {
    const at = { ms: 0 };
    const running = openMapFolder(join(folder, 'b'), {
      now: () => at.ms,
      onError: (error) => expect(error).toBeNull(),
    });
    const service = createTileService(running, (error) => expect(error).toBeNull());
    expect(service.answer('/map/basemap.json')?.body).toBe('null');
    expect(service.answer('/map/tiles/12/0/0.pbf')?.status).toBe(404);
    expect(running.network()).toBeNull();
    importMap(options('b'));
    expect(running.network()).toBeNull(); // not looked at again yet
    at.ms = 6_000;
    expect(running.network()?.network.roads.from.length).toBe(6);
    expect(JSON.parse(String(service.answer('/map/basemap.json')?.body))).toMatchObject({
      tiles: `/map/tiles/{z}/{x}/{y}.pbf?v=${now}`,
      maxZoom: 14,
    });
    const [x, y] = [Math.floor((lon(1) / 360 + 0.5) * 2 ** 14), tileRow(lat(1), 14)];
    expect(service.answer(`/map/tiles/14/${x}/${y}.pbf`)).toMatchObject({
      status: 200,
      headers: { 'content-encoding': 'gzip' },
    });
    const empty = service.answer('/map/tiles/14/1/1.pbf');
    expect(empty?.headers['content-encoding']).toBeUndefined();
    expect(empty?.body.length).toBe(0);
    expect(service.answer('/map/nanjing/pack.json')).toBeNull();
    expect(service.answer('/map/tiles/..%2f1/1/1.pbf')).toBeNull();
    service.close();
  });

  it('damaged afterwards is said once, and the estimate stays', () => {
    importMap(options('c'));
    const faults: string[] = [];
    const broken = openMapFolder(join(folder, 'c'), { now: () => 0, onError: (error) => faults.push(String(error)) });
    const file = broken.fileOf('roads')!;
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    writeFileSync(broken.fileOf('tiles')!, 'PMTilesx'.repeat(100));
    expect(broken.network()).toBeNull();
    expect(broken.network()).toBeNull();
    const service = createTileService(broken, (error) => faults.push(String(error)));
    expect(service.answer('/map/basemap.json')?.body).toBe('null');
    expect(faults).toEqual([expect.stringMatching(/checksum/), expect.stringMatching(/version/)]);
  });
});

describe('what is refused', () => {
  it('says why and writes nothing', () => {
    const garbage = join(folder, 'garbage.osm.pbf');
    writeFileSync(garbage, 'no extract at all');
    expect(importMap(options('x', garbage))).toMatchObject({
      refused: 'not-osm',
      detail: expect.stringContaining('byte 0'),
    });
    writeFileSync(garbage, writeOsm(sketch).subarray(0, -30));
    expect(importMap(options('x', garbage))).toMatchObject({
      refused: 'not-osm',
      detail: expect.stringContaining('ends in the middle'),
    });
    expect(importMap({ ...options('x'), bounds: [0, 0, 1, 1] })).toMatchObject({ refused: 'elsewhere' });
    writeFileSync(garbage, writeOsm({}));
    expect(importMap(options('x', garbage))).toMatchObject({ refused: 'empty' });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('the archive', () => {
  it('numbers tiles as the specification does', () => {
    expect(tileNumber(0, 0, 0)).toBe(0);
    for (const [z, x, y] of [
      [1, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
      [1, 1, 0],
      [6, 53, 26],
      [12, 3423, 1763],
      [14, 13_600, 6_650],
    ] as const)
      expect(tileNumber(z, x, y)).toBe(zxyToTileId(z, x, y));
  });

  it('stores equal tiles once, and finds every one through leaves', async () => {
    const archive = createTileArchive();
    const tiles = Array.from(
      { length: 9_000 },
      (_, i) => [14, 3_000 + ((i * 7_919) % 9_973), 1_000 + ((i * 104_729) % 9_973)] as const,
    );
    // Gaps between the numbers, so that the directory does not fit into the root.
    const content = (i: number) => Buffer.from(i % 7 === 0 ? 'sea' : `${'x'.repeat((i * i * 31) % 211)}${i * 7919}`);
    tiles.forEach(([z, x, y], i) => void archive.add(z, x, y, content(i)));
    const path = join(folder, 'many.pmtiles');
    writeFileSync(path, archive.finish({ minZoom: 14, maxZoom: 14, bbox: [100, 30, 110, 40], metadata: {} }));
    const mine = openTileFile(path) as TileFile;
    const theirs = new PMTiles(fileSource(path));
    const header = await theirs.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.numTileContents).toBeLessThan(tiles.length * 0.9);
    for (let i = 0; i < tiles.length; i += 61) {
      const [z, x, y] = tiles[i]!;
      expect(gunzipSync(mine.tile(z, x, y)!)).toEqual(content(i));
      expect(Buffer.from((await theirs.getZxy(z, x, y))!.data)).toEqual(content(i));
    }
    expect(mine.tile(14, 15_000, 6_000)).toBeNull();
    expect(mine.tile(13, 6_500, 3_000)).toBeNull();
    mine.close();
  });

  it('cut off or of another kind is refused', () => {
    const path = join(folder, 'bad.pmtiles');
    const archive = createTileArchive();
    archive.add(6, 53, 26, Buffer.from('tile'));
    const bytes = archive.finish({ minZoom: 6, maxZoom: 6, bbox: [0, 0, 1, 1], metadata: {} });
    const opened = (content: Uint8Array) => {
      writeFileSync(path, content);
      return openTileFile(path);
    };
    const changed = (at: number, value: number) => Buffer.from(bytes).fill(value, at, at + 1);
    expect(opened(bytes.subarray(0, 60))).toMatchObject({ refused: 'not-tiles' });
    expect(opened(changed(0, 0))).toMatchObject({ refused: 'not-tiles' });
    expect(opened(changed(7, 2))).toMatchObject({ refused: 'version' });
    expect(opened(changed(99, 2))).toMatchObject({ refused: 'kind' });
    expect(opened(changed(127, 0))).toMatchObject({ refused: 'damaged' });
    expect(opened(bytes.subarray(0, 130))).toMatchObject({ refused: 'damaged' });
  });
});

describe.skipIf(!existsSync(geoSample('nanjing-centre-osm.osm.pbf')))('a real extract (GEO_SAMPLES)', () => {
  it('the old town of Nanjing: corners, bridges over the Qinhuai, a broken name left out', () => {
    const result = importMap(options('real', geoSample('nanjing-centre-osm.osm.pbf')));
    if ('refused' in result) throw new Error(result.detail);
    expect(result.manifest.roads!.segments).toBeGreaterThan(1_500);
    const map = openMapFolder(join(folder, 'real'), { now: () => 0, onError: (error) => expect(error).toBeNull() });
    const city = loadCity(process.cwd(), 'nanjing', map.names);
    const [corner] = city.gazetteer.search('莫愁路和汉中路交叉口');
    expect(corner).toMatchObject({ level: 'crossing', district: '320104' });
    expect(map.names().some(({ name }) => name.includes('\uFFFD'))).toBe(false);
    const { crossings } = map.network()!.network.roads;
    expect(crossings.map(({ name }) => name)).toContain('汉中门桥');
    expect(crossings.some(({ major }) => major)).toBe(false); // it does not reach the Yangtze
  });
});

function tileRow(latitude: number, z: number): number {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z);
}

function fileSource(path: string): Source {
  const bytes = readFileSync(path);
  return {
    getKey: () => path,
    getBytes: async (offset, length) => ({ data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer }),
  };
}
