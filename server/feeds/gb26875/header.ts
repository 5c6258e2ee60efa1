import { type Refusal, refuse } from '../refusal.ts';
import type { TimeFormat } from './device-time.ts';
import { FieldReader, toHex } from './field-reader.ts';
import { checksum, headerBytes, minFrameBytes } from './frame.ts';

export const commands: Readonly<Record<number, string>> = {
  1: 'control',
  2: 'send',
  3: 'confirm',
  4: 'request',
  5: 'reply',
  6: 'deny',
};

export type Header = {
  readonly serial: number;
  readonly versionMain: number;
  readonly versionUser: number;
  /** When the transmitter sent it; null where its clock was never set. */
  readonly time: string | null;
  readonly timeFormat: TimeFormat | null;
  /** Six bytes as they stand on the wire, in hex. */
  readonly source: string;
  readonly target: string;
  readonly unitLength: number;
  readonly command: number;
};

export type Content = {
  readonly header: Header;
  readonly unit: Uint8Array;
  /** The checksum was left at zero, as some transmitters do. */
  readonly unsummed: boolean;
};

/** One frame as header and application data: marks, length and checksum are judged here, the meaning is not. */
export function readContent(frame: Uint8Array): Content | Refusal {
  const end = frame.length;
  if (end === 0) return refuse('empty', 'no bytes');
  if (frame[0] !== 0x40 || (end > 1 && frame[1] !== 0x40)) return refuse('framing', 'does not begin with 40 40', 0);
  if (end < minFrameBytes) return refuse('truncated', `${end} bytes are less than ${minFrameBytes}`, end);
  const reader = new FieldReader(frame.subarray(2, headerBytes));
  const serial = reader.u16();
  const [versionMain, versionUser] = [reader.u8(), reader.u8()];
  const { time, format } = reader.time();
  const [source, target] = [toHex(reader.take(6)), toHex(reader.take(6))];
  const [unitLength, command] = [reader.u16(), reader.u8()];
  if (unitLength !== end - minFrameBytes)
    return refuse('length', `${unitLength} bytes of data are stated, there are ${end - minFrameBytes}`, 24);
  if (frame[end - 1] !== 0x23 || frame[end - 2] !== 0x23) return refuse('framing', 'does not end with 23 23', end - 2);
  const stated = frame[end - 3]!;
  const computed = checksum(frame, 2, end - 3);
  if (stated !== computed && stated !== 0) {
    const [is, should] = [stated, computed].map((byte) => byte.toString(16).padStart(2, '0'));
    return refuse('checksum', `stated ${is}, computed ${should}`, end - 3);
  }
  const header = { serial, versionMain, versionUser, time, timeFormat: format, source, target, unitLength, command };
  return { header, unit: frame.subarray(headerBytes, end - 3), unsummed: stated !== computed };
}
