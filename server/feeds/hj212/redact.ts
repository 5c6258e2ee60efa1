import { checksum, checksumText, dialectOf } from './checksum.ts';
import { checksumBytes, fourHex, headBytes, isLineEnd } from './frame.ts';

const star = 0x2a;
const password = /(^(?:##\d{4})?|[;,&]\s*)([A-Za-z]*pw\s*=)([^;,&]*)/gi;

/**
 * The bytes as they may be kept: every password is replaced by asterisks of its length. Where the checksum was right it is made right
 * again by the same algorithm, so that what is kept can be decoded again; where it was wrong it stays as it was sent.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const text = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1');
  const kept = Uint8Array.from(frame);
  for (const { index, 0: whole, 3: value = '' } of text.matchAll(password))
    kept.fill(star, index + whole.length - value.length, index + whole.length);

  let end = frame.length;
  while (end > 0 && isLineEnd(frame[end - 1])) end--;
  const checksumAt = end - checksumBytes;
  const stated = fourHex(frame, checksumAt);
  if (stated === null || checksumAt < headBytes) return kept;
  const dialect = dialectOf(frame.subarray(headBytes, checksumAt), stated);
  if (dialect) kept.set(Buffer.from(checksumText(checksum(kept.subarray(headBytes, checksumAt), dialect))), checksumAt);
  return kept;
}
