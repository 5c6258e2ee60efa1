import type { Framed } from '../contract.ts';

/**
 * GB/T 26875.3 §7: `40 40`, 25 bytes of control unit, up to 1,024 bytes of application data, a checksum, `23 23`. Nothing is escaped:
 * `40 40` and `23 23` may stand anywhere inside, and only the length tells where a frame ends.
 */
const startByte = 0x40;
const endByte = 0x23;
export const lengthAt = 24;
export const headerBytes = 27;
export const minFrameBytes = 30;
export const maxUnitBytes = 1024;
export const longestFrame = minFrameBytes + maxUnitBytes;
/** What may wait for more bytes: a frame with a wrong checksum in which another one may have begun. */
export const maxFrameBytes = 2 * longestFrame;

/** The sum of everything between the start and the checksum, modulo 256. */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += bytes[at]!;
  return sum & 0xff;
}

/** Where `40 40` stands next, or -1. */
function nextStart(buffer: Uint8Array, from: number): number {
  for (let at = buffer.indexOf(startByte, from); at !== -1; at = buffer.indexOf(startByte, at + 1))
    if (buffer[at + 1] === startByte) return at;
  return -1;
}

const endsAt = (buffer: Uint8Array, end: number): boolean => buffer[end - 1] === endByte && buffer[end - 2] === endByte;

/** Where the frame that begins here ends by its own length; `no` where that cannot be, `wait` where more bytes must tell. */
function endOf(buffer: Uint8Array, start: number): number | 'no' | 'wait' {
  if (start + lengthAt + 2 > buffer.length) return 'wait';
  const unit = buffer[start + lengthAt]! | (buffer[start + lengthAt + 1]! << 8);
  if (unit > maxUnitBytes) return 'no';
  const end = start + minFrameBytes + unit;
  if (end > buffer.length) return 'wait';
  return endsAt(buffer, end) ? end : 'no';
}

type Span = { readonly start: number; readonly end: number };

/** Sums from the beginning, so that the checksum of any candidate costs one subtraction. Bytes wrap by themselves. */
function runningSums(buffer: Uint8Array): Uint8Array {
  const sums = new Uint8Array(buffer.length + 1);
  for (let at = 0; at < buffer.length; at++) sums[at + 1] = sums[at]! + buffer[at]!;
  return sums;
}

/**
 * The sound frame (length, end and checksum right) that ends first. A `40 40` in noise may claim a thousand bytes behind it;
 * whatever it claims, a sound frame inside them wins, and so the answer does not depend on how many bytes have come.
 */
function firstSound(buffer: Uint8Array, from: number, sums: Uint8Array): Span | null {
  let best: Span | null = null;
  for (let start = nextStart(buffer, from); start !== -1; start = nextStart(buffer, start + 1)) {
    if (best && start + minFrameBytes > best.end) break;
    const end = endOf(buffer, start);
    if (typeof end !== 'number' || (best && end >= best.end)) continue;
    const sum = (sums[end - 3]! - sums[start + 2]!) & 0xff;
    if (sum === buffer[end - 3]) best = { start, end };
  }
  return best;
}

/**
 * Cuts a stream. Between sound frames, whole frames with a wrong checksum and pieces from `40 40` to `23 23` of the wrong length (vendors'
 * short replies) are handed on to be refused by name; the rest is noise. Linear in the bytes, and nothing past `maxFrameBytes` is kept.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  let at = 0;

  const piece = (start: number, end: number) => {
    const named = end - start >= 4 && end - start < longestFrame && endsAt(buffer, end);
    if (named) frames.push(buffer.subarray(start, end));
    else noise += end - start;
  };

  /** What lies before a sound frame. */
  const settle = (from: number, to: number) => {
    for (let start = from; start < to; ) {
      const next = nextStart(buffer, start);
      if (next !== start) {
        const until = next === -1 || next > to ? to : next;
        noise += until - start;
        start = until;
        continue;
      }
      const end = endOf(buffer, start);
      if (typeof end === 'number' && end <= to) {
        frames.push(buffer.subarray(start, end));
        start = end;
        continue;
      }
      const following = nextStart(buffer, start + 1);
      const until = following === -1 || following > to ? to : following;
      piece(start, until);
      start = until;
    }
  };

  const sums = runningSums(buffer);
  for (let sound = firstSound(buffer, at, sums); sound; sound = firstSound(buffer, at, sums)) {
    settle(at, sound.start);
    frames.push(buffer.subarray(sound.start, sound.end));
    at = sound.end;
  }

  const waiting = firstWaiting(buffer, at);
  for (;;) {
    const start = nextStart(buffer, at);
    if (start === -1) {
      const keep = buffer.length > at && buffer[buffer.length - 1] === startByte ? 1 : 0;
      noise += buffer.length - keep - at;
      return { frames, noise, rest: buffer.subarray(buffer.length - keep) };
    }
    noise += start - at;
    at = start;
    const end = endOf(buffer, start);
    if (typeof end === 'number' && (waiting === -1 || waiting >= end)) {
      frames.push(buffer.subarray(start, end));
      at = end;
      continue;
    }
    const following = nextStart(buffer, start + 1);
    if (end !== 'no' || (following === -1 && buffer.length - start <= longestFrame)) {
      const rest = buffer.subarray(start);
      return { frames, noise, rest, closed: endsAt(buffer, buffer.length) };
    }
    if (following === -1) {
      noise += 2;
      at = start + 2;
      continue;
    }
    piece(start, following);
    at = following;
  }
}

/** The first start whose frame is not complete; it can only be among the last bytes. */
function firstWaiting(buffer: Uint8Array, from: number): number {
  const earliest = Math.max(from, buffer.length - longestFrame);
  for (let start = nextStart(buffer, earliest); start !== -1; start = nextStart(buffer, start + 1))
    if (endOf(buffer, start) === 'wait') return start;
  return -1;
}
