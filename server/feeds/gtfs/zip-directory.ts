import { type Refusal, refuse } from '../refusal.ts';
import { limits } from './limits.ts';

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly localAt: number;
};

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const longestComment = 0xffff;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function endOf(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - endBytes - longestComment);
  for (let at = view.byteLength - endBytes; at >= first; at--) if (view.getUint32(at, true) === endMark) return at;
  return null;
}

/** What an archive says it holds (APPNOTE 4.3). Archives beyond four gigabytes and split ones are not for us. */
export function readZipDirectory(bytes: Uint8Array): readonly ZipEntry[] | Refusal {
  const view = viewOf(bytes);
  const end = bytes.length < endBytes ? null : endOf(view);
  if (end === null) {
    const begins = bytes.length >= 4 && view.getUint32(0, true) === localMark;
    return begins ? refuse('truncated', 'a zip archive without its end') : refuse('not_protocol', 'no zip archive', 0);
  }
  const count = view.getUint16(end + 10, true);
  if (count > limits.entries) return refuse('too_large', `${count} files in the archive (at most ${limits.entries})`);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > end) return refuse('truncated', `file ${index} of the archive's directory is not there`, at);
    if (view.getUint32(at, true) !== entryMark) return refuse('framing', `no directory entry ${index}`, at);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const nameAt = at + entryBytes;
    if (nameAt + nameBytes > end) return refuse('truncated', `the name of file ${index} is not there`, at);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes)).replaceAll('\\', '/'),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      localAt: view.getUint32(at + 42, true),
    });
    at = nameAt + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/** The packed bytes of one file; its own header says how long that header is. */
export function packedOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | Refusal {
  const view = viewOf(bytes);
  const { localAt, packedBytes, name } = entry;
  if (localAt + localBytes > bytes.length) return refuse('truncated', `${name}: lies past the end`, localAt);
  if (view.getUint32(localAt, true) !== localMark) return refuse('framing', `${name}: no file header`, localAt);
  const from = localAt + localBytes + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
  if (from + packedBytes > bytes.length) return refuse('truncated', `${name}: lies past the end`, localAt);
  return bytes.subarray(from, from + packedBytes);
}
