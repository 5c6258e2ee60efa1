import { Unreadable } from './unreadable.ts';

/** Protocol Buffers' wire types. 3 and 4 open and close a group, which nobody writes any more and everybody has to step over. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** A varint as two halves of 32 bits: JavaScript's numbers hold only 53. */
export type Varint = { readonly low: number; readonly high: number };

export const unsigned = ({ low, high }: Varint): number => (high >>> 0) * 4_294_967_296 + (low >>> 0);
export const signed = ({ low, high }: Varint): number => (high | 0) * 4_294_967_296 + (low >>> 0);

const longestVarint = 10;
const lastField = 0x1fffffff;

/** Steps over the wire format inside one stretch of bytes; never past its end. */
export function createWireReader(bytes: Uint8Array, start = 0, end = bytes.length) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;

  const take = (count: number): number => {
    if (count > end - at) throw new Unreadable('truncated', `${count} bytes are due, ${end - at} are left`, at);
    const from = at;
    at += count;
    return from;
  };

  function varint(): Varint {
    let low = 0;
    let high = 0;
    for (let index = 0; index < longestVarint; index++) {
      const byte = bytes[take(1)] as number;
      const bits = byte & 0x7f;
      const shift = index * 7;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else if (shift < 64) high |= bits << (shift - 32);
      if (byte < 0x80) return { low, high };
    }
    throw new Unreadable('syntax', 'a varint longer than ten bytes', at - longestVarint);
  }

  /** The stretch of a length-delimited field. */
  function stretch(): { readonly from: number; readonly to: number } {
    const length = unsigned(varint());
    const from = take(length);
    return { from, to: from + length };
  }

  function tag(): { readonly field: number; readonly wire: number } {
    const from = at;
    const { low, high } = varint();
    const [field, wire] = [low >>> 3, low & 7];
    if (high !== 0 || field === 0 || field > lastField || wire > 5)
      throw new Unreadable('syntax', `no field tag: ${low >>> 0}`, from);
    return { field, wire };
  }

  function skip(wire: number, field: number, depth: number): void {
    if (wire === wireTypes.varint) varint();
    else if (wire === wireTypes.fixed64) take(8);
    else if (wire === wireTypes.fixed32) take(4);
    else if (wire === wireTypes.bytes) stretch();
    else if (wire === wireTypes.startGroup) skipGroup(field, depth);
    else throw new Unreadable('syntax', `end of group ${field} without its start`, at);
  }

  function skipGroup(field: number, depth: number): void {
    if (depth <= 0) throw new Unreadable('too_deep', 'groups nested too deep', at);
    for (;;) {
      const inner = tag();
      if (inner.wire !== wireTypes.endGroup) skip(inner.wire, inner.field, depth - 1);
      else if (inner.field === field) return;
      else throw new Unreadable('syntax', `group ${field} closed as ${inner.field}`, at);
    }
  }

  return {
    done: () => at >= end,
    position: () => at,
    tag,
    varint,
    stretch,
    skip,
    float: () => view.getFloat32(take(4), true),
    double: () => view.getFloat64(take(8), true),
    fixed: (size: 4 | 8): Varint => {
      const from = take(size);
      return { low: view.getInt32(from, true), high: size === 8 ? view.getInt32(from + 4, true) : 0 };
    },
  };
}
export type WireReader = ReturnType<typeof createWireReader>;
