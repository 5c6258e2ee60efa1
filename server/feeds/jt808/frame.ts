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

export type Unescaped = { readonly content: Uint8Array; readonly bareChecksum: boolean };

/**
 * The content between the flags. The leading flag may be missing, because some terminals send one flag between two frames.
 * `bareChecksum`: the checksum was 7d and its sender forgot to escape it.
 */
export function unwrap(frame: Uint8Array): Unescaped | Refusal {
  const end = frame.length - 1;
  if (frame.length === 0) return refuse('empty', 'no bytes');
  if (frame[end] !== flag) return refuse('truncated', 'the closing 7e is missing', frame.length);
  const start = frame[0] === flag ? 1 : 0;
  if (end <= start) return refuse('empty', 'nothing between the flags', 0);
  if (frame.length > maxFrameBytes) return refuse('too_large', `longer than ${maxFrameBytes} bytes`, maxFrameBytes);
  const inner = frame.indexOf(flag, start);
  if (inner !== end) return refuse('framing', 'a flag inside the frame', inner);
  const first = frame.indexOf(escapeByte, start);
  if (first === -1) return { content: frame.subarray(start, end), bareChecksum: false };

  const content = new Uint8Array(end - start);
  content.set(frame.subarray(start, first));
  let length = first - start;
  let bareChecksum = false;
  for (let at = first; at < end; at++) {
    const byte = frame[at]!;
    if (byte !== escapeByte) {
      content[length++] = byte;
      continue;
    }
    const code = frame[at + 1];
    if (at + 1 === end) {
      bareChecksum = true;
      content[length++] = escapeByte;
    } else if (code === 0x01 || code === 0x02) {
      content[length++] = code === 0x01 ? escape : flag;
      at++;
    } else return refuse('framing', `7d is followed by ${hexByte(code!)}, not by 01 or 02`, at + 1);
  }
  return { content: content.subarray(0, length), bareChecksum };
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

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

/** Whether bytes outside a frame, up to and with a flag, are a frame whose leading flag is shared or lost. */
function isWholeFrame(segment: Uint8Array): boolean {
  const unescaped = unwrap(segment);
  if ('refused' in unescaped) return false;
  const { content } = unescaped;
  return content.length >= minContentBytes && checksum(content, content.length - 1) === content[content.length - 1];
}

/** Ids of the standard begin with 00–0f (terminal), 8x (platform), 1x and 9x (video): anything else in a gap is noise at once. */
const beginsLikeFrame = (byte: number): boolean => byte < 0x20 || (byte & 0xe0) === 0x80;

/**
 * Cuts a stream. The result does not depend on how the stream was torn into pieces: all that must be remembered is in `rest`.
 * Between two frames lies a gap, normally empty. A gap that ends in a flag and has a right checksum is a frame too; this is how the
 * reader gets back into step after a lost flag. Every byte is looked at once, and none is kept past the longest possible frame.
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
    const segment = buffer.subarray(start, next + 1);
    const fits = segment.length <= maxFrameBytes;
    if (open ? fits && segment.length > 2 : fits && isWholeFrame(segment)) {
      frames.push(segment);
      start = next + 1;
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
