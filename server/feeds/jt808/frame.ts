import type { Framed } from '../contract.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** JT/T 808 §4.4.1: a frame stands between two 0x7e; inside, 7e is sent as 7d 02 and 7d as 7d 01. */
const flag = 0x7e;
const escapeByte = 0x7d;

/** id 2, properties 2, version 1, terminal 10, serial 2, sub-package 4, body 1023, checksum 1; every byte escaped; two flags. */
export const maxFrameBytes = (2 + 2 + 1 + 10 + 2 + 4 + 1023 + 1) * 2 + 2;
/** id 2, properties 2, terminal 6, serial 2, checksum 1. */
export const minContentBytes = 13;

export function checksum(bytes: Uint8Array, end = bytes.length): number {
  let sum = 0;
  for (let at = 0; at < end; at++) sum ^= bytes[at]!;
  return sum;
}

/** `bareAt`: where a 7e or 7d stood that the sender forgot to escape; null in a clean frame. */
export type Unwrapped = { readonly content: Uint8Array; readonly bareAt: number | null };

/**
 * The content between the flags. The leading flag may be missing, because some terminals send one flag between two frames.
 * Bytes that should have been escaped are taken as they stand: whether that was right, the checksum tells.
 */
export function unwrap(frame: Uint8Array): Unwrapped | Refusal {
  const end = frame.length - 1;
  if (frame.length === 0) return refuse('empty', 'no bytes');
  if (frame[end] !== flag) return refuse('truncated', 'the closing 7e is missing', frame.length);
  const start = frame[0] === flag ? 1 : 0;
  if (end <= start) return refuse('empty', 'nothing between the flags', 0);
  if (frame.length > maxFrameBytes) return refuse('too_large', `longer than ${maxFrameBytes} bytes`, maxFrameBytes);
  const inner = frame.indexOf(flag, start);
  let bareAt = inner === end ? null : inner;
  if (frame.indexOf(escapeByte, start) === -1) return { content: frame.subarray(start, end), bareAt };

  const content = new Uint8Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = frame[at]!;
    const code = byte === escapeByte ? frame[at + 1] : undefined;
    if (code === 0x01 || code === 0x02) {
      content[length++] = code === 0x01 ? escapeByte : flag;
      at++;
    } else {
      content[length++] = byte;
      if (byte === escapeByte) bareAt ??= at;
    }
  }
  return { content: content.subarray(0, length), bareAt };
}

/** Content with its checksum appended, escaped and flagged. */
export function enclose(content: Uint8Array): Uint8Array {
  const frame = new Uint8Array(content.length * 2 + 4);
  let length = 0;
  const put = (byte: number) => {
    if (byte === flag || byte === escapeByte) {
      frame[length++] = escapeByte;
      frame[length++] = byte === escapeByte ? 0x01 : 0x02;
    } else frame[length++] = byte;
  };
  frame[length++] = flag;
  for (const byte of content) put(byte);
  put(checksum(content));
  frame[length++] = flag;
  return frame.slice(0, length);
}

/** Whether bytes up to and with a flag are content with its right checksum. */
function holdsTogether(segment: Uint8Array): boolean {
  const unwrapped = unwrap(segment);
  if ('refused' in unwrapped) return false;
  const { content } = unwrapped;
  return content.length >= minContentBytes && checksum(content, content.length - 1) === content[content.length - 1];
}

/** Ids of the standard begin with 00–0f (terminal), 8x (platform), 1x and 9x (video): anything else in a gap is noise at once. */
const beginsLikeFrame = (byte: number): boolean => byte < 0x20 || (byte & 0xe0) === 0x80;

/** The fewest bytes that a frame with this header takes. */
function leastBytes(segment: Uint8Array): number {
  const properties = (segment[3]! << 8) | segment[4]!;
  const header = (properties & 0x4000 ? 17 : 12) + (properties & 0x2000 ? 4 : 0);
  return header + (properties & 0x03ff) + 3;
}

/** How many unescaped flags inside one frame are looked past. */
const mostBareFlags = 4;

/**
 * Some terminals do not escape a 7e inside their frame. A segment that is shorter than its header says and has no right checksum may
 * be the first piece of one: where a later flag makes it whole, that is its end. `wait`: more bytes must come before this is known.
 */
function findEnd(buffer: Uint8Array, start: number, end: number): number | 'wait' {
  const segment = buffer.subarray(start, end + 1);
  if (segment.length < 6 || segment.length >= leastBytes(segment) || holdsTogether(segment)) return end;
  let last = end;
  for (let flags = 0; flags <= mostBareFlags; flags++) {
    if (last + 1 === buffer.length) return last - start + 1 < maxFrameBytes ? 'wait' : end;
    if (buffer[last + 1] === flag) return end;
    const next = buffer.indexOf(flag, last + 1);
    if (next === -1) return buffer.length - start < maxFrameBytes ? 'wait' : end;
    if (next - start >= maxFrameBytes) return end;
    const longer = buffer.subarray(start, next + 1);
    if (longer.length >= leastBytes(segment) && holdsTogether(longer)) return next;
    last = next;
  }
  return end;
}

/**
 * Cuts a stream. The result does not depend on how the stream was torn into pieces: all that must be remembered is in `rest`.
 * Between two frames lies a gap, normally empty. A gap that ends in a flag and has a right checksum is a frame too; this is how the
 * reader gets back into step after a lost flag. Work is linear in the bytes, and none is kept past the longest possible frame.
 */
export function frame(buffer: Uint8Array): Framed {
  const frames: Uint8Array[] = [];
  let noise = 0;
  /** Where the present segment began, and whether at a flag. */
  let start = 0;
  let open = buffer[0] === flag;
  for (let at = open ? 1 : 0; ; ) {
    const next = buffer.indexOf(flag, at);
    if (next === -1) break;
    const fits = next - start < maxFrameBytes;
    if (open ? fits && next > start + 1 : fits && holdsTogether(buffer.subarray(start, next + 1))) {
      const end = open ? findEnd(buffer, start, next) : next;
      if (end === 'wait')
        return { frames, rest: buffer.subarray(start), noise, closed: buffer[buffer.length - 1] === flag };
      frames.push(buffer.subarray(start, end + 1));
      start = end + 1;
      open = buffer[start] === flag;
      at = open ? start + 1 : start;
    } else {
      noise += next - start;
      start = next;
      open = true;
      at = next + 1;
    }
  }
  const rest = buffer.subarray(start);
  const hopeless = rest.length >= maxFrameBytes || (!open && rest.length > 0 && !beginsLikeFrame(rest[0]!));
  return hopeless ? { frames, rest: new Uint8Array(0), noise: noise + rest.length } : { frames, rest, noise };
}
