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

const wideEndMark = 0x06064b50;
const wideLocatorMark = 0x07064b50;
const elsewhere = 0xffffffff;

/** Numbers past what a double holds exactly are past every bound here as well. */
const wideAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Where the directory begins and how many files it names; `shift` is what stands before the archive's own first byte. */
function directoryOf(view: DataView, end: number): { count: number; at: number; shift: number } | Refusal {
  let [count, size, at] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  let closes = end;
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === wideLocatorMark) {
    const wide = wideAt(view, locator + 8);
    if (!(wide + 56 <= locator) || view.getUint32(wide, true) !== wideEndMark)
      return refuse('framing', 'the end of a large archive points nowhere', locator);
    [count, size, at, closes] = [wideAt(view, wide + 32), wideAt(view, wide + 40), wideAt(view, wide + 48), wide];
  }
  const begins = closes - size;
  const shifted = begins > at && at + 4 <= view.byteLength && view.getUint32(at, true) !== entryMark && count > 0;
  return { count, at: shifted ? begins : at, shift: shifted ? begins - at : 0 };
}

/** Sizes and place of one file; where a field is all ones, it stands in the extra field of large archives. */
function widened(view: DataView, { at, extraAt, extraEnd }: { at: number; extraAt: number; extraEnd: number }) {
  const fields = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  for (let extra = extraAt; extra + 4 <= extraEnd; extra += 4 + view.getUint16(extra + 2, true)) {
    if (view.getUint16(extra, true) !== 1) continue;
    const last = Math.min(extraEnd, extra + 4 + view.getUint16(extra + 2, true));
    let from = extra + 4;
    for (const [index, field] of fields.entries())
      if (field === elsewhere && from + 8 <= last) {
        fields[index] = wideAt(view, from);
        from += 8;
      }
  }
  const [bytes, packedBytes, localAt] = fields as [number, number, number];
  return { bytes, packedBytes, localAt };
}

/** What an archive says it holds (APPNOTE 4.3), also in the form for large ones. Split ones are not for us. */
export function readZipDirectory(bytes: Uint8Array): readonly ZipEntry[] | Refusal {
  const view = viewOf(bytes);
  const end = bytes.length < endBytes ? null : endOf(view);
  if (end === null) {
    const begins = bytes.length >= 4 && view.getUint32(0, true) === localMark;
    return begins ? refuse('truncated', 'a zip archive without its end') : refuse('not_protocol', 'no zip archive', 0);
  }
  const directory = directoryOf(view, end);
  if ('refused' in directory) return directory;
  const { count, shift } = directory;
  if (count > limits.entries) return refuse('too_large', `${count} files in the archive (at most ${limits.entries})`);
  const entries: ZipEntry[] = [];
  let { at } = directory;
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
    const wide = widened(view, {
      at,
      extraAt: nameAt + nameBytes,
      extraEnd: Math.min(end, nameAt + nameBytes + extraBytes),
    });
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes)).replaceAll('\\', '/'),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: wide.packedBytes,
      bytes: wide.bytes,
      localAt: wide.localAt + shift,
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
