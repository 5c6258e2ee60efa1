import { checksum, checksumText, dialectOf } from './checksum.ts';
import { checksumBytes, fourHex, headAt, isLineEnd } from './frame.ts';

const star = 0x2a;
/**
 * The bytes as they may be kept: every password is replaced by asterisks of its length. Where the checksum was right it is made right
 * again by the same algorithm, so that what is kept can be decoded again; where it was wrong it stays as it was sent.
 */
export function redact(frame: Uint8Array): Uint8Array {
  const text = Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('latin1');
  const kept = Uint8Array.from(frame);

  let end = frame.length;
  while (end > 0 && isLineEnd(frame[end - 1])) end--;
  const checksumAt = end - checksumBytes;
  const stated = fourHex(frame, checksumAt);
  const textEnd = stated === null ? frame.length : checksumAt;
  for (const span of passwordsIn(text)) kept.fill(star, span.start, Math.min(span.end, textEnd));
  const head = headAt(frame, 0);
  if (stated === null || head === 'maybe' || head === 0 || checksumAt < head) return kept;
  const dialect = dialectOf(frame.subarray(head, checksumAt), stated);
  if (dialect) kept.set(Buffer.from(checksumText(checksum(kept.subarray(head, checksumAt), dialect))), checksumAt);
  return kept;
}

type Span = { readonly start: number; readonly end: number };

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[a-z]/i.test(letter);

/** Where the field that holds `at` ends: at a separator, or where the data section does. */
function fieldEnd(text: string, at: number): number {
  for (let end = at; end < text.length; end++) {
    const letter = text[end];
    if (letter === ';' || letter === ',' || (letter === '&' && text[end + 1] === '&')) return end;
  }
  return text.length;
}

/** Every value behind a name of letters that ends in PW, as `decode` finds them; a comma inside a password does not end it. */
function passwordsIn(text: string): Span[] {
  const spans: Span[] = [];
  const lower = text.toLowerCase();
  for (let at = lower.indexOf('pw'); at !== -1; at = lower.indexOf('pw', at + 2)) {
    let equals = at + 2;
    while (text[equals] === ' ') equals++;
    if (text[equals] !== '=') continue;
    let first = at;
    while (isLetter(text[first - 1])) first--;
    const before = text.slice(0, first).trimEnd();
    const begins = before === '' || /[;,&=]$/.test(before) || /^##\d{3,4}$/.test(before);
    if (!begins) continue;
    let end = fieldEnd(text, equals + 1);
    while (text[end] === ',') {
      const next = fieldEnd(text, end + 1);
      if (text.slice(end + 1, next).includes('=')) break;
      end = next;
    }
    spans.push({ start: equals + 1, end });
  }
  return spans;
}
