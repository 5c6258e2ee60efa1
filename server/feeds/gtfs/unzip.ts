import { inflateRawSync } from 'node:zlib';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { crc32 } from './crc32.ts';
import { limits } from './limits.ts';
import { packedOf, readZipDirectory, type ZipEntry } from './zip-directory.ts';

export type Archive = {
  /** Files by their name without folders; only those that were asked for. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What else lies beside them. */
  readonly others: readonly string[];
  /** The folder they lie in; empty: none, as it should be. */
  readonly folder: string;
  /** Other folders that hold a timetable as well. */
  readonly rivals: readonly string[];
  readonly unreadable: readonly Refusal[];
};

/** So many files of a timetable in one folder are one. */
const fewest = 3;
const stored = 0;
const deflated = 8;

const isJunk = (name: string) => name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.[^/]*$)/.test(name);
const folderOf = (name: string) => name.slice(0, name.lastIndexOf('/') + 1);
const baseOf = (name: string) => name.slice(name.lastIndexOf('/') + 1).toLowerCase();

/** Where most of the wanted files lie, the outermost first. Not two timetables in one. */
function foldersIn(entries: readonly ZipEntry[], wanted: ReadonlySet<string>): { folder: string; rivals: string[] } {
  const count = new Map<string, number>();
  for (const { name } of entries)
    if (wanted.has(baseOf(name))) count.set(folderOf(name), (count.get(folderOf(name)) ?? 0) + 1);
  const [best, ...others] = [...count].sort(([a, many], [b, more]) => more - many || a.length - b.length);
  return { folder: best?.[0] ?? '', rivals: others.filter(([, files]) => files >= fewest).map(([folder]) => folder) };
}

function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | Refusal {
  const { name } = entry;
  if (entry.encrypted) return refuse('unsupported', `${name}: encrypted`);
  if (entry.method !== stored && entry.method !== deflated)
    return refuse('unsupported', `${name}: packed by method ${entry.method}`);
  const packed = packedOf(bytes, entry);
  if (isRefusal(packed)) return packed;
  let plain: Uint8Array = packed;
  if (entry.method === deflated) {
    try {
      // The bound is the stated size: an archive that states less than it holds is stopped there, not believed.
      plain = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) });
    } catch (error) {
      const tooLong = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
      return refuse(tooLong ? 'length' : 'syntax', `${name}: ${tooLong ? 'longer than stated' : 'cannot be unpacked'}`);
    }
  }
  if (plain.length !== entry.bytes)
    return refuse('length', `${name}: ${plain.length} bytes where ${entry.bytes} are stated`);
  return crc32(plain) === entry.crc ? plain : refuse('checksum', `${name}: the check of its bytes does not match`);
}

/** The archive inside an archive that holds nothing else of use: what some portals make of an upload. Once, not on and on. */
function inner(bytes: Uint8Array, entries: readonly ZipEntry[]): Uint8Array | null {
  const archives = entries.filter(({ name }) => name.toLowerCase().endsWith('.zip'));
  const [only] = archives;
  if (!only || archives.length > 1 || only.bytes > limits.archiveBytes) return null;
  const plain = unpack(bytes, only);
  return isRefusal(plain) ? null : plain;
}

/** The wanted files of an archive. Nothing is unpacked before all that is wanted is known to stay within bounds. */
export function unzip(bytes: Uint8Array, wanted: ReadonlySet<string>, nested = false): Archive | Refusal {
  const directory = readZipDirectory(bytes);
  if (isRefusal(directory)) return directory;
  const entries = directory.filter(({ name }) => !isJunk(name));
  if (!nested && !entries.some(({ name }) => wanted.has(baseOf(name)))) {
    const within = inner(bytes, entries);
    if (within) return unzip(within, wanted, true);
  }
  const { folder, rivals } = foldersIn(entries, wanted);
  const here = entries.filter(({ name }) => folderOf(name) === folder);
  const chosen = new Map(
    here.filter(({ name }) => wanted.has(baseOf(name))).map((entry) => [baseOf(entry.name), entry]),
  );
  let total = 0;
  for (const { name, bytes: size, packedBytes } of chosen.values()) {
    total += size;
    if (size > limits.fileBytes) return refuse('too_large', `${name}: ${size} bytes (at most ${limits.fileBytes})`);
    if (size > 1024 * 1024 && size > packedBytes * limits.ratio)
      return refuse('too_large', `${name}: ${size} bytes out of ${packedBytes}`);
  }
  if (total > limits.totalBytes) return refuse('too_large', `${total} bytes unpacked (at most ${limits.totalBytes})`);
  const files = new Map<string, Uint8Array>();
  const unreadable: Refusal[] = [];
  for (const [name, entry] of chosen) {
    const plain = unpack(bytes, entry);
    if (isRefusal(plain)) unreadable.push(plain);
    else files.set(name, plain);
  }
  const others = here.map(({ name }) => name.slice(folder.length)).filter((name) => !chosen.has(name.toLowerCase()));
  return { files, others, folder, rivals, unreadable };
}
