/** What a file is by its bytes; its name and what the sender calls it are not asked. Null: nothing that a room takes. */
export const largestFileBytes = 15 * 1024 * 1024;
export const mostFilesInARoom = 50;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));
const begins = (bytes: Uint8Array, ...head: number[]): boolean =>
  bytes.length >= head.length && head.every((byte, at) => bytes[at] === byte);

/** ISO/IEC 14496-12: the major brand of the first box. */
const brands: readonly (readonly [RegExp, string])[] = [
  [/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/, 'image/heic'],
  [/^(M4A |M4B )$/, 'audio/mp4'],
  [/^qt {2}$/, 'video/quicktime'],
  [/^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|3g[pe2][0-9a-z])$/, 'video/mp4'],
];

function ofContainer(bytes: Uint8Array): string | null {
  if (ascii(bytes, 4, 8) === 'ftyp') {
    const brand = ascii(bytes, 8, 12);
    return brands.find(([pattern]) => pattern.test(brand))?.[1] ?? null;
  }
  if (ascii(bytes, 0, 4) === 'RIFF') {
    const form = ascii(bytes, 8, 12);
    return form === 'WEBP' ? 'image/webp' : form === 'WAVE' ? 'audio/wav' : null;
  }
  if (ascii(bytes, 0, 4) === 'OggS') return 'audio/ogg';
  // EBML: Matroska wears the same head, and only WebM is played by browsers.
  if (begins(bytes, 0x1a, 0x45, 0xdf, 0xa3)) return ascii(bytes, 0, 64).includes('webm') ? 'video/webm' : null;
  return null;
}

function ofSound(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 3) === 'ID3') return 'audio/mpeg';
  if (ascii(bytes, 0, 4) === 'fLaC') return 'audio/flac';
  if (ascii(bytes, 0, 6) === '#!AMR\n') return 'audio/amr';
  const [sync, second = 0] = bytes;
  if (sync !== 0xff) return null;
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  // MPEG 1, 2 or 2.5, layer III.
  return (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08 ? 'audio/mpeg' : null;
}

/** Letters, tabs and line ends, in an encoding that China uses. */
function ofText(bytes: Uint8Array): string | null {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return null;
  for (const encoding of ['utf-8', 'gb18030'] as const)
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return `text/plain; charset=${encoding}`;
    } catch {
      // not this one
    }
  return null;
}

export function fileKind(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(bytes, 0, 5) === '%PDF-') return 'application/pdf';
  return ofContainer(bytes) ?? ofSound(bytes) ?? ofText(bytes);
}

/** What a page may show by itself; everything else is only handed out. */
export const isShown = (mime: string): boolean => ['image/jpeg', 'image/png', 'image/webp'].includes(mime);
