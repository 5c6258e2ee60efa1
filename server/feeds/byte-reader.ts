const gb18030 = new TextDecoder('gb18030');
const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += hexDigits[byte];
  return hex;
}

/** Text of the standard is GBK, and fixed fields are filled up with zeros (some vendors fill in front). */
export function toText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  while (start < end && bytes[start] === 0) start++;
  return gb18030.decode(bytes.subarray(start, end)).trim();
}

/**
 * Reads big-endian fields in order. Reading past the end gives zeros and sets `overran`, so that a body is read in one straight line
 * and judged once.
 */
export class ByteReader {
  at = 0;
  overran = false;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return Math.max(0, this.bytes.length - this.at);
  }

  private need(count: number): boolean {
    if (this.at + count <= this.bytes.length) return true;
    this.overran = true;
    this.at = this.bytes.length;
    return false;
  }

  u8(): number {
    return this.need(1) ? this.bytes[this.at++]! : 0;
  }

  u16(): number {
    if (!this.need(2)) return 0;
    const value = (this.bytes[this.at]! << 8) | this.bytes[this.at + 1]!;
    this.at += 2;
    return value;
  }

  u32(): number {
    const high = this.u16();
    return high * 65_536 + this.u16();
  }

  take(count: number): Uint8Array {
    if (!this.need(count)) return this.bytes.subarray(this.bytes.length);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  rest(): Uint8Array {
    return this.take(this.left);
  }

  hex(count: number): string {
    return toHex(this.take(count));
  }

  text(count: number): string {
    return toText(this.take(count));
  }
}
