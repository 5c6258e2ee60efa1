/** JT/T 809-2011 and -2019 §4: the envelope of what two platforms say to each other, written from the standard. */
export type Edition = 2011 | 2019;

const begin = 0x5b;
const finish = 0x5d;

/** Annex: CRC-CCITT, polynomial x¹⁶ + x¹² + x⁵ + 1, register ffff, over header and body before the escapes. */
export function crc16(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes)
    for (let mask = 0x80; mask !== 0; mask >>= 1) {
      const carry = register >= 0x8000;
      register = (register * 2) % 0x10000;
      if (carry !== ((byte & mask) !== 0)) register ^= 0x1021;
    }
  return register;
}

/** Text fields of fixed length are filled with zero bytes behind the text. */
export function padded(text: Uint8Array, bytes: number): Buffer {
  const field = Buffer.alloc(bytes);
  field.set(text.subarray(0, bytes));
  return field;
}

export function u16(value: number): Buffer {
  const field = Buffer.alloc(2);
  field.writeUInt16BE(value);
  return field;
}

export function u32(value: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(value >>> 0);
  return field;
}

/** time_t: seconds since 1970 in eight bytes. */
export function seconds(atMs: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigUInt64BE(BigInt(Math.floor(atMs / 1_000)));
  return field;
}

export type Outgoing = {
  readonly id: number;
  readonly edition: Edition;
  readonly serial: number;
  readonly centerId: number;
  /** Put behind the header of 2019. */
  readonly atMs: number;
  readonly body: Uint8Array;
};

const plain = 0;

export function encodeFrame({ id, edition, serial, centerId, atMs, body }: Outgoing): Buffer {
  const head = Buffer.concat([
    u32(serial),
    u16(id),
    u32(centerId),
    Buffer.from([1, 0, 0, plain]),
    u32(0),
    edition === 2019 ? seconds(atMs) : Buffer.alloc(0),
  ]);
  // The length counts everything, with both marks and the checksum, before the escapes.
  const content = Buffer.concat([u32(1 + 4 + head.length + body.length + 2 + 1), head, body]);
  const escaped: number[] = [begin];
  for (const byte of Buffer.concat([content, u16(crc16(content))])) {
    if (byte === 0x5b) escaped.push(0x5a, 0x01);
    else if (byte === 0x5a) escaped.push(0x5a, 0x02);
    else if (byte === 0x5d) escaped.push(0x5e, 0x01);
    else if (byte === 0x5e) escaped.push(0x5e, 0x02);
    else escaped.push(byte);
  }
  escaped.push(finish);
  return Buffer.from(escaped);
}

/** The upper platform's message as the lower one reads it; null where it is damaged. */
export type Incoming = { readonly id: number; readonly serial: number; readonly body: Buffer };

export function decodeUpperFrame(frame: Uint8Array, edition: Edition): Incoming | null {
  const bytes: number[] = [];
  for (let i = 1; i < frame.length - 1; i++) {
    const byte = frame[i]!;
    if (byte === 0x5a) bytes.push(frame[++i] === 0x01 ? 0x5b : 0x5a);
    else if (byte === 0x5e) bytes.push(frame[++i] === 0x01 ? 0x5d : 0x5e);
    else bytes.push(byte);
  }
  const content = Buffer.from(bytes);
  const headBytes = edition === 2019 ? 30 : 22;
  if (content.length < headBytes + 2 || content.readUInt32BE(0) !== content.length + 2) return null;
  if (content.readUInt16BE(content.length - 2) !== crc16(content.subarray(0, -2))) return null;
  return { id: content.readUInt16BE(8), serial: content.readUInt32BE(4), body: content.subarray(headBytes, -2) };
}

/** Cuts what came from the platform into frames with their marks; `rest` is an unfinished one, bounded. */
export function cutFrames(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let start = buffer.indexOf(begin);
  while (start >= 0) {
    const end = buffer.indexOf(finish, start);
    if (end < 0) break;
    frames.push(buffer.subarray(start, end + 1));
    start = buffer.indexOf(begin, end);
  }
  const rest = start < 0 ? Buffer.alloc(0) : buffer.subarray(start);
  return { frames, rest: rest.length > 4_096 ? Buffer.alloc(0) : rest };
}
