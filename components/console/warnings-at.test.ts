import { describe, expect, it } from 'vitest';
import type { Warning } from '@/server/domain/warning.ts';
import { areaOf, warningsAt } from './warnings-at.ts';

const square = (from: number, to: number): [number, number][] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
];
const warning = (colour: Warning['colour'], more: Partial<Warning> = {}) =>
  ({
    colour,
    reality: 'actual',
    state: 'inForce',
    expiresAt: null,
    geometry: { type: 'Polygon', coordinates: [square(0, 10)] },
    ...more,
  }) as Warning;

describe('warnings over a place', () => {
  it('are those in force whose area holds it, the gravest first, each colour once', () => {
    const all = [
      warning('blue'),
      warning('red'),
      warning('blue'),
      warning('orange', { expiresAt: 5 }),
      warning('yellow', { state: 'cancelled' }),
    ];
    expect(warningsAt(all, [5, 5], 5)).toEqual(['red', 'blue']);
    expect(warningsAt(all, [11, 5], 5)).toEqual([]);
    expect(warningsAt(all, null, 5)).toEqual([]);
  });

  it('know holes and several parts, and no exercise', () => {
    const holed = warning('red', { geometry: { type: 'Polygon', coordinates: [square(0, 10), square(4, 6)] } });
    const parts = warning('blue', {
      geometry: { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(4, 6)]] },
    });
    expect(warningsAt([holed, parts, warning('orange', { reality: 'exercise' })], [5, 5], 0)).toEqual(['blue']);
    expect(warningsAt([holed, parts], [2, 2], 0)).toEqual(['red']);
  });
});

describe('the area of a warning signal', () => {
  it('is the extent of the warning in force that it speaks of', () => {
    const own = { signal: 's' as Warning['signal'] };
    const all = [
      warning('red', { ...own, state: 'superseded', geometry: { type: 'Polygon', coordinates: [square(0, 90)] } }),
      warning('red', {
        ...own,
        geometry: { type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(4, 6)]] },
      }),
    ];
    expect(areaOf(all, 's')).toEqual([0, 0, 6, 6]);
    expect(areaOf(all, 'other')).toBeNull();
    expect(areaOf([warning('red', { ...own, geometry: null })], 's')).toBeNull();
  });
});
