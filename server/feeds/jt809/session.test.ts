import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import type { Jt809Message } from './message.ts';
import { type Jt809Options, jt809Options } from './options.ts';
import { mostAlarms, session } from './session.ts';
import { vector, type vectors } from './testing/vectors.ts';

type Name = keyof typeof vectors;
const now = Date.parse('2026-06-15T06:34:24Z');
const account = { centerId: 32010001, userId: 32010007, password: 'Nj+809!x' };
const keys = { centerId: 32010001, ia1: 18_374_651, ic1: 40_507_091, m1: 61_728_394 };
const read = (bytes: Uint8Array): Jt809Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
};

function converse(names: readonly Name[], given: Partial<Jt809Options> = { accounts: [account] }, connected = true) {
  const one = session(jt809Options.parse(given), connected);
  let state = one.start;
  const steps = names.map((name, serial) => {
    const message = read(vector(name));
    const step = one.step(state, message, now);
    state = step.state;
    const bytes = answer(step.answering ?? step.message ?? message, { serial, accepted: !step.refusal, now });
    return { ...step, said: bytes && read(bytes) };
  });
  return { steps, state };
}
const outcome = ({ steps }: ReturnType<typeof converse>) =>
  steps.map(({ refusal, said }) => [refusal?.refused ?? 'taken', said?.messageId ?? null, said?.body.result ?? null]);

describe('login', () => {
  it('opens the link, which is kept and closed as the standard says', () => {
    const talk = converse(['login2011', 'keepalive2011', 'position2011', 'logout', 'position2011']);
    expect(outcome(talk)).toEqual([
      ['taken', '0x1002', 0],
      ['taken', '0x1006', null],
      ['taken', null, null],
      ['taken', '0x1004', null],
      ['unauthorized', null, null],
    ]);
    expect(talk.steps.map(({ said }) => said?.header.serial ?? null)).toEqual([0, 1, null, 3, null]);
    expect(talk.steps[0]?.said?.header).toMatchObject({ version: '2011', centerId: 32010001, length: 31 });
  });

  it('is answered in the sender’s edition', () => {
    const { steps } = converse(['login2019', 'keepalive2019']);
    expect(steps.map(({ said }) => said?.header)).toMatchObject([
      { version: '2019', sentAt: now, protocolVersion: '1.0.2', length: 39 },
      { version: '2019', sentAt: now, serial: 1 },
    ]);
  });

  it.each([
    ['an unknown user', { ...account, userId: 1 }, 3],
    ['another password', { ...account, password: 'Nj+809!y' }, 4],
    ['a shorter password', { ...account, password: 'Nj+809' }, 4],
    ['another centre', { ...account, centerId: 5 }, 2],
  ])('is denied with its code: %s', (_, wanted, result) => {
    const talk = converse(['login2011', 'position2011', 'keepalive2011'], { accounts: [wanted] });
    expect(outcome(talk)).toEqual([
      ['unauthorized', '0x1002', result],
      ['unauthorized', null, null],
      ['unauthorized', null, null],
    ]);
  });

  it('is denied to everybody where no account is set up', () => {
    expect(outcome(converse(['login2011'], {}))).toEqual([['unauthorized', '0x1002', 3]]);
  });

  it('is for one centre', () => {
    const { steps } = converse(['login2011']);
    const one = session(jt809Options.parse({ accounts: [account] }), true);
    const position = read(vector('position2011'));
    const other = { ...position, header: { ...position.header, centerId: 7 } };
    expect(one.step(steps[0]!.state, other, now).refusal).toMatchObject({ refused: 'unauthorized' });
  });

  it('that could not be stored is told to come back', () => {
    const { message } = converse(['login2011']).steps[0]!;
    const said = answer(message!, { serial: 0, accepted: false, now });
    expect(read(said!).body.result).toBe(5);
  });

  it('is not asked for where the options say so, nor in a file', () => {
    expect(outcome(converse(['position2011', 'login2011'], { requireLogin: false }))).toEqual([
      ['taken', null, null],
      ['taken', '0x1002', 0],
    ]);
    expect(converse(['position2011'], {}, false).steps[0]?.refusal).toBeNull();
  });

  it('leaves no password in what goes on', () => {
    const { steps, state } = converse(['login2011']);
    expect(steps[0]?.message?.password).toBeNull();
    const wrong = converse(['login2011'], { accounts: [{ ...account, password: 'other' }] }).steps[0];
    expect(wrong?.answering?.password).toBeNull();
    expect(JSON.stringify([steps, state, wrong])).not.toContain('Nj+809!x');
  });

  it('gives a fresh code for the slave link each time', () => {
    const codes = [now, now + 1].map((at) => {
      const one = session(jt809Options.parse({ accounts: [account] }), true);
      return one.step(one.start, read(vector('login2011')), at).message?.login?.verifyCode?.reveal();
    });
    expect(codes[0]).toMatch(/^[\da-f]{8}$/);
    expect(codes[0]).not.toBe(codes[1]);
  });
});

describe('enciphered bodies', () => {
  it('are opened with the keys of their centre', () => {
    const { steps } = converse(['sealedLogin', 'sealedPosition'], { accounts: [account], ciphers: [keys] });
    expect(steps.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(steps[1]?.message).toMatchObject({
      subId: '0x1202',
      vehicle: { plate: '苏A12345' },
      positions: [{ form: '2011' }],
    });
    expect(steps[1]?.message?.sealed).toBeUndefined();
  });

  it('are refused without, and with wrong ones', () => {
    const without = converse(['sealedPosition'], {}, false).steps[0];
    expect(without?.refusal).toMatchObject({ refused: 'unsupported', detail: expect.stringContaining('32010001') });
    const wrong = converse(['sealedPosition'], { ciphers: [{ ...keys, ia1: 3 }] }, false).steps[0];
    expect(wrong?.refusal?.detail).toMatch(/^deciphered, /);
    expect(JSON.stringify([without, wrong])).not.toMatch(/18374651|40507091|61728394/);
  });
});

describe('open alarms', () => {
  it('are remembered until they are handled', () => {
    const { steps, state } = converse(['alarm2011', 'handled2011'], {}, false);
    expect(steps[1]?.message?.ends).toBe('jt809:苏A12345_2,alarm 3 4711,2026-06-15T08:34:32+08:00');
    expect(state.alarms.has('info 苏A12345_2 4711')).toBe(false);
    expect(converse(['handled2011'], {}, false).steps[0]?.message?.ends).toBeUndefined();
  });

  it('are not remembered without end', () => {
    const one = session(jt809Options.parse({}), false);
    const alarm = read(vector('alarm2011'));
    let state = one.start;
    for (let infoId = 1; infoId < mostAlarms; infoId++) {
      const header = { ...alarm.header, serial: infoId };
      state = one.step(state, { ...alarm, header, body: { ...alarm.body, infoId } }, now).state;
    }
    expect(state.alarms.size).toBe(mostAlarms);
  });
});

describe('options', () => {
  it('are refused where they are none', () => {
    for (const wrong of [
      { accounts: [{ ...account, password: 'ninechars' }] },
      { accounts: [{ ...account, password: '' }] },
      { ciphers: [{ ...keys, m1: -1 }] },
      { user: 'x' },
    ])
      expect(jt809Options.safeParse(wrong).success).toBe(false);
  });
});
