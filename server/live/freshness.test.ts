import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshnessAt, freshnessHoldsUntil } from './freshness.ts';

describe('how long a freshness holds', () => {
  it('is the same up to then and another one after', () => {
    const ms = fc.integer({ min: -10, max: 100_000 });
    fc.assert(
      fc.property(ms, ms, ms, (now, observedAt, intervalMs) => {
        const until = freshnessHoldsUntil(now, observedAt, intervalMs);
        const held = freshnessAt(now, observedAt, intervalMs);
        expect(until).toBeGreaterThanOrEqual(now);
        if (until === Number.POSITIVE_INFINITY) {
          expect(freshnessAt(now + 10_000_000, observedAt, intervalMs)).toBe(held);
          return;
        }
        expect(freshnessAt(until, observedAt, intervalMs)).toBe(held);
        expect(freshnessAt(until + 1, observedAt, intervalMs)).not.toBe(held);
      }),
    );
  });
});
