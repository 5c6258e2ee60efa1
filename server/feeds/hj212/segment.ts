import { type Refusal, refuse } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { type ChecksumDialect, dialectOf } from './checksum.ts';
import { checksumBytes, fourHex, headAt, isLineEnd, maxFrameBytes, statedLength } from './frame.ts';

export type Segment = {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly checksum: ChecksumDialect;
  /** The length was stated in three digits. */
  readonly unpadded: boolean;
};

const paddedHead = 6;

/** What one frame holds: head, stated length and checksum are judged here, the meaning of the segment is not. */
export function readSegment(frame: Uint8Array): Segment | Refusal {
  if (frame.length === 0) return refuse('empty', 'no bytes');
  if (frame.length > maxFrameBytes + 2) return refuse('too_large', `longer than ${maxFrameBytes} bytes`, maxFrameBytes);
  let end = frame.length;
  while (end > 0 && isLineEnd(frame[end - 1])) end--;
  const head = headAt(frame, 0);
  if (head === 0 || head === 'maybe') return refuse('framing', 'does not begin with ## and four digits', 0);
  const stated = statedLength(frame, 0, head);
  const actual = end - head - checksumBytes;
  const checksumAt = end - checksumBytes;
  const ended = /&&[\da-f]{4}$/i.test(latin(frame.subarray(Math.max(0, end - 6), end)));
  if (ended && isEncrypted(frame))
    return refuse('unsupported', 'the data section is encrypted (HJ 212-2025 §6.4)', head);
  if (actual !== stated) {
    const cutOff = actual < stated && !ended;
    return cutOff
      ? refuse('truncated', `ends ${stated - actual} bytes before the stated length of ${stated}`, end)
      : refuse('length', `stated ${stated} bytes of data segment, there are ${Math.max(0, actual)}`, 2);
  }
  const checksum = fourHex(frame, checksumAt);
  if (checksum === null) return refuse('framing', 'no four hexadecimal digits of checksum at the end', checksumAt);
  const bytes = frame.subarray(head, checksumAt);
  const dialect = dialectOf(bytes, checksum);
  if (!dialect) return refuse('checksum', 'right by none of the three algorithms in use', checksumAt);
  return { text: textOf(bytes), bytes, checksum: dialect, unpadded: head < paddedHead };
}

/** SM4 blocks written as `{0x12,0x34}`. Its stated length and its checksum are those of what was encrypted. */
const isEncrypted = (frame: Uint8Array): boolean =>
  /;\s*CP=&&\{0x[\da-f]{2}[,}]/i.test(latin(frame.subarray(0, longestHeader)));
const longestHeader = 512;

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
const utf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030');

/** The standard is ASCII; device logs (3020) bring Chinese in either encoding. The separators are ASCII in both. */
function textOf(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 0x80)) return latin(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return gb18030.decode(bytes); // Not UTF-8: then it is GBK, which decodes anything.
  }
}

export type Sections = {
  readonly header: Record<string, string>;
  readonly password: Secret | null;
  /** What stands between the two `&&`. */
  readonly cp: string;
};

const headerNames = ['QN', 'ST', 'CN', 'MN', 'Flag', 'RF', 'PNUM', 'PNO'];
const canonical = new Map(headerNames.map((name) => [name.toLowerCase(), name]));

/** `QN=…;ST=…;…;CP=&&…&&`. Names in any case, and a comma where a semicolon belongs, are field reality. */
export function readSections(text: string): Sections | Refusal {
  const start = /(?:^|[;,])\s*CP\s*=/i.exec(text);
  if (!start) return refuse('schema', 'the data segment has no CP', paddedHead);
  const header: Record<string, string> = {};
  let password: Secret | null = null;
  for (const pair of text.slice(0, start.index).split(/[;,]/)) {
    const equals = pair.indexOf('=');
    if (equals <= 0) continue;
    const name = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    if (isPassword(name)) password ??= new Secret(value);
    else header[canonical.get(name.toLowerCase()) ?? name] ??= value;
  }
  let cp = text.slice(start.index + start[0].length).trim();
  if (cp.startsWith('&&')) cp = cp.slice(2);
  if (cp.endsWith('&&')) cp = cp.slice(0, -2);
  return { header, password, cp };
}

/** PW, and NewPW, OverPW and the like of the command that sets it (1072). */
export const isPassword = (name: string): boolean => /^[a-z]*pw$/i.test(name);
