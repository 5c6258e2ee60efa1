import { describe, expect, it } from 'vitest';
import { fileKind } from './file-kind.ts';
import { orientationIn, withoutMetadata } from './photo-metadata.ts';

const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [...part])));
const box = (brand: string) => bytes([0, 0, 0, 24], `ftyp${brand}`, [0, 0, 0, 0]);

describe('what a file is', () => {
  it.each([
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
    ['image/webp', bytes('RIFF', [4, 0, 0, 0], 'WEBPVP8 ')],
    ['image/heic', box('heic')],
    ['application/pdf', bytes('%PDF-1.7\n')],
    ['audio/mp4', box('M4A ')],
    ['video/mp4', box('isom')],
    ['video/quicktime', box('qt  ')],
    ['audio/wav', bytes('RIFF', [4, 0, 0, 0], 'WAVEfmt ')],
    ['audio/ogg', bytes('OggS', [0])],
    ['audio/mpeg', bytes([0xff, 0xfb, 0x90, 0])],
    ['audio/mpeg', bytes('ID3', [4, 0])],
    ['audio/amr', bytes('#!AMR\n', [0])],
    ['video/webm', bytes([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x84], 'webm')],
    ['text/plain; charset=utf-8', Buffer.from('水位 8.5 米\r\n')],
    ['text/plain; charset=gb18030', bytes([0xbb, 0xfd, 0xcb, 0xae])],
    // A page is words like any other: it is handed out as text and never run.
    ['text/plain; charset=utf-8', bytes('<script>alert(1)</script>')],
    ['text/plain; charset=utf-8', bytes('<svg onload="x()"/>')],
  ])('%s', (kind, given) => expect(fileKind(given)).toBe(kind));

  it.each([
    ['nothing', bytes()],
    ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
    ['another program', bytes('MZ', [0x90, 0, 3, 0])],
    ['an archive', bytes('PK', [3, 4, 20, 0])],
    ['AVIF, which is not asked for', box('avif')],
    ['Matroska', bytes([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x88], 'matroska')],
  ])('not %s', (_name, given) => expect(fileKind(given)).toBeNull());
});

const segment = (marker: number, ...parts: (string | number[] | Uint8Array)[]): Uint8Array => {
  const body = bytes(...parts);
  return bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff], body);
};
/** Little-endian directory: orientation 6, and a pointer to a GPS directory. */
const exif = (orientation: number) =>
  bytes(
    ...['Exif\0\0II', [0x2a, 0, 8, 0, 0, 0, 2, 0]],
    [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    [0x25, 0x88, 4, 0, 1, 0, 0, 0, 0x26, 0, 0, 0],
    ...[[0, 0, 0, 0], 'GPS 32.04N 118.79E'],
  );
const scan = bytes(segment(0xda, [1, 1, 0, 0, 63, 0]), [0x12, 0xff, 0, 0x34, 0xff, 0xd0, 0x56]);
const jpeg = (...segments: Uint8Array[]) =>
  bytes([0xff, 0xd8], segment(0xe0, 'JFIF\0'), ...segments, segment(0xdb, [0, 1, 2]), scan, [0xff, 0xd9]);
const holds = (of: Uint8Array | null, text: string) => Buffer.from(of ?? []).includes(Buffer.from(text, 'latin1'));

describe('what a camera wrote beside the picture', () => {
  it('leaves a JPEG: place, words, what follows its end; colours and the way up stay', () => {
    const given = bytes(
      jpeg(
        segment(0xe1, exif(6)),
        segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<gps/>'),
        segment(0xe2, 'ICC_PROFILE\0', [1, 1, 7]),
        segment(0xe2, 'MPF\0'),
        segment(0xed, 'Photoshop 3.0\0'),
        segment(0xfe, 'owner 王敏'),
      ),
      'ftyp-and-a-film',
    );
    const bare = withoutMetadata('image/jpeg', given);
    for (const gone of ['GPS', 'xap', 'MPF', 'Photoshop', 'owner', 'film']) expect(holds(bare, gone)).toBe(false);
    expect(holds(bare, 'ICC_PROFILE')).toBe(true);
    const at = Buffer.from(bare!).indexOf('Exif\0\0', 0, 'latin1');
    expect(orientationIn(bare!.subarray(at + 6))).toBe(6);
    expect(Buffer.from(bare!).includes(Buffer.from(scan))).toBe(true);
    expect(fileKind(bare!)).toBe('image/jpeg');
    expect(withoutMetadata('image/jpeg', bare!)).toEqual(bare);
  });

  it('a JPEG without any stays byte for byte, and one that stops in its picture too', () => {
    expect(withoutMetadata('image/jpeg', jpeg())).toEqual(jpeg());
    expect(withoutMetadata('image/jpeg', jpeg().subarray(0, -3))).toEqual(jpeg().subarray(0, -3));
  });

  it('a damaged JPEG is no picture', () => {
    expect(withoutMetadata('image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]))).toBeNull();
    expect(withoutMetadata('image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0x41]))).toBeNull();
  });

  it('leaves a PNG', () => {
    const chunk = (name: string, body = '') => bytes([0, 0, 0, body.length], name, body, [1, 2, 3, 4]);
    const head = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]);
    const given = bytes(head, chunk('IHDR', '0123'), chunk('eXIf', 'GPS'), chunk('tEXt', 'who'), chunk('IEND'), 'more');
    expect(withoutMetadata('image/png', given)).toEqual(bytes(head, chunk('IHDR', '0123'), chunk('IEND')));
    expect(withoutMetadata('image/png', given.subarray(0, 15))).toBeNull();
  });

  it('leaves a WebP, and its flags say so', () => {
    const chunk = (name: string, body: number[]) =>
      bytes(name, [body.length, 0, 0, 0], body, body.length % 2 ? [0] : []);
    const webp = (...chunks: Uint8Array[]) => {
      const body = bytes('WEBP', ...chunks);
      return bytes('RIFF', [body.length, 0, 0, 0], body);
    };
    const given = webp(
      chunk('VP8X', [0x1c, 0, 0, 0]),
      chunk('VP8 ', [1, 2, 3]),
      chunk('EXIF', [9]),
      chunk('XMP ', [8]),
    );
    expect(withoutMetadata('image/webp', given)).toEqual(
      webp(chunk('VP8X', [0x10, 0, 0, 0]), chunk('VP8 ', [1, 2, 3])),
    );
  });
});
