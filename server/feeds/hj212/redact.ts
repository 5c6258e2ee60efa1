import { checksum, checksumText, dialectOf } from './checksum.ts';
import { checksumBytes, fourHex, headBytes, isLineEnd } from './frame.ts';

const star = 0x2a;
/**
 * The bytes as they may be kept: every password is replaced by asterisks of its length. Where the checksum was right it is made right
 * again by the same algorithm, so that what is kept can be decoded again; where it was wrong it stays as it was sent.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const text = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1');
  const kept = Uint8Array.from(frame);
  for (const { start, end } of passwordsIn(text)) kept.fill(star, start, end);

  let end = frame.length;
  while (end > 0 && isLineEnd(frame[end - 1])) end--;
  const checksumAt = end - checksumBytes;
  const stated = fourHex(frame, checksumAt);
  if (stated === null || checksumAt < headBytes) return kept;
  const dialect = dialectOf(frame.subarray(headBytes, checksumAt), stated);
  if (dialect) kept.set(Buffer.from(checksumText(checksum(kept.subarray(headBytes, checksumAt), dialect))), checksumAt);
  return kept;
}

type Span = { readonly start: number; readonly end: number };

/** Every value behind a name that ends in PW. A name begins at a separator, the head of the frame, or where the bytes begin. */
function passwordsIn(text: string): Span[] {
  const spans: Span[] = [];
  const lower = text.toLowerCase();
  for (let at = lower.indexOf('pw'); at !== -1; at = lower.indexOf('pw', at + 2)) {
    let equals = at + 2;
    while (text[equals] === ' ') equals++;
    if (text[equals] !== '=') continue;
    const start = equals + 1;
    let end = start;
    while (end < text.length && !separators.has(text[end]!)) end++;
    spans.push({ start, end });
  }
  return spans;
}

const separators = new Set([';', ',', '&']);
