import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { tileNumber } from '@/server/places/tiles/tile-number.ts';

export type TileArchive = {
  add(z: number, x: number, y: number, bytes: Uint8Array): void;
  finish(about: ArchiveFacts): Buffer;
};
export type ArchiveFacts = {
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bbox: readonly [number, number, number, number];
  readonly metadata: Readonly<Record<string, unknown>>;
};
type Entry = { id: number; offset: number; length: number; run: number };

const headerBytes = 127;
/** Header and root directory lie within the first 16 KiB (specification, "Root directory"). */
const rootBytes = 16_384 - headerBytes;

/** PMTiles version 3: clustered along the Hilbert curve, equal tiles stored once. */
export function createTileArchive(): TileArchive {
  const tiles: { id: number; bytes: Buffer }[] = [];
  return {
    add(z, x, y, bytes) {
      tiles.push({ id: tileNumber(z, x, y), bytes: gzipSync(bytes, { level: 8 }) });
    },
    finish({ minZoom, maxZoom, bbox, metadata }) {
      tiles.sort((a, b) => a.id - b.id);
      const entries: Entry[] = [];
      const stored = new Map<string, { offset: number; length: number }>();
      const contents: Buffer[] = [];
      let size = 0;
      for (const { id, bytes } of tiles) {
        const hash = createHash('sha1').update(bytes).digest('base64');
        let place = stored.get(hash);
        if (!place) {
          place = { offset: size, length: bytes.length };
          stored.set(hash, place);
          contents.push(bytes);
          size += bytes.length;
        }
        const last = entries.at(-1);
        if (last && last.offset === place.offset && last.id + last.run === id) last.run += 1;
        else entries.push({ id, ...place, run: 1 });
      }
      const { root, leaves } = directories(entries);
      const text = gzipSync(Buffer.from(JSON.stringify(metadata)));
      const header = Buffer.alloc(headerBytes);
      header.write('PMTiles', 0, 'latin1');
      header.writeUInt8(3, 7);
      const rootAt = headerBytes;
      const metadataAt = rootAt + root.length;
      const leavesAt = metadataAt + text.length;
      const dataAt = leavesAt + leaves.length;
      const numbers = [
        rootAt,
        root.length,
        metadataAt,
        text.length,
        leavesAt,
        leaves.length,
        dataAt,
        size,
        tiles.length,
        entries.length,
        stored.size,
      ];
      numbers.forEach((value, i) => void header.writeBigUInt64LE(BigInt(value), 8 + i * 8));
      header.writeUInt8(1, 96); // clustered
      header.writeUInt8(2, 97); // directories in gzip
      header.writeUInt8(2, 98); // tiles in gzip
      header.writeUInt8(1, 99); // vector tiles
      header.writeUInt8(minZoom, 100);
      header.writeUInt8(maxZoom, 101);
      const [west, south, east, north] = bbox;
      [west, south, east, north].forEach(
        (degrees, i) => void header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4),
      );
      header.writeUInt8(Math.min(maxZoom, Math.max(minZoom, 11)), 118);
      header.writeInt32LE(Math.round(((west + east) / 2) * 1e7), 119);
      header.writeInt32LE(Math.round(((south + north) / 2) * 1e7), 123);
      return Buffer.concat([header, root, text, leaves, ...contents]);
    },
  };
}

/** One directory where it fits; else leaves of equal size, as few as fit. */
function directories(entries: readonly Entry[]): { root: Buffer; leaves: Buffer } {
  const whole = directory(entries);
  if (whole.length <= rootBytes) return { root: whole, leaves: Buffer.alloc(0) };
  for (let perLeaf = 4096; ; perLeaf *= 2) {
    const parts: Buffer[] = [];
    const roots: Entry[] = [];
    let offset = 0;
    for (let i = 0; i < entries.length; i += perLeaf) {
      const leaf = directory(entries.slice(i, i + perLeaf));
      roots.push({ id: entries[i]!.id, offset, length: leaf.length, run: 0 });
      parts.push(leaf);
      offset += leaf.length;
    }
    const root = directory(roots);
    if (root.length <= rootBytes) return { root, leaves: Buffer.concat(parts) };
  }
}

function directory(entries: readonly Entry[]): Buffer {
  const pbf = new PbfWriter();
  pbf.writeVarint(entries.length);
  entries.forEach(({ id }, i) => {
    pbf.writeVarint(id - (entries[i - 1]?.id ?? 0));
  });
  for (const { run } of entries) pbf.writeVarint(run);
  for (const { length } of entries) pbf.writeVarint(length);
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    pbf.writeVarint(before && offset === before.offset + before.length ? 0 : offset + 1);
  });
  return gzipSync(pbf.finish());
}
