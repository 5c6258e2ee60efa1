import { describe, expect, it } from 'vitest';
import { countUpTo, coverage, fixAt, linesUpTo, type Track } from './tracks.ts';

const track = (at: number[], resolution: Track['resolution'] = 'full'): Track => ({
  subject: 'u',
  resolution,
  at,
  lon: at.map((_, index) => 118 + index / 100),
  lat: at.map(() => 32),
  headingDeg: at.map((_, index) => (index === 0 ? null : 90)),
  speedMps: at.map(() => null),
});

describe('positions at a moment', () => {
  const of = track([0, 30_000, 60_000, 200_000, 230_000]);

  it('are those that had come by then, never a later one', () => {
    expect([-1, 0, 29_999, 30_000, 999_999].map((at) => countUpTo(of.at, at))).toEqual([0, 1, 1, 2, 5]);
    expect(fixAt(of, -1)).toBeNull();
    expect(fixAt(of, 45_000)).toMatchObject({ at: 30_000, ageMs: 15_000, freshness: 'fresh', headingDeg: 90 });
  });

  it('grow late and stale in a gap, and are not moved on', () => {
    expect(fixAt(of, 110_000)?.freshness).toBe('late');
    expect(fixAt(of, 199_999)).toMatchObject({ at: 60_000, freshness: 'stale', lonLat: [118.02, 32] });
    expect(fixAt(of, 200_000)).toMatchObject({ at: 200_000, freshness: 'fresh' });
  });
});

describe('the line that was driven', () => {
  it('breaks at a gap and ends at the moment', () => {
    const of = track([0, 30_000, 60_000, 200_000, 230_000]);
    expect(linesUpTo(of, 999_999).map((line) => line.length)).toEqual([3, 2]);
    expect(linesUpTo(of, 45_000).map((line) => line.length)).toEqual([2]);
    expect(linesUpTo(of, 200_000).map((line) => line.length)).toEqual([3]);
    expect(coverage(of)).toEqual([
      { from: 0, to: 60_000 },
      { from: 200_000, to: 230_000 },
    ]);
  });

  it('takes the gaps of what retention has left', () => {
    expect(coverage(track([0, 120_000, 400_000], 'minute'))).toHaveLength(2);
    expect(coverage(track([0, 3_600_000], 'hour'))).toHaveLength(1);
    expect([coverage(track([])), linesUpTo(track([]), 1)]).toEqual([[], []]);
  });
});
