import type { Reply } from '../contract.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { writeDeviceTime } from './device-time.ts';
import { checksum, headerBytes, lengthAt, minFrameBytes } from './frame.ts';
import { commands } from './header.ts';
import type { Gb26875Message } from './message.ts';

const confirm = 3;
const deny = 6;

/**
 * GB/T 26875.3 §6: what is sent is confirmed, or denied and then sent again. Replies, confirmations and denials end an exchange. A
 * transmitter has nothing to ask of a centre, so a request is denied; makers who send data as a `control` command are confirmed.
 */
const owesFor: Readonly<Record<number, 'confirmation' | 'denial'>> = {
  1: 'confirmation',
  2: 'confirmation',
  4: 'denial',
};

/** The frame's own serial, versions and addresses, turned round; our clock; no application data. */
function replyTo(frame: Uint8Array, command: number, now: number): Uint8Array {
  const reply = new Uint8Array(minFrameBytes);
  reply.set(frame.subarray(0, 6));
  reply.set(writeDeviceTime(now), 6);
  reply.set(frame.subarray(18, 24), 12);
  reply.set(frame.subarray(12, 18), 18);
  reply[headerBytes - 1] = command;
  reply[headerBytes] = checksum(reply, 2, headerBytes);
  reply.set([0x23, 0x23], headerBytes + 1);
  return reply;
}

/** As much of the frame as a reply repeats. */
function headOf({ header }: Gb26875Message): Uint8Array {
  const head = Buffer.alloc(lengthAt);
  head.set([0x40, 0x40]);
  head.writeUInt16LE(header.serial, 2);
  head.set([header.versionMain, header.versionUser], 4);
  head.set(Buffer.from(header.source, 'hex'), 12);
  head.set(Buffer.from(header.target, 'hex'), 18);
  return head;
}

export function answer(message: Gb26875Message, { accepted, now }: Reply): Uint8Array | null {
  const owes = owesFor[message.header.command];
  if (!owes) return null;
  return replyTo(headOf(message), owes === 'confirmation' && accepted ? confirm : deny, now);
}

/**
 * To a frame that is whole by its length but has a wrong checksum or data that cannot be read: a denial, so that it is sent again. To
 * anything else nothing: its serial and addresses would be guesses. Without our having kept the refusal the same is said.
 */
export function reject(frame: Uint8Array, refusal: Refusal, { now }: Reply): Uint8Array | null {
  const whole =
    isRefusal(refusal) &&
    frame.length >= minFrameBytes &&
    frame[0] === 0x40 &&
    frame[1] === 0x40 &&
    (frame[lengthAt]! | (frame[lengthAt + 1]! << 8)) === frame.length - minFrameBytes;
  const command = frame[headerBytes - 1] ?? 0;
  if (!whole || (command in commands && !owesFor[command])) return null;
  return replyTo(frame, deny, now);
}
