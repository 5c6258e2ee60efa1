import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lonLatOf, roadsOf } from '../testing/hand-made-roads.ts';
import { createSnapIndex } from './snap-index.ts';

const at: Record<string, [number, number]> = {};
const ways: { nodes: string; tags: Record<string, string> }[] = [];
// A ring and a ladder of streets, uneven, so that cells hold none, one or many.
for (let i = 0; i < 12; i += 1) {
  at[`a${i}`] = [i * 230 + (i % 3) * 40, (i % 2) * 70];
  at[`b${i}`] = [i * 230, 900 + (i % 4) * 60];
  ways.push({ nodes: `a${i} b${i}`, tags: { highway: i % 3 ? 'residential' : 'service' } });
  if (i) ways.push({ nodes: `a${i - 1} a${i}`, tags: { highway: 'primary' } });
}
const roads = roadsOf({ at, ways: [...ways, { nodes: 'b0 b11', tags: { highway: 'primary' } }] });
const index = createSnapIndex(roads);
const metres = ([lon, lat]: readonly [number, number]): [number, number] => {
  const [lon0, lat0] = lonLatOf([0, 0]);
  return [(lon - lon0) * 111_320 * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * 111_320];
};

/** Every stretch looked at. */
function nearest([px, py]: readonly [number, number], usable: (segment: number) => boolean): number {
  let best = Infinity;
  for (let segment = 0; segment < roads.from.length; segment += 1) {
    if (!usable(segment)) continue;
    for (let i = roads.pointStart[segment]!; i + 1 < roads.pointStart[segment + 1]!; i += 1) {
      const [ax, ay] = metres([roads.points[i * 2]! / 1e7, roads.points[i * 2 + 1]! / 1e7]);
      const [bx, by] = metres([roads.points[i * 2 + 2]! / 1e7, roads.points[i * 2 + 3]! / 1e7]);
      const [dx, dy] = [bx - ax, by - ay];
      const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)));
      best = Math.min(best, Math.hypot(px - ax - t * dx, py - ay - t * dy));
    }
  }
  return best;
}

describe('the nearest road', () => {
  it('is the nearest of all, within reach, among those that may be driven', () => {
    const where = fc.tuple(fc.integer({ min: -900, max: 3_500 }), fc.integer({ min: -900, max: 1_900 }));
    fc.assert(
      fc.property(where, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 50, max: 800 }), (place, every, reachM) => {
        const usable = (segment: number) => segment % every === 0;
        const found = index.snap(lonLatOf(place), { reachM, usable });
        const expected = nearest(place, usable);
        if (expected > reachM + 1) expect(found).toBeNull();
        else if (expected < reachM - 1) {
          expect(Math.abs(found!.gapM - expected)).toBeLessThan(0.5);
          expect(usable(found!.segment)).toBe(true);
          const [x, y] = metres(found!.lonLat);
          expect(Math.abs(Math.hypot(x - place[0], y - place[1]) - expected)).toBeLessThan(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('knows which segments lie in a box', () => {
    const [west, south] = lonLatOf([-100, -100]);
    const [east, north] = lonLatOf([100, 100]);
    expect(index.segmentsIn([west, south, east, north]).length).toBeGreaterThan(0);
    expect(index.segmentsIn([0, 0, 1, 1])).toEqual([]);
  });
});
