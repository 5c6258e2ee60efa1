import { beijingTime } from '../beijing-time.ts';

/**
 * GB/T 26875.3-2011 §6: `40 40`, serial, versions, time, source and target address, length, command, data, sum, `23 23`. Numbers are
 * little-endian; times are six binary bytes, second first.
 */
export const commands = { send: 2, confirm: 3, deny: 6 } as const;

export type Head = {
  readonly serial: number;
  readonly sentAtMs: number;
  /** Six bytes in hexadecimal, as they stand on the wire. */
  readonly source: string;
  readonly target: string;
};

export function time(atMs: number): Buffer {
  const t = beijingTime(atMs);
  return Buffer.from([t.second, t.minute, t.hour, t.day, t.month, t.year.slice(2)].map(Number));
}

const two = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
};

export function encodeFrame(head: Head, command: number, data: Uint8Array): Buffer {
  const content = Buffer.concat([
    two(head.serial),
    // Version of the protocol: main 1, of the user 1.
    Buffer.from([1, 1]),
    time(head.sentAtMs),
    Buffer.from(head.source, 'hex'),
    Buffer.from(head.target, 'hex'),
    two(data.length),
    Buffer.from([command]),
    data,
  ]);
  const sum = content.reduce((total, byte) => (total + byte) & 0xff, 0);
  return Buffer.concat([Buffer.from([0x40, 0x40]), content, Buffer.from([sum, 0x23, 0x23])]);
}

const bare = 30;

/** Frames of the centre by their stated length; what is damaged is left out. */
export function cutFrames(buffer: Buffer): { frames: Buffer[]; rest: Buffer } {
  const start = Buffer.from([0x40, 0x40]);
  const frames: Buffer[] = [];
  let at = buffer.indexOf(start);
  while (at >= 0 && buffer.length >= at + bare) {
    const end = at + bare + buffer.readUInt16LE(at + 24);
    if (buffer.length < end) break;
    const frame = buffer.subarray(at, end);
    const sum = frame.subarray(2, -3).reduce((total, byte) => (total + byte) & 0xff, 0);
    const sound = frame[frame.length - 3] === sum && frame[frame.length - 1] === 0x23;
    if (sound) frames.push(frame);
    at = buffer.indexOf(start, sound ? end : at + 1);
  }
  return { frames, rest: at < 0 ? Buffer.alloc(0) : buffer.subarray(at).subarray(-4_096) };
}

export const confirmKey = (source: string, serial: number): string => `${source}/${serial & 0xffff}`;

/** What a confirmation ends: our serial and, as its target, our address; null for a denial, after which it is said again. */
export function answered(frame: Buffer): string | null {
  if (frame[26] !== commands.confirm) return null;
  return confirmKey(frame.toString('hex', 18, 24), frame.readUInt16LE(2));
}
