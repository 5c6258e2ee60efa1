import { beijingTime } from '../beijing-time.ts';

/** SL 651-2014 §6.2 and annex A, both forms: hexadecimal/BCD behind `7E 7E` and ASCII behind SOH. Nothing is escaped. */
export const functions = { keepAlive: 0x2f, timed: 0x32, extra: 0x33, hourly: 0x34 } as const;

const stx = 0x02;
const etx = 0x03;

/** CRC-16, polynomial A001, register FFFF, over everything from the first byte to the end character (annex B). */
export function crc16(bytes: Uint8Array): number {
  let register = 0xffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa001 : register >> 1;
  }
  return register;
}

export type Head = {
  /** Address of the centre, one byte. */
  readonly centre: number;
  /** Ten decimal digits. */
  readonly station: string;
  /** Two bytes. */
  readonly password: number;
  readonly function: number;
};

const two = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};
const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');

/** Upward: centre before station, direction nibble 0, the length of what lies between STX and the end character. */
export function hexFrame(head: Head, body: Uint8Array): Buffer {
  const content = Buffer.concat([
    Buffer.from([0x7e, 0x7e, head.centre]),
    Buffer.from(head.station, 'hex'),
    two(head.password),
    Buffer.from([head.function]),
    two(body.length & 0x0fff),
    Buffer.from([stx]),
    body,
    Buffer.from([etx]),
  ]);
  return Buffer.concat([content, two(crc16(content))]);
}

/** The ASCII form writes the same head in hexadecimal characters, and the checksum as four of them. */
export function asciiFrame(head: Head, body: string): Buffer {
  const text = `${hex(head.centre, 2)}${head.station}${hex(head.password, 4)}${hex(head.function, 2)}0${hex(body.length, 3)}`;
  const content = Buffer.concat([
    Buffer.from([0x01]),
    Buffer.from(text, 'latin1'),
    Buffer.from([stx]),
    Buffer.from(body, 'latin1'),
    Buffer.from([etx]),
  ]);
  return Buffer.concat([content, Buffer.from(hex(crc16(content), 4), 'latin1')]);
}

/** `YYMMDDhhmmss` of Beijing; observations leave the seconds out. */
export function stamp(atMs: number): string {
  const t = beijingTime(atMs);
  return t.year.slice(2) + t.month + t.day + t.hour + t.minute + t.second;
}

export const confirmKey = (station: string, serial: number): string => `${station}/${serial & 0xffff}`;

/** Frames of the centre, of either form: station before centre, direction nibble 8. Damaged ones are left out. */
export function cutFrames(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let at = 0;
  while (at < buffer.length) {
    const isHex = buffer[at] === 0x7e && buffer[at + 1] === 0x7e;
    const isAscii = buffer[at] === 0x01;
    if (!isHex && !isAscii) {
      if (buffer[at] === 0x7e && at + 1 === buffer.length) break;
      at += 1;
      continue;
    }
    const head = isHex ? 13 : 23;
    if (buffer.length < at + head) break;
    const stated = isHex
      ? buffer.readUInt16BE(at + 11) & 0x0fff
      : Number.parseInt(buffer.toString('latin1', at + 20, at + 23), 16);
    const end = at + head + 1 + stated + 1 + (isHex ? 2 : 4);
    if (!Number.isInteger(stated)) {
      at += 1;
      continue;
    }
    if (buffer.length < end) break;
    const frame = buffer.subarray(at, end);
    const sumAt = frame.length - (isHex ? 2 : 4);
    const sum = isHex ? frame.readUInt16BE(sumAt) : Number.parseInt(frame.toString('latin1', sumAt), 16);
    if (crc16(frame.subarray(0, sumAt)) === sum) {
      frames.push(frame);
      at = end;
    } else at += 1;
  }
  return { frames, rest: buffer.subarray(at).subarray(-4_096) };
}

const [enq, ack, eot, esc] = [0x05, 0x06, 0x04, 0x1b];

/** The report that a confirmation of the centre ends (EOT, ESC, ACK); null for a NAK and everything else, after which it is said again. */
export function answered(frame: Buffer): string | null {
  const isHex = frame[0] === 0x7e;
  const station = isHex ? frame.toString('hex', 2, 7) : frame.toString('latin1', 1, 11);
  const end = frame[frame.length - (isHex ? 3 : 5)]!;
  if (end === enq || (end !== eot && end !== esc && end !== ack)) return null;
  const serial = isHex ? frame.readUInt16BE(14) : Number.parseInt(frame.toString('latin1', 24, 28), 16);
  return Number.isInteger(serial) ? confirmKey(station, serial) : null;
}
