import { entryOf } from './entry-of.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The text of a document, and where a character of it stood in the bytes (null where the encoding does not let us say cheaply). */
export type DecodedText = {
  readonly text: string;
  readonly encoding: string;
  byteOffset(index: number): number | null;
};

/** What prologs really declare, to what the platform's decoder calls it. GB 2312 and GBK are subsets of GB 18030. */
const encodings: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  cp936: 'gb18030',
  gb2312: 'gb18030',
  'gb-2312': 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'iso-8859-2': 'iso-8859-2',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  big5: 'big5',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
};

const marks: readonly { bytes: readonly number[]; encoding: string; skip: number }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', skip: 3 },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le', skip: 2 },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be', skip: 2 },
  // No mark, but a "<" in two bytes (XML 1.0 appendix F).
  { bytes: [0x3c, 0x00], encoding: 'utf-16le', skip: 0 },
  { bytes: [0x00, 0x3c], encoding: 'utf-16be', skip: 0 },
];

const startsWith = (bytes: Uint8Array, prefix: readonly number[]) => prefix.every((byte, at) => bytes[at] === byte);

/** The encoding named in the XML declaration, read as ASCII; a declaration is short, so only the first bytes count. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1] ?? null;
}

export function decodeText(bytes: Uint8Array): DecodedText | Refusal {
  const mark = marks.find((candidate) => startsWith(bytes, candidate.bytes));
  const declared = mark ? null : declaredEncoding(bytes);
  const named = declared === null ? 'utf-8' : entryOf(encodings, declared.toLowerCase());
  // A declaration that could be read byte by byte is not in UTF-16, whatever it says: text written for another stream and sent as UTF-8.
  const encoding = mark?.encoding ?? (named?.startsWith('utf-16') ? 'utf-8' : named);
  if (!encoding) return refuse('encoding', `encoding ${declared} is not one that is read here`, 0);
  const skip = mark?.skip ?? 0;
  const body = bytes.subarray(skip);
  // The decoder swallows an odd last byte in some encodings; UTF-16 with an odd length is cut off.
  if (encoding.startsWith('utf-16') && body.length % 2 === 1)
    return refuse('truncated', 'half a UTF-16 code unit at the end', bytes.length);
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
    return { text, encoding, byteOffset: offsetIn(text, encoding, skip) };
  } catch {
    return refuse('encoding', `the bytes are not ${encoding}`, encoding === 'utf-8' ? skip + validUtf8(body) : null);
  }
}

const offsetIn = (text: string, encoding: string, skip: number) => (index: number) => {
  if (encoding === 'utf-8') return skip + Buffer.byteLength(text.slice(0, index), 'utf8');
  if (encoding.startsWith('utf-16')) return skip + index * 2;
  return encoding === 'gb18030' || encoding === 'big5' ? null : skip + index;
};

/** How many leading bytes are sound UTF-8: where a decoder that replaces bad bytes first differs from what was sent. */
export function validUtf8(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let at = 0;
  for (const character of lenient) {
    const length = Buffer.byteLength(character, 'utf8');
    const sound = character !== '\ufffd' || startsWith(bytes.subarray(at), [0xef, 0xbf, 0xbd]);
    if (!sound) return at;
    at += length;
  }
  return at;
}
