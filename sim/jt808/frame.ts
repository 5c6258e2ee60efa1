/** JT/T 808-2013 and -2019 §4: the envelope of a terminal's messages, written from the standard. */
export type Edition = 2013 | 2019;

const flag = 0x7e;
const escapeByte = 0x7d;

/** Packed decimal, left-padded with zeros to the field. */
export function bcd(digits: string, bytes: number): Buffer {
  const text = digits.padStart(bytes * 2, '0');
  if (!/^\d+$/.test(text) || text.length !== bytes * 2) throw new Error(`${digits} does not fit ${bytes} bytes of BCD`);
  return Buffer.from(text, 'hex');
}

/** Text fields of fixed length are filled with zero bytes behind the text. */
export function fixed(text: Uint8Array, bytes: number): Buffer {
  const field = Buffer.alloc(bytes);
  field.set(text.subarray(0, bytes));
  return field;
}

export type Outgoing = {
  readonly id: number;
  readonly edition: Edition;
  readonly terminal: string;
  readonly serial: number;
  readonly body: Uint8Array;
};

export const maxBodyBytes = 0x3ff;

export function encodeFrame({ id, edition, terminal, serial, body }: Outgoing): Buffer {
  if (body.length > maxBodyBytes) throw new Error(`a body of ${body.length} bytes needs splitting`);
  const is2019 = edition === 2019;
  const head = Buffer.alloc(is2019 ? 5 : 4);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(body.length | (is2019 ? 0x4000 : 0), 2);
  // 2019 §4.4.3: bit 14 set, then the protocol version, 1 for the first edition that has one.
  if (is2019) head.writeUInt8(1, 4);
  const tail = Buffer.alloc(2);
  tail.writeUInt16BE(serial & 0xffff, 0);
  const content = Buffer.concat([head, bcd(terminal, is2019 ? 10 : 6), tail, body]);
  const checksum = content.reduce((sum, byte) => sum ^ byte, 0);
  const escaped: number[] = [flag];
  for (const byte of [...content, checksum]) {
    if (byte === flag) escaped.push(escapeByte, 0x02);
    else if (byte === escapeByte) escaped.push(escapeByte, 0x01);
    else escaped.push(byte);
  }
  escaped.push(flag);
  return Buffer.from(escaped);
}

/** A platform's message as the terminal reads it; null where it is none. */
export type Incoming = { readonly id: number; readonly serial: number; readonly body: Buffer };

export function decodePlatformFrame(escaped: Uint8Array): Incoming | null {
  const content: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    const byte = escaped[i]!;
    if (byte !== escapeByte) content.push(byte);
    else content.push(escaped[++i] === 0x02 ? flag : escapeByte);
  }
  if (content.length < 13 || content.reduce((sum, byte) => sum ^ byte, 0) !== 0) return null;
  const bytes = Buffer.from(content);
  const properties = bytes.readUInt16BE(2);
  const header = (properties & 0x4000 ? 17 : 12) + (properties & 0x2000 ? 4 : 0);
  if (bytes.length !== header + (properties & maxBodyBytes) + 1) return null;
  const serialAt = properties & 0x4000 ? 15 : 10;
  return { id: bytes.readUInt16BE(0), serial: bytes.readUInt16BE(serialAt), body: bytes.subarray(header, -1) };
}

/** Cuts what came from the platform into frames without their flags; `rest` is an unfinished one, bounded. */
export function cutFrames(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let start = buffer.indexOf(flag);
  while (start >= 0) {
    const end = buffer.indexOf(flag, start + 1);
    if (end < 0) break;
    if (end > start + 1) frames.push(buffer.subarray(start + 1, end));
    start = end > start + 1 ? buffer.indexOf(flag, end + 1) : end;
  }
  const rest = start < 0 ? Buffer.alloc(0) : buffer.subarray(start);
  return { frames, rest: rest.length > 4_096 ? Buffer.alloc(0) : rest };
}
