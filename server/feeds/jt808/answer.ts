import type { Reply } from '../contract.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { kindOfMessage } from './decode.ts';
import { enclose } from './frame.ts';
import { type Header, readContent } from './header.ts';
import type { Jt808Message } from './message.ts';

/** Results of the platform's general answer, 0x8001. */
const result = { done: 0, failed: 1, wrong: 2, unsupported: 3 } as const;

/** Header of our own message to the terminal: its version, its number as it wrote it, our serial. */
export function platformFrame(to: Header, messageId: number, body: Uint8Array, serial: number): Uint8Array {
  const terminal = Buffer.from(to.terminal, 'hex');
  const is2019 = to.version === '2019';
  const head = Buffer.alloc(is2019 ? 7 + terminal.length : 6 + terminal.length);
  head.writeUInt16BE(messageId, 0);
  head.writeUInt16BE(body.length | (is2019 ? 0x4000 : 0), 2);
  if (is2019) head[4] = to.protocolVersion ?? 1;
  head.set(terminal, is2019 ? 5 : 4);
  head.writeUInt16BE(serial & 0xffff, head.length - 2);
  return enclose(Buffer.concat([head, body]));
}

function general(to: Header, code: number, serial: number): Uint8Array {
  const body = Buffer.alloc(5);
  body.writeUInt16BE(to.serial, 0);
  body.writeUInt16BE(to.messageId, 2);
  body[4] = code;
  return platformFrame(to, 0x8001, body, serial);
}

/** Success and the code. Without our having stored the registration nothing is sent: the terminal asks again. */
function registration(message: Jt808Message, { serial, accepted }: Reply): Uint8Array | null {
  if (!accepted) return null;
  const head = Buffer.alloc(3);
  head.writeUInt16BE(message.header.serial, 0);
  const code = Buffer.from(message.signOn?.authCode ?? '', 'ascii');
  return platformFrame(message.header, 0x8100, Buffer.concat([head, code]), serial);
}

/** All parts are here, so the list of missing ones is left out. */
function mediaReceived(message: Jt808Message, { serial, accepted }: Reply): Uint8Array {
  const { header, body } = message;
  if (!accepted || typeof body.mediaId !== 'number') return general(header, result.failed, serial);
  const answer = Buffer.alloc(4);
  answer.writeUInt32BE(body.mediaId, 0);
  return platformFrame(header, 0x8800, answer, serial);
}

/** The one time of the standard that is UTC (2019 §8.4). */
function serverTime(message: Jt808Message, { serial, now }: Reply): Uint8Array {
  const digits = new Date(now).toISOString().replace(/\D/g, '').slice(2, 14);
  return platformFrame(message.header, 0x8004, Buffer.from(digits, 'hex'), serial);
}

export function answer(message: Jt808Message, reply: Reply): Uint8Array | null {
  const { header } = message;
  const kind = kindOfMessage(header.messageId);
  if (header.messageId >= 0x8000) return null;
  if (header.part && 'bytes' in message.body && kind?.owes !== 'nothing')
    return general(header, reply.accepted ? result.done : result.failed, reply.serial);
  switch (kind?.owes ?? 'unsupported') {
    case 'nothing':
      return null;
    case 'register':
      return registration(message, reply);
    case 'media':
      return mediaReceived(message, reply);
    case 'time':
      return serverTime(message, reply);
    case 'general':
      return general(header, reply.accepted ? result.done : result.failed, reply.serial);
    default:
      return general(header, reply.accepted ? result.unsupported : result.failed, reply.serial);
  }
}

/**
 * To a frame whose checksum is right but whose body cannot be read: "wrong", or "unsupported" where it is encrypted.
 * Nothing to a frame that may have been damaged on its way: its sender's number could be wrong.
 */
export function reject(frame: Uint8Array, refusal: Refusal, { serial }: Reply): Uint8Array | null {
  const content = readContent(frame);
  if (isRefusal(content)) return null;
  const { header } = content;
  if (header.messageId >= 0x8000 || kindOfMessage(header.messageId)?.owes === 'nothing') return null;
  return general(header, refusal.refused === 'unauthorized' ? result.failed : result.wrong, serial);
}
