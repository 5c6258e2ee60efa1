import { Unreadable } from './unreadable.ts';

/** Protocol Buffers' wire types. 3 and 4 open and close a group, which nobody writes any more and everybody has to step over. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

const longestVarint = 10;
const longestPlainText = 64;
const two32 = 4_294_967_296;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Steps over the wire format inside one stretch of bytes, never past its end. One reader serves all nested messages (`enter` and `leave`), and
 * a varint lies in two halves of 32 bits (`low`, `high`), because JavaScript's numbers hold only 53: both for speed, in feeds of 100,000 fields.
 */
export class WireReader {
  at = 0;
  low = 0;
  high = 0;
  field = 0;
  wire = 0;
  /** Where the message that is being read ends. */
  end: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.end = bytes.length;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  #take(count: number): number {
    const from = this.at;
    if (count > this.end - from)
      throw new Unreadable('truncated', `${count} bytes are due, ${this.end - from} are left`, from);
    this.at = from + count;
    return from;
  }

  varint(): void {
    const start = this.at;
    const first = this.#bytes[start] as number;
    if (start < this.end && first < 0x80) {
      this.at = start + 1;
      this.low = first;
      this.high = 0;
      return;
    }
    let low = 0;
    let high = 0;
    for (let index = 0; index < longestVarint; index++) {
      const byte = this.#bytes[this.#take(1)] as number;
      const bits = byte & 0x7f;
      const shift = index * 7;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.low = low;
        this.high = high;
        return;
      }
    }
    throw new Unreadable('syntax', 'a varint longer than ten bytes', start);
  }

  get unsigned(): number {
    return (this.high >>> 0) * two32 + (this.low >>> 0);
  }

  get signed(): number {
    return (this.high | 0) * two32 + (this.low >>> 0);
  }

  tag(): void {
    const from = this.at;
    this.varint();
    this.field = this.low >>> 3;
    this.wire = this.low & 7;
    if (this.high !== 0 || this.field === 0 || this.wire > 5)
      throw new Unreadable('syntax', `no field tag: ${this.unsigned}`, from);
  }

  /** Goes into a length-delimited field; gives what `leave` needs to come back. */
  enter(): number {
    this.varint();
    const length = this.unsigned;
    const from = this.#take(length);
    const outer = this.end;
    this.end = this.at;
    this.at = from;
    return outer;
  }

  /** To the end of the field entered, however much of it was read. */
  leave(outer: number): void {
    this.at = this.end;
    this.end = outer;
  }

  text(most: number): string {
    this.varint();
    const length = this.unsigned;
    const from = this.#take(length);
    if (length > most) throw new Unreadable('too_large', `a text of ${length} bytes`, from);
    if (length <= longestPlainText) {
      // Ids are ASCII and short; the platform's decoder costs more than they are long.
      let plain = '';
      for (let index = from; index < this.at; index++) {
        const byte = this.#bytes[index] as number;
        if (byte >= 0x80) return this.#decoded(from);
        plain += String.fromCharCode(byte);
      }
      return plain;
    }
    return this.#decoded(from);
  }

  #decoded(from: number): string {
    try {
      return utf8.decode(this.#bytes.subarray(from, this.at));
    } catch {
      throw new Unreadable('encoding', 'a text that is not UTF-8', from);
    }
  }

  float(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  skip(depth: number): void {
    const { wire, field } = this;
    if (wire === wireTypes.varint) this.varint();
    else if (wire === wireTypes.fixed64) this.#take(8);
    else if (wire === wireTypes.fixed32) this.#take(4);
    else if (wire === wireTypes.bytes) this.leave(this.enter());
    else if (wire === wireTypes.startGroup) this.#skipGroup(field, depth);
    else throw new Unreadable('syntax', `end of group ${field} without its start`, this.at);
  }

  #skipGroup(group: number, depth: number): void {
    if (depth <= 0) throw new Unreadable('too_deep', 'groups nested too deep', this.at);
    for (;;) {
      this.tag();
      if (this.wire !== wireTypes.endGroup) this.skip(depth - 1);
      else if (this.field === group) return;
      else throw new Unreadable('syntax', `group ${group} closed as ${this.field}`, this.at);
    }
  }
}
