import type { Framed } from '../contract.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { crc } from './crc.ts';

/** JT/T 809 §4.4: a frame stands between 5b and 5d; inside, 5b and 5a are sent as 5a 01 and 5a 02, 5d and 5e as 5e 01 and 5e 02. */
export const head = 0x5b;
export const tail = 0x5d;
const escapes = new Map([
  [0x5a01, 0x5b],
  [0x5a02, 0x5a],
  [0x5e01, 0x5d],
  [0x5e02, 0x5e],
]);

/** Vehicle pictures (0x1502) are the largest: some 100 KiB. */
export const maxFrameBytes = 256 * 1024;
/** length 4, serial 4, id 2, centre 4, version 3, encrypted 1, key 4. */
export const shortHeaderBytes = 22;
const crcBytes = 2;
/** Both marks are counted by the length field. */
const leastFrameBytes = 2 + shortHeaderBytes + crcBytes;

/** `bare`: a byte stood there that its sender should have escaped. */
export type Unwrapped = { readonly content: Uint8Array; readonly bare: boolean };

const specials = [0x5b, 0x5a, 0x5d, 0x5e];
const isSpecial = (byte: number): boolean => byte === 0x5b || byte === 0x5a || byte === 0x5d || byte === 0x5e;

/** The bytes between two marks without their escapes. What is no escape is taken as it stands: the checksum tells whether that was right. */
export function withoutEscapes(inner: Uint8Array): Unwrapped {
  if (!specials.some((byte) => inner.includes(byte))) return { content: inner, bare: false };
  const content = new Uint8Array(inner.length);
  let length = 0;
  let bare = false;
  for (let at = 0; at < inner.length; at++) {
    const byte = inner[at]!;
    if (byte < 0x5a || byte > 0x5e) {
      content[length++] = byte;
      continue;
    }
    const meant = escapes.get((byte << 8) | (inner[at + 1] ?? 0));
    if (meant !== undefined) at++;
    else bare ||= isSpecial(byte);
    content[length++] = meant ?? byte;
  }
  return { content: content.subarray(0, length), bare };
}

const statedLength = (content: Uint8Array): number =>
  content[0]! * 0x1000000 + ((content[1]! << 16) | (content[2]! << 8) | content[3]!);

/** Whether length and checksum of content fit. */
export const holdsTogether = (content: Uint8Array): boolean =>
  content.length >= shortHeaderBytes + crcBytes &&
  statedLength(content) === content.length + 2 &&
  crc(content, content.length - crcBytes) === ((content[content.length - 2]! << 8) | content[content.length - 1]!);

/** Some senders (and many logs) escape nothing at all; then an escape that seems to be there is none. */
export function unwrapBest(inner: Uint8Array): Unwrapped {
  const unescaped = withoutEscapes(inner);
  if (unescaped.content.length === inner.length || statedLength(inner) !== inner.length + 2) return unescaped;
  return holdsTogether(unescaped.content) || !holdsTogether(inner) ? unescaped : { content: inner, bare: true };
}

export function unwrap(frame: Uint8Array): Unwrapped | Refusal {
  const end = frame.length - 1;
  if (frame.length === 0) return refuse('empty', 'no bytes');
  if (frame[0] !== head) return refuse('framing', 'does not begin with 5b', 0);
  if (frame.length > maxFrameBytes) return refuse('too_large', `longer than ${maxFrameBytes} bytes`, maxFrameBytes);
  if (frame[end] !== tail || end === 0) return refuse('truncated', 'the closing 5d is missing', frame.length);
  if (end === 1) return refuse('empty', 'nothing between the marks', 0);
  return unwrapBest(frame.subarray(1, end));
}

/** Header and body with their checksum, escaped and marked. The length field is the caller's. */
export function enclose(content: Uint8Array): Uint8Array {
  const sum = crc(content);
  const frame = new Uint8Array((content.length + crcBytes) * 2 + 2);
  let length = 0;
  const put = (byte: number) => {
    if (isSpecial(byte)) {
      frame[length++] = byte === 0x5b || byte === 0x5a ? 0x5a : 0x5e;
      frame[length++] = byte === 0x5b || byte === 0x5d ? 0x01 : 0x02;
    } else frame[length++] = byte;
  };
  frame[length++] = head;
  for (const byte of content) put(byte);
  put(sum >> 8);
  put(sum & 0xff);
  frame[length++] = tail;
  return frame.slice(0, length);
}

/** How many unescaped marks inside one frame are looked past. */
const mostBareMarks = 4;

type End =
  | { readonly kind: 'frame'; readonly start: number; readonly end: number }
  | { readonly kind: 'noise'; readonly end: number }
  | { readonly kind: 'wait'; readonly closed: boolean };

const waitOr = (buffer: Uint8Array, start: number, otherwise: End): End =>
  buffer.length - start < maxFrameBytes ? { kind: 'wait', closed: buffer[buffer.length - 1] === tail } : otherwise;

/**
 * Where the frame that begins at `start` ends. Normally at the next mark. Where it is shorter there than its length field says, either its
 * sender forgot to escape a byte (a later 5d makes it whole) or its end was lost (a whole frame begins at the next 5b). Every decision
 * rests on the bytes up to a mark only, so that it does not matter how the stream was torn.
 */
function findEnd(buffer: Uint8Array, start: number): End {
  let first = -1;
  let opened = -1;
  for (let at = start + 1, marks = 0; ; marks++) {
    while (at < buffer.length && buffer[at] !== head && buffer[at] !== tail) at++;
    const ended = at >= buffer.length || at - start >= maxFrameBytes;
    if (first === -1) first = at;
    const giveUp: End = buffer[first] === tail ? { kind: 'frame', start, end: first } : { kind: 'noise', end: first };
    if (ended) return waitOr(buffer, start, giveUp);
    /** Not even a length: at once, because a line of marks must cost nothing. */
    if (at - start <= 4) return giveUp;
    const closes = buffer[at] === tail;
    const { content } = withoutEscapes(buffer.subarray(start + 1, at));
    const stated = content.length >= 4 ? statedLength(content) : 0;
    if (closes && (stated === content.length + 2 || holdsTogether(buffer.subarray(start + 1, at))))
      return { kind: 'frame', start, end: at };
    if (closes && opened !== -1 && holdsTogether(unwrapBest(buffer.subarray(opened + 1, at)).content))
      return buffer[first] === tail ? giveUp : { kind: 'noise', end: opened };
    const hopeless =
      stated < leastFrameBytes || stated > maxFrameBytes || content.length + 2 >= stated || marks >= mostBareMarks;
    if (hopeless) return giveUp;
    if (!closes) opened = at;
    at++;
  }
}

/** Cuts a stream. The result does not depend on how it was torn into pieces, work is linear, and no more than one frame is kept. */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  let start = 0;
  while (start < buffer.length) {
    const next = buffer.indexOf(head, start);
    if (next === -1) return { frames, rest: new Uint8Array(0), noise: noise + buffer.length - start };
    noise += next - start;
    start = next;
    const found = findEnd(buffer, start);
    if (found.kind === 'wait') return { frames, rest: buffer.subarray(start), noise, closed: found.closed };
    if (found.kind === 'frame') {
      frames.push(buffer.subarray(found.start, found.end + 1));
      start = found.end + 1;
    } else {
      noise += found.end - start;
      start = found.end;
    }
  }
  return { frames, rest: new Uint8Array(0), noise };
}
