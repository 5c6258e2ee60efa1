import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { roadsOf } from '../testing/hand-made-roads.ts';
import { packRoads, readRoads, roadFileVersion, unpackRoads, writeRoads } from './road-file.ts';

const roads = roadsOf({
  at: { a: [0, 0], b: [1000, 0], c: [1000, 1000], w1: [-50, 500], w2: [50, 500], d: [0, 1000] },
  ways: [
    { nodes: 'a b c', tags: { highway: 'primary', name: '中山路', oneway: 'no', maxspeed: '60' } },
    { nodes: 'c d', tags: { highway: 'residential' } },
    { nodes: 'd a', tags: { highway: 'trunk', bridge: 'yes', name: '长江大桥' } },
  ],
  water: [{ name: '长江', nodes: 'w1 w2', big: true }],
});
const bytes = packRoads(roads);
const folder = mkdtempSync(join(tmpdir(), 'roads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed file', () => {
  it('comes back as it went, wherever it lies in memory', () => {
    expect(unpackRoads(bytes)).toEqual(roads);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(unpackRoads(shifted.subarray(3))).toEqual(roads);
    expect(roads.crossings).toHaveLength(1);
  });

  it('is written in one step and read back; what is not there is null', () => {
    const path = join(folder, 'roads.bin');
    expect(readRoads(path)).toBeNull();
    expect(writeRoads(path, roads)).toBe(bytes.length);
    expect(readRoads(path)).toEqual(roads);
  });

  it('refuses whatever is not as it was written, each byte of it', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const broken = Buffer.from(bytes);
      broken[at]! ^= 0x40;
      expect('refused' in unpackRoads(broken)).toBe(true);
    }
    for (let length = 0; length < bytes.length; length += 7)
      expect('refused' in unpackRoads(bytes.subarray(0, length))).toBe(true);
  });

  it('says why', () => {
    const version = Buffer.from(bytes);
    version.writeUInt32LE(roadFileVersion + 1, 4);
    expect(unpackRoads(version)).toMatchObject({ refused: 'version' });
    expect(unpackRoads(Buffer.from('PMTiles'))).toMatchObject({ refused: 'not-roads' });
    expect(unpackRoads(bytes.subarray(0, -1))).toMatchObject({ refused: 'checksum' });
    const path = join(folder, 'garbage.bin');
    writeFileSync(path, 'x'.repeat(500));
    expect(readRoads(path)).toMatchObject({ refused: 'not-roads' });
    expect(unpackRoads(packRoads({ ...roads, to: roads.to.map(() => 999) }))).toMatchObject({ refused: 'damaged' });
  });
});
