import { describe, expect, it } from 'vitest';
import { buildUnitGrid, nearestUnit, type UnitPicture, visitBox } from './unit-grid.ts';

function picture(points: [number, number][]): UnitPicture {
  const n = points.length;
  const bytes = () => new Uint8Array(n);
  return {
    high: n,
    version: 1,
    originX: 0.8,
    originY: 0.4,
    x: Float32Array.from(points, ([x]) => x),
    y: Float32Array.from(points, ([, y]) => y),
    heading: bytes(),
    status: bytes(),
    freshness: bytes(),
    alive: bytes().fill(1),
  };
}

/** The same numbers every time. */
function scatter(count: number): [number, number][] {
  let seed = 7;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  return Array.from({ length: count }, () => [(next() - 0.5) * 2e-3, (next() - 0.5) * 4e-3]);
}

describe('picking by a grid over the arrays', () => {
  const units = picture(scatter(5_000));
  const grid = buildUnitGrid(units, 1e-5);

  it('finds what a scan of all units finds', () => {
    for (const [x, y] of scatter(200)) {
      for (const radius of [1e-6, 1e-5, 2e-4]) {
        let best = -1;
        let gap = radius;
        for (let slot = 0; slot < units.high; slot++) {
          const d = Math.hypot(units.x[slot]! - x, units.y[slot]! - y);
          if (d <= gap) [best, gap] = [slot, d];
        }
        expect(nearestUnit(grid, units, { x, y, radius })).toBe(best);
      }
    }
  });

  it('holds every living unit once', () => {
    const seen = new Set<number>();
    visitBox(grid, { left: -1, top: -1, right: 1, bottom: 1 }, (slot) => {
      expect(seen.has(slot)).toBe(false);
      seen.add(slot);
    });
    expect(seen.size).toBe(units.high);
  });

  it('passes over the dead and the hidden', () => {
    const two = picture([
      [0, 0],
      [1e-6, 0],
    ]);
    const there = buildUnitGrid(two, 1e-5);
    expect(nearestUnit(there, two, { x: 0, y: 0, radius: 1e-5 })).toBe(0);
    expect(nearestUnit(there, two, { x: 0, y: 0, radius: 1e-5, shown: (slot) => slot === 1 })).toBe(1);
    two.alive[0] = 0;
    expect(nearestUnit(there, two, { x: 0, y: 0, radius: 1e-5 })).toBe(1);
    expect(nearestUnit(buildUnitGrid(two, 1e-5), two, { x: 0, y: 0, radius: 5e-7 })).toBe(-1);
  });

  it('takes what lies on top first', () => {
    const two = picture([
      [0, 0],
      [1e-6, 0],
    ]);
    const rank = (slot: number) => slot;
    expect(nearestUnit(buildUnitGrid(two, 1e-5), two, { x: 0, y: 0, radius: 1e-5, rank })).toBe(1);
  });

  it('stays small with a unit on the other side of the world, and works with none', () => {
    const far = picture([
      [0, 0],
      [0.5, -0.4],
    ]);
    const wide = buildUnitGrid(far, 1e-6);
    expect(wide.columns * wide.rows).toBeLessThanOrEqual(65_536);
    expect(nearestUnit(wide, far, { x: 0.5, y: -0.4, radius: 1e-5 })).toBe(1);
    const none = picture([]);
    expect(nearestUnit(buildUnitGrid(none, 1e-5), none, { x: 0, y: 0, radius: 1 })).toBe(-1);
  });
});
