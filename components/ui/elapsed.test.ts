import { describe, expect, it } from 'vitest';
import { clockText, freshnessOf, largestUnit } from './elapsed.ts';

describe('elapsed time', () => {
  it('takes the largest whole unit and never a negative one', () => {
    expect(largestUnit(-5_000)).toEqual({ unit: 'second', count: 0 });
    expect(largestUnit(59_999)).toEqual({ unit: 'second', count: 59 });
    expect(largestUnit(60_000)).toEqual({ unit: 'minute', count: 1 });
    expect(largestUnit(7_199_000)).toEqual({ unit: 'hour', count: 1 });
    expect(largestUnit(3 * 86_400_000)).toEqual({ unit: 'day', count: 3 });
  });

  it('writes a running clock', () => {
    expect([7_000, 760_000, 3_729_000, 4 * 86_400_000 + 600_000].map(clockText)).toEqual([
      '0:07',
      '12:40',
      '1:02:09',
      '4d 00:10',
    ]);
  });

  it('calls nothing fresh that has no time', () => {
    const limits = { lateMs: 30_000, staleMs: 60_000 };
    expect(freshnessOf(null, 0, limits)).toBe('unknown');
    expect([29_999, 30_000, 59_999, 60_000].map((now) => freshnessOf(0, now, limits))).toEqual([
      'fresh',
      'late',
      'late',
      'stale',
    ]);
  });
});
