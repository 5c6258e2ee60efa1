import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { answer } from './answer.ts';
import { decode } from './decode.ts';
import type { Hj212Message } from './message.ts';
import { type Hj212Options, hj212Options } from './options.ts';
import { session, sessionLimits } from './session.ts';
import { bytesOf, textOf, vector, vectors } from './testing/vectors.ts';

const read = (bytes: Uint8Array): Hj212Message => {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
};
const [first, second] = [read(vector('split1')), read(vector('split2'))];
/** The same packet of another station, another number, another text. */
const packet = (message: Hj212Message, mn: string, part: Hj212Message['part'] = message.part, cp = message.cp) => ({
  ...message,
  part,
  cp,
  header: { ...message.header, MN: mn },
});

function converse(
  messages: readonly (readonly [Hj212Message, number])[],
  given: Partial<Hj212Options> = {},
  limits = sessionLimits,
) {
  const one = session(hj212Options.parse(given), true, limits);
  let state = one.start;
  const steps = messages.map(([message, now]) => {
    const step = one.step(state, message, now);
    state = step.state;
    return step;
  });
  return { steps, end: one.end(state), held: (state as ReadonlyMap<string, unknown>).size };
}
const timeAndCodes = (message: Hj212Message | null) =>
  message?.cp.flatMap((group) => group.map(([key, value]) => (key === 'DataTime' ? value : key))) ?? null;

describe('split messages', () => {
  it('are read packet by packet, under the time that one of them states', () => {
    const { steps, held, end } = converse([
      [first, 0],
      [second, 1],
    ]);
    expect(steps.map((step) => timeAndCodes(step.message))).toEqual([
      ['20260615083000', 'w01018-Avg', 'w01018-Flag'],
      ['20260615083000', 'w21003-Avg', 'w21003-Flag'],
    ]);
    expect([held, end]).toEqual([0, []]);
  });

  it('wait for that packet where it comes late', () => {
    const { steps, held } = converse([
      [second, 0],
      [first, 1],
    ]);
    expect(steps.map((step) => timeAndCodes(step.message))).toEqual([
      null,
      ['20260615083000', 'w01018-Avg', 'w01018-Flag', 'w21003-Avg', 'w21003-Flag'],
    ]);
    expect(held).toBe(0);
  });

  it('do not mix stations', () => {
    const { steps, end } = converse([
      [packet(first, 'A'), 0],
      [packet(second, 'B'), 1],
      [packet(second, 'A'), 2],
    ]);
    expect(steps.map((step) => step.message?.header.MN ?? null)).toEqual(['A', null, 'A']);
    expect(end).toMatchObject([{ refused: 'truncated' }]);
  });

  it('without any time are read when all have come', () => {
    const { steps, held } = converse([
      [packet(second, 'A', { total: 2, index: 1 }), 0],
      [packet(second, 'A', { total: 2, index: 2 }), 1],
    ]);
    expect(steps.map((step) => timeAndCodes(step.message)?.length ?? null)).toEqual([null, 4]);
    expect(held).toBe(0);
  });

  it('are given up after a minute of silence, and past the bounds', () => {
    const late = converse([
      [packet(second, 'A'), 0],
      [packet(second, 'B'), 60_001],
    ]);
    expect(late.steps[1]?.expired).toMatchObject([{ refused: 'truncated', detail: expect.stringContaining('of A') }]);
    const many = ['A', 'B', 'C', 'D'].map((mn) => [packet(second, mn), 0] as const);
    expect(converse(many, {}, { ...sessionLimits, groups: 2 })).toMatchObject({ held: 2 });
    expect(converse(many, {}, { ...sessionLimits, heldBytes: 10 })).toMatchObject({ held: 0 });
    const wide = [packet(second, 'A', { total: 9_999, index: 1 }), packet(first, 'A', { total: 9_999, index: 2 })];
    const { steps, held } = converse(wide.map((message) => [message, 0]));
    expect(steps.map((step) => [step.refusal?.refused ?? null, step.message === null])).toEqual([
      ['too_large', true],
      [null, false],
    ]);
    expect(held).toBe(0);
  });

  it('leave the state they were given as it was', () => {
    const one = session(hj212Options.parse({}), true);
    const before = one.step(one.start, second, 0).state as ReadonlyMap<string, unknown>;
    one.step(before, first, 1);
    expect(before.size).toBe(1);
  });
});

describe('checksums', () => {
  it('a source may not use are refused', () => {
    const { steps } = converse(
      [
        [read(vector('flue')), 0],
        [read(vector('air')), 0],
      ],
      { checksums: ['standard'] },
    );
    expect(steps.map((step) => step.refusal?.refused ?? null)).toEqual(['checksum', null]);
    expect(hj212Options.safeParse({ checksums: [] }).success).toBe(false);
    expect(hj212Options.safeParse({ checksum: ['standard'] }).success).toBe(false);
  });
});

describe('answers', () => {
  const reply = { serial: 0, accepted: true, now: 0 };
  const said = (name: keyof typeof vectors, accepted = true) => {
    const bytes = answer(read(vector(name)), { ...reply, accepted });
    return bytes && textOf(bytes);
  };

  it('repeat number, password and checksum of what they answer', () => {
    expect(said('air')).toBe(
      '##0079QN=20260615083012345;ST=91;CN=9014;PW=654321;MN=320100NJ00000001;Flag=4;CP=&&&&2700\r\n',
    );
    expect(said('flue')).toBe(
      '##0079QN=20260615090030001;ST=91;CN=9014;PW=654321;MN=320100NJ00000002;Flag=4;CP=&&&&B616\r\n',
    );
    expect(said('split1')).toBe(
      '##0092QN=20260615083200000;ST=91;CN=9014;PW=654321;MN=320100NJ00000005;Flag=6;PNUM=2;PNO=1;CP=&&&&BC81\r\n',
    );
  });

  it('confirm a notice, and refuse a request', () => {
    expect(said('clock')).toBe(
      '##0079QN=20260615083500000;ST=91;CN=9013;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&&&5500\r\n',
    );
    expect(said('alarm')).toBe(
      '##0076ST=91;CN=9013;PW=654321;MN=88888880000001;Flag=0;CP=&&QN=20260615083400000&&1680\r\n',
    );
    expect(said('asked')).toBe(
      '##0086QN=20260615083600000;ST=91;CN=9011;PW=654321;MN=320100NJ00000003;Flag=4;CP=&&QnRtn=2&&E2C1\r\n',
    );
  });

  it('are sent only where the flag asks, never to an answer, and not before the data is stored', () => {
    for (const name of ['old', 'water', 'state', 'taken'] as const) expect(said(name), name).toBeNull();
    expect(said('air', false)).toBeNull();
    const asking = { ...read(vector('taken')), wantsAnswer: true };
    expect(answer(asking, reply)).toBeNull();
    const bare = read(bytesOf(vectors.air));
    expect(textOf(answer({ ...bare, password: null }, reply)!)).not.toContain('PW');
  });
});
