import { describe, expect, it } from 'vitest';
import { isRefusal, refuse } from '../refusal.ts';
import { answer, reject } from './answer.ts';
import { decode } from './decode.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';

const now = Date.parse('2025-06-24T15:30:12+08:00');
const reply = (accepted: boolean) => ({ serial: 7, accepted, now });

function answerTo(name: keyof typeof vectors, accepted = true): string | null {
  const message = decode(vector(name));
  if (isRefusal(message)) throw new Error(message.detail);
  const bytes = answer(message, reply(accepted));
  return bytes && hexOf(bytes);
}
const flat = (hex: string) => hex.replace(/\s/g, '');

describe('answers', () => {
  it('confirms what was stored: its serial, our clock, addresses turned round, no data', () => {
    expect(answerTo('fire')).toBe(flat('4040 0100 0101 0c1e0f180619 aabbccddeeff 010203040506 0000 03 86 2323'));
    expect(decode(bytesOf(answerTo('fire') ?? ''))).toMatchObject({ name: 'confirm', header: { serial: 1 } });
  });

  it('denies what was not stored, so that it comes again', () => {
    expect(answerTo('fire', false)).toBe(flat('4040 0100 0101 0c1e0f180619 aabbccddeeff 010203040506 0000 06 89 2323'));
  });

  it('confirms makers’ data and controls, denies requests, and says nothing to ends of an exchange', () => {
    expect(answerTo('vendor')).toMatch(/^40400800.*0000 ?03/);
    expect(answerTo('staffCheck')).toMatch(/^40401100.*000003..2323$/);
    expect(answerTo('request')).toMatch(/^40401000.*000006..2323$/);
    expect(answerTo('confirm')).toBeNull();
  });

  it('denies a whole frame that cannot be read, and leaves others alone', () => {
    const rejected = (hex: string) => {
      const bytes = bytesOf(hex);
      const refusal = decode(bytes);
      if (!isRefusal(refusal)) throw new Error('was read');
      const owed = reject(bytes, refusal, reply(true));
      return owed && hexOf(owed);
    };
    const denial = flat('4040 0100 0101 0c1e0f180619 aabbccddeeff 010203040506 0000 06 89 2323');
    expect(rejected(vectors.fire.replace('64 2323', '65 2323'))).toBe(denial);
    expect(rejected('4040 0900 0101 0a1e0f180619 aabbccddeeff 010203040506 0300 02 020203 00 2323')).toMatch(
      /^40400900/,
    );
    expect(rejected('4040 0100 0105 00b8 2323')).toBeNull();
    expect(rejected(vectors.fire.replace(' 3000 ', ' 3100 '))).toBeNull();
    expect(rejected(vectors.confirm.replace('8c 2323', '8d 2323'))).toBeNull();
    expect(reject(new Uint8Array(0), refuse('empty', ''), reply(true))).toBeNull();
  });
});
