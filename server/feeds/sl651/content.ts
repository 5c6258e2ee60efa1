import { type Refusal, refuse } from '../refusal.ts';
import { Secret } from '../secret.ts';
import { checksum } from './checksum.ts';
import {
  endName,
  type Form,
  headAt,
  hexNumber,
  isEnd,
  layouts,
  lengthsOf,
  maxFrameBytes,
  statedChecksum,
  tailByte,
} from './layout.ts';
import type { Header, Part } from './message.ts';

export type Content = {
  readonly functionCode: string;
  readonly header: Header;
  readonly password: Secret;
  readonly body: Uint8Array;
};

const four = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

/** One frame as header and body: marks, length and checksum are judged here, the meaning of the body is not. */
export function readContent(bytes: Uint8Array): Content | Refusal {
  if (bytes.length === 0) return refuse('empty', 'no bytes');
  const frame = withoutLineEnd(bytes);
  const head = headAt(frame, 0);
  if (head === null) return refuse('framing', 'does not begin as a frame does', 0);
  if (head === 'maybe') return refuse('truncated', `${frame.length} bytes are less than a head`, frame.length);
  if (frame.length > maxFrameBytes) return refuse('too_large', `longer than ${maxFrameBytes} bytes`, maxFrameBytes);
  const { form, direction, split } = head;
  const layout = layouts[form];
  const [shortest = 0, ...longer] = lengthsOf(head);
  if (frame.length < shortest)
    return refuse('truncated', `ends ${shortest - frame.length} bytes before its stated length`, frame.length);
  if (frame.length !== shortest && !longer.includes(frame.length))
    return refuse(
      'length',
      `stated ${head.bodyLength} bytes of body, there are ${frame.length - shortest} more`,
      layout.lengthAt,
    );

  const sumAt = frame.length - layout.checksum;
  const end = frame[sumAt - 1];
  const stated = statedChecksum(frame, form);
  const computed = checksum(frame, 0, sumAt);
  if (stated !== computed && !isEnd(end))
    return refuse('length', `no end character behind the stated ${head.bodyLength} bytes of body`, layout.lengthAt);
  if (stated !== computed)
    return refuse(
      'checksum',
      `stated ${stated === null ? 'no number' : four(stated)}, computed ${four(computed)}`,
      sumAt,
    );
  if (!isEnd(end)) return refuse('framing', 'the end character is none of the standard', sumAt - 1);
  if (split && sumAt - 1 < layout.head + layout.part)
    return refuse('length', 'no room for the packet numbers that are announced', layout.lengthAt);
  const part = split ? readPart(frame, form) : null;
  if (part && 'refused' in part) return part;

  const body = frame.subarray(layout.head + (split ? layout.part : 0), sumAt - 1);
  const { functionCode, centre, station, password } = readAddresses(frame, form, direction);
  const { bodyLength } = head;
  const header: Header = { form, direction, centre, station, bodyLength, end: endName(end!), part };
  return { functionCode, header, password: new Secret(password), body };
}

/** Serial devices put a line end behind a frame, some stations one more 7E. */
function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  const head = headAt(bytes, 0);
  if (head === null || head === 'maybe') return bytes;
  const lengths = lengthsOf(head);
  if (lengths.includes(bytes.length)) return bytes;
  const isLineEnd = (byte: number) => byte === 0x0d || byte === 0x0a;
  const length = lengths.find((one) => {
    const tail = bytes.subarray(bytes[one] === tailByte ? one + 1 : one);
    return one < bytes.length && tail.every(isLineEnd);
  });
  return length === undefined ? bytes : bytes.subarray(0, length);
}

/** Up: centre, then station. Down: station, then centre. */
function readAddresses(frame: Uint8Array, form: Form, direction: 'up' | 'down') {
  const at = form === 'hex' ? 2 : 1;
  const text =
    form === 'hex'
      ? Buffer.from(frame.buffer, frame.byteOffset + at, 9)
          .toString('hex')
          .toUpperCase()
      : Buffer.from(frame.buffer, frame.byteOffset + at, 18)
          .toString('latin1')
          .toUpperCase();
  const field = (from: number, count: number) => text.slice(from * 2, (from + count) * 2);
  const [centre, station] = direction === 'up' ? [field(0, 1), field(1, 5)] : [field(5, 1), field(0, 5)];
  return { centre: Number.parseInt(centre, 16), station, password: field(6, 2), functionCode: field(8, 1) };
}

function readPart(frame: Uint8Array, form: Form): Part | Refusal {
  const at = layouts[form].head;
  const value = form === 'hex' ? (frame[at]! << 16) | (frame[at + 1]! << 8) | frame[at + 2]! : hexNumber(frame, at, 6);
  if (value === null) return refuse('value', 'the packet numbers are not hexadecimal', at);
  const [total, index] = [value >> 12, value & 0xfff];
  return index < 1 || index > total ? refuse('value', `packet ${index} of ${total}`, at) : { total, index };
}
