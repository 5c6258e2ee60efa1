import type { Framed } from '../contract.ts';
import { dialectOf } from './checksum.ts';

/** `##`, four digits for the bytes of the data segment, the segment, four digits of checksum (HJ 212-2017 §6.3). CR LF follows, or not. */
const headBytes = 6;
/** Some senders do not pad a length of three digits. */
const shortHeadBytes = 5;
export const checksumBytes = 4;
/** The longest that four digits can state, with room for the tail of a frame whose stated length is wrong. */
export const maxFrameBytes = 10_240;

const hash = 0x23;
const ampersand = 0x26;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isLetter = (byte: number | undefined): boolean => byte !== undefined && ((byte | 0x20) - 0x61) >>> 0 < 26;
const isHex = (byte: number | undefined): boolean =>
  isDigit(byte) || (byte !== undefined && ((byte | 0x20) - 0x61) >>> 0 < 6);
export const isLineEnd = (byte: number | undefined): boolean => byte === 0x0d || byte === 0x0a;

/** How long the head at `at` is: `##dddd`, or `##ddd` before a letter. 0 where there is none, 'maybe' where the buffer ends before that is known. */
export function headAt(buffer: Uint8Array, at: number): number | 'maybe' {
  for (let index = 0; index < headBytes; index++) {
    if (at + index >= buffer.length) return 'maybe';
    const byte = buffer[at + index];
    if (index < 2 ? byte === hash : isDigit(byte)) continue;
    return index === shortHeadBytes && isLetter(byte) ? shortHeadBytes : 0;
  }
  return headBytes;
}

export function fourHex(bytes: Uint8Array, at: number): number | null {
  if (at < 0 || ![0, 1, 2, 3].every((index) => isHex(bytes[at + index]))) return null;
  return Number.parseInt(String.fromCharCode(...bytes.subarray(at, at + 4)), 16);
}

/** Of a head of so many bytes. */
export function statedLength(buffer: Uint8Array, at: number, head: number): number {
  let length = 0;
  for (let index = 2; index < head; index++) length = length * 10 + buffer[at + index]! - 48;
  return length;
}

/** `&&` and four hexadecimal digits: the end of the data segment and its checksum. */
const endsAt = (buffer: Uint8Array, at: number): boolean =>
  buffer[at] === ampersand && buffer[at + 1] === ampersand && fourHex(buffer, at + 2) !== null;

/** A head followed by a letter: inside a frame that is the next one, and the frame before it was cut off. */
function beginsAt(buffer: Uint8Array, at: number): boolean {
  const head = headAt(buffer, at);
  return head !== 'maybe' && head !== 0 && isLetter(buffer[at + head]);
}

type Cut = { readonly end: number; readonly frame: boolean } | 'wait';

/**
 * Where the frame at `start` ends. The stated length rules where it fits; a frame that ends (`&&`, checksum, line end) or is followed by
 * another before that was stated or sent wrongly, and is handed over as it is, so that what follows it is not lost. Each sign counts from
 * the moment its last byte is there, so that the result does not depend on how the stream was torn.
 */
function cutFrame(buffer: Uint8Array, start: number, head: number): Cut {
  const stated = start + head + statedLength(buffer, start, head) + checksumBytes;
  const limit = start + maxFrameBytes;
  let believed = true;
  for (let at = start + head; ; at++) {
    if (believed && at + 7 > stated && stated <= buffer.length) {
      if (holds(buffer, start + head, stated)) return { end: stated, frame: true };
      believed = false;
    }
    if (at + 7 > limit) return limit <= buffer.length ? { end: limit - headBytes, frame: false } : 'wait';
    if (at >= buffer.length) return 'wait';
    const byte = buffer[at];
    if (byte === ampersand && endsAt(buffer, at) && isLineEnd(buffer[at + 6])) return { end: at + 6, frame: true };
    if (byte === hash && beginsAt(buffer, at)) return { end: at, frame: true };
  }
}

/** Whether a frame of the stated length looks like one: its checksum is right, or it ends as frames do. */
function holds(buffer: Uint8Array, from: number, end: number): boolean {
  const stated = fourHex(buffer, end - checksumBytes);
  if (stated === null) return false;
  if (endsAt(buffer, end - 6)) return true;
  return dialectOf(buffer.subarray(from, end - checksumBytes), stated) !== null;
}

/**
 * Cuts a stream. Line ends between frames are skipped, anything else that belongs to no frame is counted. No more is kept than the
 * longest frame, and every byte is looked at a bounded number of times.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  let at = 0;
  while (at < buffer.length) {
    const head = headAt(buffer, at);
    if (head === 'maybe') break;
    if (head === 0) {
      if (!isLineEnd(buffer[at])) noise++;
      at++;
      continue;
    }
    const cut = cutFrame(buffer, at, head);
    if (cut === 'wait') break;
    if (cut.frame) frames.push(buffer.subarray(at, cut.end));
    else noise += cut.end - at;
    at = cut.end;
  }
  const rest = buffer.subarray(at);
  return rest.length > headBytes && endsAt(rest, rest.length - 6)
    ? { frames, rest, noise, closed: true }
    : { frames, rest, noise };
}
