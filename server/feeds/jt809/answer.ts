import type { Reply } from '../contract.ts';
import { enclose } from './frame.ts';
import { type Header, headerBytes } from './header.ts';
import type { Jt809Message } from './message.ts';
import { loginResult } from './session.ts';

/** Header of our own message: the sender's edition, centre and version, our serial and clock; never enciphered. */
export function upperFrame(to: Header, messageId: number, body: Uint8Array, { serial, now }: Reply): Uint8Array {
  const head = Buffer.alloc(headerBytes(to.version));
  head.writeUInt32BE(head.length + body.length + 4, 0);
  head.writeUInt32BE(serial, 4);
  head.writeUInt16BE(messageId, 8);
  head.writeUInt32BE(to.centerId, 10);
  head.set(to.protocolVersion.split('.').map(Number), 14);
  if (to.version === '2019') head.writeBigUInt64BE(BigInt(Math.floor(now / 1000)), 22);
  return enclose(Buffer.concat([head, body]));
}

/** What the main link owes: a login is always answered, a logout and a keepalive once somebody has logged in. Positions are not. */
export function answer(message: Jt809Message, reply: Reply): Uint8Array | null {
  const { header, login } = message;
  switch (header.messageId) {
    case 0x1001: {
      const stored = login?.result !== loginResult.done || reply.accepted;
      const result = stored ? (login?.result ?? loginResult.other) : loginResult.busy;
      const code = Buffer.from(result === loginResult.done ? (login?.verifyCode?.reveal() ?? '') : '', 'hex');
      const body = Buffer.alloc(5);
      body[0] = result;
      body.set(code.subarray(0, 4), 1);
      return upperFrame(header, 0x1002, body, reply);
    }
    case 0x1003:
      return reply.accepted ? upperFrame(header, 0x1004, new Uint8Array(0), reply) : null;
    case 0x1005:
      return reply.accepted ? upperFrame(header, 0x1006, new Uint8Array(0), reply) : null;
    default:
      return null;
  }
}
