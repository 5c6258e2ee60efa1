import type { LonLat } from '@/server/domain/place.ts';
import type { Roads } from './roads.ts';
import type { SnapIndex } from './snap-index.ts';

/** What is different from usual on the roads just now: named handles, areas, or single OSM ways. `factor` multiplies the time. */
export type RoadCondition = {
  /** Of the closure or flood in the record, for explanations. */
  readonly id: string;
  readonly on:
    | { readonly crossing: string }
    | { readonly area: readonly (readonly LonLat[])[] }
    | { readonly way: number };
  readonly factor: number | 'closed';
};

/** Segments under a condition and by how much; the worst counts where several meet. */
export function segmentFactors(
  roads: Roads,
  index: SnapIndex,
  conditions: readonly RoadCondition[],
): ReadonlyMap<number, number> {
  const factors = new Map<number, number>();
  for (const { on, factor } of conditions) {
    const times = factor === 'closed' ? Infinity : Math.max(0.1, factor);
    for (const segment of segmentsOf(roads, index, on))
      factors.set(segment, Math.max(times, factors.get(segment) ?? 0));
  }
  return factors;
}

function segmentsOf(roads: Roads, index: SnapIndex, on: RoadCondition['on']): readonly number[] {
  if ('crossing' in on) return roads.crossings.find(({ id }) => id === on.crossing)?.segments ?? [];
  if ('way' in on) return [...roads.way.keys()].filter((segment) => roads.way[segment] === on.way);
  const rings = on.area.filter((ring) => ring.length >= 3);
  if (rings.length === 0) return [];
  const lons = rings.flat().map(([lon]) => lon);
  const lats = rings.flat().map(([, lat]) => lat);
  const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] as const;
  return index.segmentsIn(box).filter((segment) => touches(roads, segment, rings));
}

/** A point of the road lies in the area, or the road cuts its edge. */
function touches({ points, pointStart }: Roads, segment: number, rings: readonly (readonly LonLat[])[]): boolean {
  for (let i = pointStart[segment]!; i < pointStart[segment + 1]!; i += 1) {
    const a: LonLat = [points[i * 2]! / 1e7, points[i * 2 + 1]! / 1e7];
    if (holds(rings, a)) return true;
    if (i + 1 >= pointStart[segment + 1]!) continue;
    const b: LonLat = [points[i * 2 + 2]! / 1e7, points[i * 2 + 3]! / 1e7];
    for (const ring of rings)
      for (let k = 0; k < ring.length; k += 1) if (cuts(a, b, ring[k]!, ring[(k + 1) % ring.length]!)) return true;
  }
  return false;
}

function holds(rings: readonly (readonly LonLat[])[], [lon, lat]: LonLat): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i]!, ring[(i + 1) % ring.length]!];
      if (ay > lat !== by > lat && lon < ax + ((lat - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  return inside;
}

function cuts(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const side = (p: LonLat, q: LonLat, r: LonLat) =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
