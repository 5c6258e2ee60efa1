import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { PbfReader } from 'pbf';
import { tileNumber } from './tile-number.ts';

export type TileFile = {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** The tile as stored, in gzip; null: nothing is there. */
  tile(z: number, x: number, y: number): Buffer | null;
  close(): void;
};
export type TileFileRefusal = {
  readonly refused: 'not-tiles' | 'version' | 'kind' | 'damaged';
  readonly detail: string;
};
type Entry = { id: number; offset: number; length: number; run: number };

const headerBytes = 127;
const mostDirectoryBytes = 8 * 1024 * 1024;
const mostTileBytes = 16 * 1024 * 1024;
const keptLeaves = 64;
const gzip = 2;

/** Reads a PMTiles archive (version 3) of vector tiles in gzip, directly from disk: a tile costs one or two reads. */
export function openTileFile(path: string): TileFile | TileFileRefusal {
  const file = openSync(path, 'r');
  const refuse = (refused: TileFileRefusal['refused'], detail: string): TileFileRefusal => {
    closeSync(file);
    return { refused, detail };
  };
  try {
    const size = fstatSync(file).size;
    const take = (at: number, length: number): Buffer => {
      if (at < 0 || length < 0 || at + length > size) throw new RangeError('the file is cut off');
      const bytes = Buffer.allocUnsafe(length);
      readSync(file, bytes, 0, length, at);
      return bytes;
    };
    if (size < headerBytes) return refuse('not-tiles', 'the file is too short');
    const header = take(0, headerBytes);
    if (header.toString('latin1', 0, 7) !== 'PMTiles') return refuse('not-tiles', 'it does not begin with PMTiles');
    if (header[7] !== 3) return refuse('version', `it has version ${header[7]}, this program reads 3`);
    if (header[97] !== gzip || header[98] !== gzip || header[99] !== 1)
      return refuse('kind', 'only vector tiles in gzip are read');
    const number = (i: number) => Number(header.readBigUInt64LE(8 + i * 8));
    const [rootAt, rootLength, leavesAt, dataAt] = [number(0), number(1), number(4), number(6)];
    const root = readDirectory(take(rootAt, rootLength));
    const leaves = new Map<number, Entry[]>();
    const leafAt = ({ offset, length }: Entry): Entry[] => {
      const known = leaves.get(offset);
      if (known) return known;
      const leaf = readDirectory(take(leavesAt + offset, length));
      leaves.set(offset, leaf);
      if (leaves.size > keptLeaves) leaves.delete(leaves.keys().next().value ?? 0);
      return leaf;
    };
    const [minZoom, maxZoom] = [header[100]!, header[101]!];
    return {
      minZoom,
      maxZoom,
      tile(z, x, y) {
        if (z < minZoom || z > maxZoom || x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) return null;
        const id = tileNumber(z, x, y);
        let directory = root;
        // Leaves hold tiles or, in archives of others, once more leaves.
        for (let depth = 0; depth < 4; depth += 1) {
          const entry = lastUpTo(directory, id);
          if (!entry) return null;
          if (entry.run === 0) {
            directory = leafAt(entry);
            continue;
          }
          if (id >= entry.id + entry.run || entry.length > mostTileBytes) return null;
          return take(dataAt + entry.offset, entry.length);
        }
        return null;
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    return refuse('damaged', error instanceof Error ? error.message : String(error));
  }
}

function lastUpTo(entries: readonly Entry[], id: number): Entry | null {
  let [low, high] = [0, entries.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (entries[middle]!.id <= id) low = middle + 1;
    else high = middle - 1;
  }
  return entries[high] ?? null;
}

function readDirectory(bytes: Buffer): Entry[] {
  const pbf = new PbfReader(gunzipSync(bytes, { maxOutputLength: mostDirectoryBytes }));
  const count = pbf.readVarint();
  if (count * 4 > pbf.buf.length) throw new RangeError('a directory says more tiles than it holds');
  const entries: Entry[] = [];
  let id = 0;
  for (let i = 0; i < count; i += 1) {
    id += pbf.readVarint();
    entries.push({ id, offset: 0, length: 0, run: 0 });
  }
  for (const entry of entries) entry.run = pbf.readVarint();
  for (const entry of entries) entry.length = pbf.readVarint();
  entries.forEach((entry, i) => {
    const offset = pbf.readVarint();
    const before = entries[i - 1];
    entry.offset = offset === 0 && before ? before.offset + before.length : offset - 1;
  });
  return entries;
}
