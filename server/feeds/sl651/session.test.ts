import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import type { Sl651Message } from './message.ts';
import { sl651Options } from './options.ts';
import { type SessionLimits, session, sessionLimits } from './session.ts';
import { bytesOf, hexOf, vector, vectors } from './testing/vectors.ts';

const read = (bytes: Uint8Array): Sl651Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
};
const pictures = (['picture1', 'picture2', 'picture3'] as const).map((name) => read(vector(name)));
const of = (message: Sl651Message, station: string, bytes = message.bytes): Sl651Message => ({
  ...message,
  bytes,
  header: { ...message.header, station },
});

function converse(
  messages: readonly (readonly [Sl651Message, number])[],
  given = {},
  limits: SessionLimits = sessionLimits,
) {
  const one = session(sl651Options.parse(given), true, limits);
  let state = one.start;
  const steps = messages.map(([message, now]) => {
    const step = one.step(state, message, now);
    state = step.state;
    return step;
  });
  return { steps, end: one.end(state), held: (state as ReadonlyMap<string, unknown>).size };
}
const picture = 'ffd87e7e0102030405060708ffd9';
/** 08:32:05 in Nanjing. */
const reply = { serial: 0, accepted: true, now: Date.parse('2026-06-15T00:32:05Z') };
const said = (message: Sl651Message, given = reply) => {
  const bytes = answer(message, given);
  return bytes && hexOf(bytes);
};

describe('split messages', () => {
  it('are put together in the order of their packets, whatever the order they came in', () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const { steps, held } = converse(order.map((at) => [pictures[at]!, 0]));
      expect(steps.slice(0, 2).map((step) => step.message)).toEqual([null, null]);
      const whole = steps[2]!.message!;
      expect(hexOf(whole.bytes!)).toBe(picture);
      expect(whole).toMatchObject({
        serial: 18,
        reportStation: '0060123456',
        packets: 3,
        header: { part: null, end: 'ETX' },
      });
      expect(held).toBe(0);
    }
  });

  it('do not mix stations, and take a packet that comes again for a resend', () => {
    const { steps } = converse([
      [of(pictures[0]!, 'A'), 0],
      [of(pictures[1]!, 'B'), 0],
      [of(pictures[0]!, 'A'), 0],
      [of(pictures[1]!, 'A'), 0],
      [of(pictures[2]!, 'A'), 0],
    ]);
    expect(steps.map((step) => step.message?.header.station ?? null)).toEqual([null, null, null, null, 'A']);
    expect(steps.flatMap((step) => step.expired)).toEqual([]);
  });

  it('begin anew with a packet of other bytes, and are given up after five minutes', () => {
    const { steps } = converse([
      [pictures[0]!, 0],
      [of(pictures[0]!, '0060123456', bytesOf('00')), 0],
      [of(pictures[0]!, 'B'), 300_001],
    ]);
    expect(steps.map((step) => step.expired.length)).toEqual([0, 1, 1]);
    expect(converse([[pictures[0]!, 0]]).end).toMatchObject([
      { refused: 'truncated', detail: expect.stringContaining('1 of 3') },
    ]);
  });

  it('hold no more than the bounds', () => {
    const many = ['A', 'B', 'C'].map((station) => [of(pictures[0]!, station), 0] as const);
    expect(converse(many, {}, { ...sessionLimits, groups: 2 }).held).toBe(2);
    expect(converse(many, {}, { ...sessionLimits, bytes: 10 }).held).toBe(0);
    expect(converse([[pictures[0]!, 0]], {}, { ...sessionLimits, packets: 2 }).steps[0]?.refusal?.refused).toBe(
      'too_large',
    );
  });

  it('lose the serial number and time that some makers repeat in every packet', () => {
    const repeated = of(pictures[1]!, '0060123456', bytesOf('0012 260615083101 0102030405060708'));
    const last = of(pictures[2]!, '0060123456', bytesOf('0012 260615083102 ffd9'));
    const { steps } = converse([
      [pictures[0]!, 0],
      [repeated, 0],
      [last, 0],
    ]);
    expect(hexOf(steps[2]!.message!.bytes!)).toBe(picture);
  });

  it('leave the state they were given as it was', () => {
    const one = session(sl651Options.parse({}), true);
    const before = one.step(one.start, pictures[0]!, 0).state as ReadonlyMap<
      string,
      { packets: ReadonlyMap<number, unknown> }
    >;
    one.step(before, pictures[1]!, 1);
    expect([...before.values()][0]?.packets.size).toBe(1);
  });
});

describe('answers', () => {
  it('confirm a report that is stored, ask for it again where it is not, and for more where more is announced', () => {
    expect(said(read(vector('timed')))).toBe('7e7e006012345605432132800802000826061508320504db9c');
    expect(said(read(vector('timed')), { ...reply, accepted: false })).toBe(
      '7e7e006012345605432132800802000826061508320515d75c',
    );
    expect(said(read(vector('more')))).toBe('7e7e006012345605432133800802001426061508320506c21e');
    expect(said(read(vector('ascii')))).toBe(
      '013030363031323334353630353433323133323830313002303031373236303631353038333230350437454641',
    );
  });

  it('keep the station on line where the source wants that', () => {
    const { steps } = converse([[read(vector('timed')), 0]], { keepOnline: true });
    expect(said(steps[0]!.message!)).toBe('7e7e00601234560543213280080200082606150832051b13dd');
    expect(sl651Options.safeParse({ keepOnLine: true }).success).toBe(false);
  });

  it('are not sent to keep-alives, to replies, to a centre', () => {
    for (const name of ['keepAlive', 'settings', 'state', 'confirm'] as const)
      expect(said(read(vector(name))), name).toBeNull();
  });

  it('confirm a split message once, and ask for packets that are missing when the last has come', () => {
    const { steps } = converse([
      [pictures[0]!, 0],
      [pictures[2]!, 0],
      [pictures[1]!, 0],
    ]);
    const owed = steps.map((step, at) => said(step.message ?? step.answering ?? pictures[at]!));
    expect(owed).toEqual([
      null,
      '7e7e006012345605432136800b16003002001226061508320515263f',
      '7e7e0060123456054321368008020012260615083205042c13',
    ]);
  });

  it('are frames that decode, with the station before the centre', () => {
    const message = read(bytesOf(said(read(vector('timed'))) ?? ''));
    expect(message).toMatchObject({
      header: { direction: 'down', centre: 5, end: 'EOT' },
      serial: 8,
      sendTimeBcd: '260615083205',
    });
    expect(vectors.confirm).toMatch(/^7e7e0060123456/);
  });
});
