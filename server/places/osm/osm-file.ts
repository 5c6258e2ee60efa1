import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { PbfReader } from 'pbf';

/** Why an extract is not read; words for the person at the terminal. */
export class OsmRefused extends Error {
  override readonly name = 'OsmRefused';
}

export type OsmHeader = {
  /** When the data was cut, epoch seconds; null where the file does not say. */
  readonly replicatedAtS: number | null;
  readonly writer: string | null;
};
export type OsmBlocks = {
  readonly header: OsmHeader;
  /** Hands each data block over inflated, and gives how much of the file was read by then (0..1). */
  blocks(read: (bytes: Uint8Array) => void): Generator<number>;
  close(): void;
};

// Limits of the format itself (OSM wiki, PBF Format, "File format").
const mostHeaderBytes = 64 * 1024;
const mostBlobBytes = 32 * 1024 * 1024;
const known = new Set(['OsmSchema-V0.6', 'DenseNodes', 'Sort.Type_then_ID', 'LocationsOnWays']);

/** Opens an `.osm.pbf`: a row of length, blob header and blob. Whatever is not one is refused with the offset. */
export function openOsmFile(path: string): OsmBlocks {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const first = readBlob(file, 0, size);
    if (first?.type !== 'OSMHeader') throw new OsmRefused('the file does not begin with an OSM header: no .osm.pbf');
    const header = readHeader(first.bytes);
    return {
      header,
      *blocks(read) {
        for (let at = first.end; at < size; ) {
          const begins = at;
          const blob = readBlob(file, begins, size);
          if (!blob) break;
          at = blob.end;
          if (blob.type === 'OSMData') decoded(begins, () => read(blob.bytes));
          yield at / size;
        }
      },
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

type Blob = { type: string; bytes: Uint8Array; end: number };

function readBlob(file: number, at: number, size: number): Blob | null {
  if (at === size) return null;
  const take = (from: number, length: number): Buffer => {
    if (from + length > size) throw new OsmRefused(`the file ends in the middle of a block that begins at byte ${at}`);
    const buffer = Buffer.allocUnsafe(length);
    for (let got = 0; got < length; ) {
      const read = readSync(file, buffer, got, length - got, from + got);
      if (read === 0) throw new OsmRefused(`the file ends in the middle of a block that begins at byte ${at}`);
      got += read;
    }
    return buffer;
  };
  const headerLength = take(at, 4).readUInt32BE(0);
  if (headerLength === 0 || headerLength > mostHeaderBytes)
    throw new OsmRefused(`no block begins at byte ${at}: this is no .osm.pbf, or it is damaged there`);
  const { type, length } = decoded(at, () => readBlobHeader(take(at + 4, headerLength)));
  if (length < 0 || length > mostBlobBytes) throw new OsmRefused(`a block at byte ${at} says ${length} bytes`);
  const start = at + 4 + headerLength;
  const bytes = decoded(at, () => inflate(take(start, length)));
  return { type, bytes, end: start + length };
}

/** Whatever goes wrong inside a block is damage at its place. */
function decoded<T>(at: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof OsmRefused) throw error;
    throw new OsmRefused(`the block at byte ${at} is damaged: ${error instanceof Error ? error.message : error}`);
  }
}

function readBlobHeader(bytes: Uint8Array): { type: string; length: number } {
  const read = { type: '', length: -1 };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.type = pbf.readString();
    else if (tag === 3) into.length = pbf.readVarint();
  }, read);
  return read;
}

function inflate(bytes: Uint8Array): Uint8Array {
  const read: { raw: Uint8Array | null; zlib: Uint8Array | null; other: number | null; size: number } = {
    raw: null,
    zlib: null,
    other: null,
    size: 0,
  };
  new PbfReader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.raw = pbf.readBytes();
    else if (tag === 2) into.size = pbf.readVarint();
    else if (tag === 3) into.zlib = pbf.readBytes();
    else if (tag >= 4 && tag <= 7) into.other = tag;
  }, read);
  if (read.raw) return read.raw;
  if (read.zlib) {
    const plain = inflateSync(read.zlib, { maxOutputLength: mostBlobBytes });
    if (read.size && plain.length !== read.size) throw new Error(`${plain.length} bytes instead of ${read.size}`);
    return plain;
  }
  if (read.other !== null)
    throw new OsmRefused('the file is compressed in another way than zlib; write it again: osmium cat -o new.osm.pbf');
  throw new Error('a block without content');
}

function readHeader(bytes: Uint8Array): OsmHeader {
  const read = { required: [] as string[], replicatedAtS: null as number | null, writer: null as string | null };
  decoded(0, () =>
    new PbfReader(bytes).readFields((tag, into, pbf) => {
      if (tag === 4) into.required.push(pbf.readString());
      else if (tag === 16) into.writer = pbf.readString();
      else if (tag === 32) into.replicatedAtS = pbf.readVarint();
    }, read),
  );
  const strange = read.required.filter((feature) => !known.has(feature));
  if (strange.length) throw new OsmRefused(`the file needs what is not supported here: ${strange.join(', ')}`);
  return { replicatedAtS: read.replicatedAtS, writer: read.writer };
}
