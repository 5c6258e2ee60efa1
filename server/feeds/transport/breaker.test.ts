import { describe, expect, it } from 'vitest';
import { afterBad, afterGood, afterNoise, type Breaker, freshBreaker, isHarmful, judge } from './breaker.ts';

const run = (events: readonly ((state: Breaker) => Breaker)[], from = freshBreaker) =>
  events.reduce((state, event) => event(state), from);
const times = (count: number, event: (state: Breaker) => Breaker) => Array.from({ length: count }, () => event);

describe('breaker', () => {
  it('cuts after five bad frames in a row, not after five in all', () => {
    expect(judge(run(times(4, afterBad)))).toBeNull();
    expect(judge(run(times(5, afterBad)))).toBe('bad_in_a_row');
    expect(judge(run([...times(4, afterBad), afterGood, ...times(4, afterBad), ...times(10, afterGood)]))).toBeNull();
  });

  it('cuts what sends noise only, and forgives it with every good frame', () => {
    const noisy = (state: Breaker) => afterNoise(state, 10_000);
    expect(judge(run([noisy, noisy]))).toBe('noise');
    expect(judge(run([noisy, afterGood, noisy]))).toBeNull();
  });

  it('cuts a sender most of whose frames are bad, and forgets old times', () => {
    expect(
      judge(run(times(20, (state) => run([afterBad, afterBad, afterGood], state)).concat(times(4, afterBad)))),
    ).toBe('mostly_bad');
    const long = run(times(200, (state) => run([afterBad, afterGood, afterGood], state)));
    expect(judge(long)).toBeNull();
    expect(long.seen).toBeLessThanOrEqual(257);
  });

  it('does not hold against a sender what is whole but not ours to read', () => {
    expect(isHarmful('unsupported')).toBe(false);
    expect(isHarmful('checksum')).toBe(true);
  });
});
