import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { answer, reject } from './answer.ts';
import { decode } from './decode.ts';
import type { Jt808Message } from './message.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';

const now = Date.UTC(2026, 5, 15, 0, 30, 0);
const compact = (hex: string) => hex.replace(/\s/g, '');
function reply(
  name: keyof typeof vectors,
  options: Partial<{ serial: number; accepted: boolean; authCode: string }> = {},
) {
  const message = decode(vector(name));
  if (isRefusal(message)) throw new Error(message.detail);
  const { serial = 0, accepted = true, authCode = 'ABCD' } = options;
  const known: Jt808Message = { ...message, signOn: { signedOn: false, authCode } };
  const bytes = answer(known, { serial, accepted, now });
  return bytes && hexOf(bytes);
}

describe('answer', () => {
  it('answers in the version and with the number of the terminal', () => {
    expect(reply('heartbeat')).toBe(compact('7e 8001 0005 013912345678 0000 0008 0002 00 be 7e'));
    expect(reply('location2019', { serial: 3 })).toBe(
      compact('7e 8001 4005 01 00000000013912345678 0003 ffff 0200 00 f4 7e'),
    );
  });

  it('says "failed" where the record was not taken', () => {
    expect(reply('heartbeat', { accepted: false })).toBe(compact('7e 8001 0005 013912345678 0000 0008 0002 01 bf 7e'));
  });

  it('answers a registration with the code, and not at all where it was not taken', () => {
    expect(reply('register2013')).toBe(compact('7e 8100 0007 013912345678 0000 0003 00 41424344 b1 7e'));
    expect(reply('register2013', { accepted: false })).toBeNull();
  });

  it('tells the time in UTC, and that a photograph is complete', () => {
    expect(reply('queryTime')).toBe(compact('7e 8004 4006 01 00000000013912345678 0000 260615003000 f6 7e'));
    expect(reply('media')).toBe(compact('7e 8800 0004 013912345678 0000 00000101 bc 7e'));
  });

  it('says "unsupported" to a message it does not know, and "done" to a part', () => {
    const result = (hex: string | null) => hex && (decode(bytesOf(hex)) as Jt808Message).body.result;
    expect(result(reply('unknown'))).toBe(3);
    expect(result(reply('part1'))).toBe(0);
  });

  it('escapes its own frames', () => {
    expect(reply('heartbeat', { serial: 0x7e7d })).toContain('0139123456787d027d01');
  });

  it('is silent towards answers and platforms', () => {
    for (const hex of [
      '7e 0001 0005 013912345678 0001 0001 8201 00 b7 7e',
      '7e 8001 0005 013912345678 0000 0008 0002 00 be 7e',
    ]) {
      const message = decode(bytesOf(hex));
      expect(isRefusal(message)).toBe(false);
      if (!isRefusal(message)) expect(answer(message, { serial: 0, accepted: true, now })).toBeNull();
    }
  });
});

describe('reject', () => {
  const rejected = (frame: Uint8Array) => {
    const message = decode(frame);
    if (!isRefusal(message)) throw new Error('was read');
    const bytes = reject(frame, message, { serial: 0, accepted: false, now });
    return bytes && (decode(bytes) as Jt808Message).body;
  };

  it('says "wrong" to a whole frame whose body cannot be read', () => {
    expect(rejected(vector('tooShortLocation'))).toEqual({ replySerial: 14, replyId: '0x0200', result: 2 });
  });

  it('is silent towards a frame that may have been damaged', () => {
    expect(rejected(bytesOf(vectors.heartbeat.replace('3a 7e', '3b 7e')))).toBeNull();
    expect(rejected(vector('encrypted'))).toBeNull();
  });
});
