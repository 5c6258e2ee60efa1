import { type DeviceTime, readDeviceTime } from './device-time.ts';

const gb18030 = new TextDecoder('gb18030', { fatal: true });
const gb18030Loose = new TextDecoder('gb18030');
const utf8 = new TextDecoder('utf-8', { fatal: true });
const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexDigits[byte];
  return hex;
}

/** GB 18030, filled up with zeros (or spaces, or ff). Some devices send UTF-8; it is taken where the bytes are not GB 18030. */
export function toText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0xff)) end--;
  const filled = bytes.subarray(0, end);
  const zero = filled.indexOf(0);
  const text = zero > 0 ? filled.subarray(0, zero) : filled;
  for (const decoder of [gb18030, utf8]) {
    try {
      return clean(decoder.decode(text));
    } catch {
      // Not in this encoding: the next one is tried.
    }
  }
  return clean(gb18030Loose.decode(text));
}

const clean = (text: string): string =>
  [...text]
    .filter((letter) => letter >= ' ' && letter !== '\u007f')
    .join('')
    .trim();

/** Reads little-endian fields in order. Reading past the end gives zeros and sets `overran`, so that a body is judged once. */
export class FieldReader {
  at = 0;
  overran = false;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) {
      this.overran = true;
      this.at = this.bytes.length;
      return new Uint8Array(count);
    }
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  u8(): number {
    return this.take(1)[0]!;
  }

  u16(): number {
    const [low, high] = this.take(2) as unknown as [number, number];
    return low | (high << 8);
  }

  i16(): number {
    return (this.u16() << 16) >> 16;
  }

  u32(): number {
    const low = this.u16();
    return low + this.u16() * 65_536;
  }

  time(): DeviceTime {
    return readDeviceTime(this.take(6));
  }

  text(count: number): string {
    return toText(this.take(count));
  }
}
