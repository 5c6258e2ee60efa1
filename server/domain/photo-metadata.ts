/**
 * A photograph without what its camera wrote beside the picture: place, owner, serial numbers, words (GB/T 35273 asks for the least).
 * The orientation stays, or the picture would lie on its side; colours stay. Null: damaged, or no such picture.
 */
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
const startsWith = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((letter, index) => bytes[from + index] === letter.charCodeAt(0));
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Exif 2.32 §4.6.4: tag 0x0112 of the first directory; 1 where there is none. */
export function orientationIn(exif: Uint8Array): number {
  const view = viewOf(exif);
  if (exif.length < 16) return 1;
  const little = exif[0] === 0x49;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > exif.length) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A directory of one entry. */
const exifWith = (orientation: number): Uint8Array =>
  Uint8Array.from([
    0x4d,
    0x4d,
    0,
    0x2a,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);

const exifHead = 'Exif\0\0';
const orientationSegment = (orientation: number): Uint8Array => {
  const exif = exifWith(orientation);
  const length = 2 + exifHead.length + exif.length;
  return joined([
    Uint8Array.from([0xff, 0xe1, length >> 8, length & 0xff]),
    Uint8Array.from(exifHead, (letter) => letter.charCodeAt(0)),
    exif,
  ]);
};

/** Where the entropy-coded part ends: at the first marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function bareJpeg(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let orientation = 1;
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === undefined) return null;
    // Whatever comes after the end, e.g. the film of a moving picture, is no part of it.
    if (marker === 0xd9) {
      kept.push(bytes.subarray(at, at + 2));
      break;
    }
    if (at + 4 > bytes.length) return null;
    const length = viewOf(bytes).getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && startsWith(segment, 4, exifHead)) orientation = orientationIn(segment.subarray(10));
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    const colours = marker === 0xe0 || marker === 0xee || (marker === 0xe2 && startsWith(segment, 4, 'ICC_PROFILE'));
    if (marker !== 0xfe && (!isApplication || colours)) kept.push(segment);
    at = end;
    if (marker !== 0xda) continue;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  const [head = new Uint8Array(), ...rest] = kept;
  return joined(orientation === 1 ? kept : [head, orientationSegment(orientation), ...rest]);
}

/** PNG 3rd edition §11: chunks with words, times and Exif go. */
function barePng(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    if (at + 12 > bytes.length) return null;
    const end = at + 12 + viewOf(bytes).getUint32(at);
    if (end > bytes.length) return null;
    const wordy = ['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf'].some((name) => startsWith(bytes, at + 4, name));
    if (!wordy) kept.push(bytes.subarray(at, end));
    if (startsWith(bytes, at + 4, 'IEND')) break;
    at = end;
  }
  return joined(kept);
}

/** RFC 9649: the EXIF and XMP chunks go, and the flags that announce them. */
function bareWebp(bytes: Uint8Array): Uint8Array | null {
  const whole = 8 + viewOf(bytes).getUint32(4, true);
  if (whole > bytes.length + 1) return null;
  const kept: Uint8Array[] = [bytes.slice(0, 12)];
  for (let at = 12; at + 8 <= Math.min(whole, bytes.length); ) {
    const size = viewOf(bytes).getUint32(at + 4, true);
    const end = at + 8 + size + (size % 2);
    if (at + 8 + size > bytes.length) return null;
    const chunk = bytes.slice(at, end);
    if (startsWith(bytes, at, 'VP8X')) chunk[8]! &= ~0x0c;
    if (!startsWith(bytes, at, 'EXIF') && !startsWith(bytes, at, 'XMP ')) kept.push(chunk);
    at = end;
  }
  const bare = joined(kept);
  viewOf(bare).setUint32(4, bare.length - 8, true);
  return bare;
}

const bareOf: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array | null>> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/webp': bareWebp,
};

/** Other kinds come back as they are; in HEIC the metadata is woven into the file and stays. */
export function withoutMetadata(mime: string, bytes: Uint8Array): Uint8Array | null {
  const bare = bareOf[mime];
  return bare ? bare(bytes) : bytes;
}
