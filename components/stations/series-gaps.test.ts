import { describe, expect, it } from 'vitest';
import { chartRows, gapAfterMs, gapsOf, type Series, summaryOf, withNewest } from './series-gaps.ts';

const minute = 60_000;
const series = (minutes: number[], more: Partial<Series> = {}): Series => {
  const at = minutes.map((one) => one * minute);
  const mean = minutes.map((one) => one);
  return {
    ...{ unit: 'm', widthMs: 0, at, first: at, last: at, mean, low: mean, high: mean },
    ...{ count: at.map(() => 1), doubtful: at.map(() => 0), otherUnits: 0 },
    ...more,
  };
};

describe('gaps', () => {
  it('begin after twice the promised interval, not with one late message', () => {
    const of = series([0, 5, 10, 20, 25, 36, 41]);
    const after = gapAfterMs(of, 300, true);
    expect(after).toBe(10 * minute);
    expect(gapsOf(of, after)).toEqual([{ from: 25 * minute, to: 36 * minute }]);
    expect(chartRows(of, after).map(({ mean }) => mean)).toEqual([0, 5, 10, 20, 25, null, 36, 41]);
  });

  it('are none where nobody promised to speak', () => {
    expect(gapAfterMs(series([0, 1, 500]), null, true)).toBe(Number.POSITIVE_INFINITY);
  });

  it('of an unregistered source are told from its own rhythm', () => {
    const of = series([0, 1, 2, 3, 4, 5, 6, 7, 8, 20]);
    expect(gapsOf(of, gapAfterMs(of, null, false))).toEqual([{ from: 8 * minute, to: 20 * minute }]);
    expect(gapAfterMs(series([0, 1, 9]), null, false)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are measured between what pieces of time hold, not between their middles', () => {
    const of = series([5, 15], { first: [0, 10 * minute], last: [9 * minute, 19 * minute], widthMs: 10 * minute });
    expect(gapsOf(of, 2 * minute)).toEqual([]);
  });
});

describe('a series', () => {
  it('is summed up in a few figures', () => {
    const of = series([0, 5, 30], { low: [-1, 5, 30], high: [2, 9, 31], count: [3, 1, 1] });
    expect(summaryOf(of, 10 * minute)).toEqual({
      ...{ low: -1, high: 31, last: 30, lastAt: 30 * minute, points: 5, gaps: 1 },
    });
    const newest = { at: 31 * minute, value: 99, unit: 'm' };
    expect(summaryOf(of, 10 * minute, newest)).toMatchObject({ last: 99, lastAt: 31 * minute });
    expect(summaryOf(of, 10 * minute, { ...newest, unit: 'cm' })).toMatchObject({ last: 30 });
    expect(summaryOf(series([]), 1)).toBeNull();
  });

  it('is led on by the newest value, in its own unit only', () => {
    const of = series([0, 5]);
    expect(withNewest(of, { at: 6 * minute, value: 9, unit: 'm' }).mean).toEqual([0, 5, 9]);
    expect(withNewest(of, { at: 5 * minute, value: 9, unit: 'm' })).toBe(of);
    expect(withNewest(of, { at: 6 * minute, value: 9, unit: 'cm' })).toBe(of);
    expect(withNewest(series([], { unit: null }), { at: 1, value: 2, unit: 'cm' })).toMatchObject({
      unit: 'cm',
      at: [1],
    });
  });
});
