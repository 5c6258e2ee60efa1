import type { Framed } from '../contract.ts';
import { checksum } from './checksum.ts';
import { type Head, headAt, isEnd, layouts, lengthsOf, statedChecksum, tailByte } from './layout.ts';

/** How many possible heads inside a frame are looked into for a whole frame that came before it could end. */
const mostInner = 8;

/** What a buffer is known to hold at each place; nothing is computed twice in one call. */
type Known = Map<number, number | null>;

function isRight(buffer: Uint8Array, start: number, end: number, { form }: Head): boolean {
  const sumAt = end - layouts[form].checksum;
  return isEnd(buffer[sumAt - 1]) && statedChecksum(buffer, form, end) === checksum(buffer, start, sumAt);
}

/** Where a whole frame with its right checksum ends that begins here; null where none does, or is not here yet. */
function rightEnd(buffer: Uint8Array, start: number, head: Head, known: Known): number | null {
  const before = known.get(start);
  if (before !== undefined) return before;
  const end = lengthsOf(head)
    .map((length) => start + length)
    .find((one) => one <= buffer.length && isRight(buffer, start, one, head));
  known.set(start, end ?? null);
  return end ?? null;
}

const mayBegin = (byte: number | undefined): boolean => byte === 0x7e || byte === 0x01;

/** The first place of a whole frame that ends before `limit` inside the one at `start`: the outer head was false, or its frame cut off. */
function innerFrame(buffer: Uint8Array, start: number, limit: number, known: Known): number | null {
  let best: { at: number; end: number } | null = null;
  let seen = 0;
  for (let at = start + 1; at < Math.min(limit, buffer.length) && seen < mostInner; at++) {
    if (!mayBegin(buffer[at])) continue;
    const head = headAt(buffer, at);
    if (head === null || head === 'maybe') continue;
    seen++;
    const end = rightEnd(buffer, at, head, known);
    if (end !== null && end < limit && end < (best?.end ?? Number.POSITIVE_INFINITY)) best = { at, end };
  }
  return best?.at ?? null;
}

/**
 * Where the bytes of a damaged frame end: at the next possible head of its form, or where it would have ended. A lone first byte of a
 * head at the very end (a byte got lost on the line) is only known for one with the byte after it.
 */
function damagedEnd(buffer: Uint8Array, start: number, end: number): number | 'wait' {
  const first = buffer[start];
  for (let at = start + 2; at < end; at++) {
    const mayBe = buffer[at] === first || (mayBegin(buffer[at]) && at + otherFormBytes <= end);
    if (!mayBe || headAt(buffer, at, end) === null) continue;
    if (at < end - 1) return at;
    if (buffer.length === end) return 'wait';
    return headAt(buffer, at, end + 1) === null ? end : at;
  }
  return end;
}

/** So many bytes must agree before a head of the other form is believed: stations keep to one. */
const otherFormBytes = 4;

type Cut = number | 'wait';

/** Each decision counts from the moment its last byte is there, so that the result does not depend on how the stream was torn. */
function cutFrame(buffer: Uint8Array, start: number, head: Head, known: Known): Cut {
  const [shortest = 0, ...longer] = lengthsOf(head);
  const end = start + shortest;
  const inner = innerFrame(buffer, start, end, known);
  if (inner !== null) return inner;
  if (end > buffer.length) return 'wait';
  const right = rightEnd(buffer, start, head, known);
  if (right !== null) return right;
  if (longer.some((length) => start + length > buffer.length)) return 'wait';
  const ended = [shortest, ...longer].find((length) => isEnd(buffer[start + length - layouts[head.form].checksum - 1]));
  return damagedEnd(buffer, start, start + (ended ?? shortest));
}

/**
 * Cuts a stream of either form. There is no escaping: length and checksum decide, and `7e7e` may stand inside. Damaged frames are handed
 * over as they are, to be refused with their reason. No more is kept than the longest frame.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  const known: Known = new Map();
  let noise = 0;
  let at = 0;
  let waiting: Head | null = null;
  while (at < buffer.length) {
    const head = headAt(buffer, at);
    if (head === 'maybe') break;
    if (head === null) {
      const next = buffer[at] === tailByte ? headAt(buffer, at + 1) : null;
      /** What stands between two frames may be the tail of the first; one byte more may be needed to know. */
      if (next === 'maybe' && at + 1 < buffer.length) break;
      if (next === null && buffer[at] !== 0x0d && buffer[at] !== 0x0a) noise++;
      at++;
      continue;
    }
    const cut = cutFrame(buffer, at, head, known);
    if (cut === 'wait') {
      waiting = head;
      break;
    }
    frames.push(buffer.subarray(at, cut));
    at = cut;
  }
  const rest = buffer.subarray(at);
  const closed = waiting !== null && rest.length >= lengthsOf(waiting)[0]!;
  const idle = frames.length > 0 && rest.length === 1 && rest[0] === tailByte;
  return { frames, rest, noise, ...(closed && { closed }), ...(idle && { idle }) };
}
