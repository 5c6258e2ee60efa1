import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { jt809 } from './jt809.ts';
import { redact } from './redact.ts';
import { session } from './session.ts';
import { bytesOf, hexOf, vector, type vectors } from './testing/vectors.ts';

type Name = keyof typeof vectors;
const password = Buffer.from('Nj+809!x').toString('hex');
const stars = '2a'.repeat(8);
const secrets: readonly Name[] = ['login2011', 'login2019', 'loginSmallUser', 'logout'];

describe('redact', () => {
  it.each(secrets)('blanks the password of %s, and the rest still reads', (name) => {
    const kept = redact(vector(name));
    expect(hexOf(kept)).not.toContain(password);
    expect(hexOf(kept)).toContain(stars);
    const [before, after] = [decode(vector(name)), decode(kept)];
    if (isRefusal(before) || isRefusal(after)) throw new Error('refused');
    expect({ ...after, password: null }).toEqual({ ...before, password: null });
    expect(redact(kept)).toEqual(kept);
  });

  it('blanks codes that let somebody see a camera, or a network', () => {
    expect(hexOf(redact(vector('authorisation')))).not.toMatch(/4141|4242/);
    const emergency = hexOf(redact(vector('emergency')));
    expect(emergency).not.toMatch(/01020304|6363/);
    expect(emergency).toContain('6262');
    for (const name of ['authorisation', 'emergency'] as const)
      expect(decode(redact(vector(name)))).toEqual(decode(vector(name)));
  });

  it('blanks the password of an enciphered login', () => {
    const keys = { centerId: 32010001, ia1: 18_374_651, ic1: 40_507_091, m1: 61_728_394 };
    const open = (bytes: Uint8Array) => {
      const message = decode(bytes);
      if (isRefusal(message)) throw new Error(message.detail);
      const one = session(jt809.options.parse({ ciphers: [keys] }), false);
      return one.step(one.start, message, 0).message;
    };
    expect(open(vector('sealedLogin'))?.password?.reveal()).toBe('Nj+809!x');
    const kept = open(redact(vector('sealedLogin')));
    expect(kept?.password?.reveal()).not.toBe('Nj+809!x');
    expect(kept?.body).toEqual(open(vector('sealedLogin'))?.body);
    expect(redact(vector('sealedPosition'))).toEqual(vector('sealedPosition'));
  });

  it('leaves alone what has no secret', () => {
    for (const name of ['position2011', 'position2019', 'alarm2019', 'keepalive2011', 'unknown', 'unknownSub'] as const)
      expect(redact(vector(name)), name).toEqual(vector(name));
    expect(redact(new Uint8Array(0)).length).toBe(0);
    expect(hexOf(redact(bytesOf('5b0000')))).toBe('5b0000');
  });

  it.each(secrets)('blanks the password of %s wherever it is cut off', (name) => {
    const whole = vector(name);
    for (let length = 1; length < whole.length; length++)
      expect(hexOf(redact(whole.subarray(0, length))), `${length}`).not.toContain(password.slice(0, 4));
  });

  it.each(secrets)('blanks the password of %s whichever byte is damaged', (name) => {
    const at = hexOf(vector(name)).indexOf(password) / 2;
    for (let damaged = 0; damaged < vector(name).length; damaged++) {
      if (damaged >= at && damaged < at + 8) continue;
      const bytes = vector(name);
      bytes[damaged]! ^= 0x13;
      const kept = redact(bytes);
      expect(hexOf(kept), `${damaged}`).not.toContain(password);
      const [before, after] = [decode(bytes), decode(kept)];
      if (isRefusal(before)) expect(isRefusal(after), `${damaged}`).toBe(true);
    }
  });
});
