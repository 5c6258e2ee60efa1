import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { geoSample } from '../testing/geo-samples.ts';
import { type OsmSketch, writeOsm } from '../testing/write-osm.ts';
import { OsmRefused } from './osm-file.ts';
import { readOsm } from './read-osm.ts';

const folder = mkdtempSync(join(tmpdir(), 'osm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const put = (bytes: Uint8Array): string => {
  files += 1;
  const path = join(folder, `${files}.osm.pbf`);
  writeFileSync(path, bytes);
  return path;
};
const sketch: OsmSketch = {
  nodes: [
    { id: 10, at: [118.78, 32.05], tags: { amenity: 'hospital', name: '鼓楼医院' } },
    { id: 12, at: [118.79, 32.05] },
    { id: 2_000_000_000_123, at: [-70.5, -33.25], tags: { barrier: 'bollard' } },
  ],
  ways: [{ id: 7, nodes: [10, 12, 99], tags: { highway: 'primary', name: '中山路' } }],
  relations: [
    {
      id: 5,
      members: [
        { type: 'way', id: 7, role: 'outer' },
        { type: 'node', id: 10, role: '' },
      ],
      tags: { type: 'multipolygon' },
    },
  ],
};

function read(of: OsmSketch) {
  const found = { nodes: [] as unknown[], ways: [] as unknown[], relations: [] as unknown[] };
  const result = readOsm(put(writeOsm(of)), {
    node: (id, at, tags) => void found.nodes.push([id, at.lonE7, at.latE7, Object.fromEntries(tags)]),
    way: (id, nodes, tags, store) =>
      void found.ways.push([
        id,
        [...nodes].map((node) => (node < 0 ? null : [store.lonE7(node), store.latE7(node)])),
        Object.fromEntries(tags),
      ]),
    relation: (id, members, tags) => void found.relations.push([id, members, Object.fromEntries(tags)]),
  });
  return { ...found, header: result.header, counts: result.counts };
}

describe('an extract', () => {
  const whole = read(sketch);
  it('is read with names, far ids, negative positions and gaps', () => {
    expect(whole.nodes).toEqual([
      [10, 1_187_800_000, 320_500_000, { amenity: 'hospital', name: '鼓楼医院' }],
      [2_000_000_000_123, -705_000_000, -332_500_000, { barrier: 'bollard' }],
    ]);
    expect(whole.ways).toEqual([
      [7, [[1_187_800_000, 320_500_000], [1_187_900_000, 320_500_000], null], { highway: 'primary', name: '中山路' }],
    ]);
    expect(whole.relations).toEqual([[5, sketch.relations![0]!.members, { type: 'multipolygon' }]]);
    expect(whole.counts).toEqual({ nodes: 3, ways: 1, relations: 1 });
    expect(whole.header.replicatedAtS).toBe(1_700_000_000);
  });

  it.each<[string, Partial<OsmSketch>]>([
    ['with plain nodes', { dense: false }],
    ['without compression', { raw: true }],
    ['with ways before nodes', { order: ['relations', 'ways', 'nodes'] }],
    ['with nodes out of order', { nodes: [...sketch.nodes!].reverse() }],
  ])('%s says the same', (_name, change) => {
    const other = read({ ...sketch, ...change });
    expect(other.ways).toEqual(whole.ways);
    expect(other.relations).toEqual(whole.relations);
    expect(new Set(other.nodes.map(String))).toEqual(new Set(whole.nodes.map(String)));
  });
});

describe('what is no extract', () => {
  const bytes = writeOsm(sketch);
  const refusalOf = (content: Uint8Array): string => {
    try {
      readOsm(put(content), { node: () => undefined, way: () => undefined, relation: () => undefined });
    } catch (error) {
      if (error instanceof OsmRefused) return error.message;
      throw error;
    }
    return '';
  };

  it('is refused with the reason', () => {
    expect(refusalOf(Buffer.alloc(0))).toMatch(/header/);
    expect(refusalOf(Buffer.from('<?xml version="1.0"?><osm version="0.6">'))).toMatch(/no block begins at byte 0/);
    expect(refusalOf(Buffer.alloc(5000, 7))).toMatch(/byte 0/);
    expect(refusalOf(writeOsm({ ...sketch, features: ['OsmSchema-V0.6', 'HistoricalInformation'] }))).toMatch(
      /HistoricalInformation/,
    );
  });

  it('cut at any byte is refused, or is a shorter file of whole blocks; nothing else is thrown', () => {
    let whole = 0;
    for (let length = 0; length < bytes.length; length += 1)
      if (refusalOf(bytes.subarray(0, length)) === '') whole += 1;
    expect(whole).toBe(3); // after the header, the nodes, the ways
  });

  it('with any byte changed is read or refused, never a crash', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 0x55;
      expect(typeof refusalOf(broken)).toBe('string');
    }
  });
});

describe.skipIf(!existsSync(geoSample('columbus-osm.osm.pbf')))('real extracts (GEO_SAMPLES)', () => {
  it('Columbus has what its provenance says', () => {
    expect(readOsm(geoSample('columbus-osm.osm.pbf'), {}).counts).toMatchObject({ nodes: 110_560, ways: 15_503 });
  });
});
