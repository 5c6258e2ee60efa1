import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { enclose } from './frame.ts';
import { map } from './map.ts';
import type { Jt808Message } from './message.ts';
import { jt808Options } from './options.ts';
import { noParts, type PartLimits, type Parts, partLimits, reassemble } from './reassemble.ts';
import { authCodeOf, session } from './session.ts';
import { bytesOf, hexOf, vector } from './testing/vectors.ts';

const read = (frame: Uint8Array): Jt808Message => {
  const message = decode(frame);
  if (isRefusal(message)) throw new Error(message.detail);
  return message;
};
const partFrame = (total: number, index: number, bytes: string, terminal = '013912345678') => {
  const length = (0x2000 | (bytes.length / 2)).toString(16);
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  return read(enclose(bytesOf(`0900 ${length} ${terminal} 0001 ${hex(total)} ${hex(index)} ${bytes}`)));
};

describe('reassemble', () => {
  const run = (steps: readonly (readonly [Jt808Message, number])[], limits: PartLimits = partLimits) => {
    let state: Parts = noParts;
    return steps.map(([message, now]) => {
      const step = reassemble(state, message, now, limits);
      state = step.state;
      return {
        whole: step.whole && hexOf(step.whole),
        refusal: step.refusal?.refused,
        expired: step.expired.length,
        held: state.size,
      };
    });
  };

  it('puts parts together in their order, whatever the order they came in', () => {
    const steps = run([
      [partFrame(3, 3, 'cc'), 0],
      [partFrame(3, 1, 'aaaa'), 1],
      [partFrame(3, 2, 'bb'), 2],
    ]);
    expect(steps.map((step) => step.whole)).toEqual([null, null, 'aaaabbcc']);
    expect(steps.at(-1)).toMatchObject({ held: 0, expired: 0 });
  });

  it('takes a part that comes again for a resend, and other bytes for the next message', () => {
    const steps = run([
      [partFrame(2, 1, 'aa'), 0],
      [partFrame(2, 1, 'aa'), 1],
      [partFrame(2, 1, 'dd'), 2],
      [partFrame(2, 2, 'ee'), 3],
    ]);
    expect(steps.map((step) => step.expired)).toEqual([0, 0, 1, 0]);
    expect(steps.at(-1)?.whole).toBe('ddee');
  });

  it('does not mix terminals', () => {
    const steps = run([
      [partFrame(2, 1, 'aa'), 0],
      [partFrame(2, 2, 'bb', '013900000000'), 0],
    ]);
    expect(steps.at(-1)).toMatchObject({ whole: null, held: 2 });
  });

  it('gives up after a minute of silence, and tells', () => {
    const steps = run([
      [partFrame(2, 1, 'aa'), 0],
      [partFrame(2, 2, 'bb'), 60_001],
    ]);
    expect(steps.at(-1)).toEqual({ whole: null, refusal: undefined, expired: 1, held: 1 });
  });

  it('holds no more groups, bytes and parts than its limits', () => {
    const limits = { groups: 2, parts: 10, bytes: 4, idleMs: 1000 };
    const many = run(
      [1, 2, 3].map((at) => [partFrame(2, 1, 'aa', `01390000000${at}`), 0] as const),
      limits,
    );
    expect(many.at(-1)).toMatchObject({ held: 2, expired: 1 });
    expect(run([[partFrame(3, 1, 'aabbccddee'), 0]], limits)).toEqual([
      { whole: null, refusal: undefined, expired: 1, held: 0 },
    ]);
    expect(run([[partFrame(11, 1, 'aa'), 0]], limits)).toEqual([
      { whole: null, refusal: 'too_large', expired: 0, held: 0 },
    ]);
  });

  it('leaves the state it was given as it was', () => {
    const before = reassemble(noParts, partFrame(2, 1, 'aa'), 0).state;
    reassemble(before, partFrame(2, 2, 'bb'), 1);
    expect(before.size).toBe(1);
    expect(hexOf(reassemble(before, partFrame(2, 2, 'bb'), 1).whole ?? new Uint8Array(0))).toBe('aabb');
  });
});

describe('session', () => {
  const secret = 'a secret of more than sixteen';
  const strict = jt808Options.parse({ requireAuth: true, authSecret: secret });
  const code = authCodeOf('013912345678', secret);
  const authenticate = (text: string) =>
    read(
      enclose(
        bytesOf(
          `0102 ${text.length.toString(16).padStart(4, '0')} 013912345678 0001 ${Buffer.from(text).toString('hex')}`,
        ),
      ),
    );

  const converse = (options: Parameters<typeof session>[0], messages: readonly Jt808Message[]) => {
    const one = session(options, true);
    let state = one.start;
    return messages.map((message) => {
      const step = one.step(state, message, 0);
      state = step.state;
      return step;
    });
  };
  const signedOn = (message: Jt808Message | null) =>
    message &&
    map(message, { receivedAt: null, crs: 'wgs84', options: strict }).map(
      (value) => !isRefusal(value) && 'extras' in value && value.extras['session.signedOn'],
    );

  it('takes reports of terminals that never signed on, and says so in the record', () => {
    const steps = converse(jt808Options.parse({}), [
      read(vector('location2013')),
      authenticate('whatever'),
      read(vector('location2013')),
    ]);
    expect(steps.map((step) => signedOn(step.message))).toEqual([[false], [], [true]]);
  });

  it('turns them away where authentication is required', () => {
    const steps = converse(strict, [
      read(vector('heartbeat')),
      read(vector('register2013')),
      read(vector('location2013')),
      authenticate('wrong'),
      authenticate(code),
      read(vector('location2013')),
      read(vector('location2019')),
    ]);
    expect(steps.map((step) => step.refusal?.refused ?? null)).toEqual([
      null,
      null,
      'unauthorized',
      'unauthorized',
      null,
      null,
      null,
    ]);
    expect(steps[1]?.message?.signOn).toEqual({ signedOn: false, authCode: code });
    expect(signedOn(steps[6]?.message ?? null)).toEqual([true]);
  });

  it('needs a secret for that', () => {
    expect(jt808Options.safeParse({ requireAuth: true }).success).toBe(false);
    expect(jt808Options.safeParse({ requireAut: true }).success).toBe(false);
  });

  it('reads the whole of a split message, and tells what never became whole', () => {
    const [first, second] = converse(jt808Options.parse({}), [read(vector('part1')), read(vector('part2'))]);
    expect(first?.message).toBeNull();
    expect(second?.message).toMatchObject({
      name: 'transparent data',
      body: { type: '0xf0', bytes: bytesOf('01020304') },
    });
    const one = session(jt808Options.parse({}), true);
    expect(one.end(one.step(one.start, read(vector('part1')), 0).state)).toMatchObject([{ refused: 'truncated' }]);
  });

  it('signs nobody on when a file is read', () => {
    const one = session(strict, false);
    expect(one.step(one.start, read(vector('location2013')), 0)).toMatchObject({
      refusal: null,
      message: { messageId: '0x0200' },
    });
  });
});
