import { describe, expect, it } from 'vitest';
import { asking, closedBreaker, failed, mayAsk, succeeded } from './circuit-breaker.ts';

const tripped = (times: number, now = 0) => {
  let of = closedBreaker;
  for (let n = 0; n < times; n += 1) of = failed(of, 'HTTP 500', { now });
  return of;
};

describe('a circuit breaker', () => {
  it('bears two failures and rests after the third, with the reason', () => {
    expect([mayAsk(tripped(2), 0), mayAsk(tripped(3), 0), mayAsk(tripped(3), 29_999)]).toEqual([true, false, false]);
    expect(tripped(3)).toEqual({ failures: 3, openedAt: 0, reason: 'HTTP 500' });
  });
  it('lets one through after the rest, and nobody else until that one is back', () => {
    const probing = asking(tripped(3), 30_000);
    expect([mayAsk(tripped(3), 30_000), mayAsk(probing, 30_001)]).toEqual([true, false]);
    expect(mayAsk(failed(probing, 'HTTP 500', { now: 31_000 }), 60_999)).toBe(false);
    expect(succeeded()).toEqual(closedBreaker);
  });
  it('asks on as before while it is closed', () => expect(asking(closedBreaker, 5)).toEqual(closedBreaker));
});
