import type { LonLat } from '@/server/domain/place.ts';

export type DistrictShape = { code: string; polygons: readonly (readonly (readonly (readonly number[])[])[])[] };
export type DistrictHit = {
  /** The district whose outline holds the point; null outside the city. */
  district: string | null;
  /** Another district whose border is nearer than the outlines are true: the two cannot be told apart here. */
  nearDistrict: string | null;
};

type Prepared = {
  code: string;
  /** In metres around the city's middle: rings of x, y pairs. */
  rings: Float64Array[];
  box: [west: number, south: number, east: number, north: number];
};

const metresPerDegree = 111_320;

/** Point → district by outline. The outlines are true to about `toleranceM`; within it the neighbour is named too. */
export function createDistrictFinder(
  shapes: readonly DistrictShape[],
  options: { centre: LonLat; toleranceM: number },
): (at: LonLat) => DistrictHit {
  const { centre, toleranceM } = options;
  const east = metresPerDegree * Math.cos((centre[1] * Math.PI) / 180);
  const toX = (lon: number) => (lon - centre[0]) * east;
  const toY = (lat: number) => (lat - centre[1]) * metresPerDegree;
  const prepared = shapes.map(({ code, polygons }): Prepared => {
    const rings = polygons
      .flat()
      .map((ring) => Float64Array.from(ring.flatMap(([lon, lat]) => [toX(lon!), toY(lat!)])));
    const box: Prepared['box'] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        box[0] = Math.min(box[0], ring[i]!);
        box[1] = Math.min(box[1], ring[i + 1]!);
        box[2] = Math.max(box[2], ring[i]!);
        box[3] = Math.max(box[3], ring[i + 1]!);
      }
    }
    return { code, rings, box };
  });

  return ([lon, lat]) => {
    const x = toX(lon);
    const y = toY(lat);
    const candidates = prepared.filter(
      ({ box }) =>
        x >= box[0] - toleranceM && y >= box[1] - toleranceM && x <= box[2] + toleranceM && y <= box[3] + toleranceM,
    );
    const own = candidates.find((district) => holds(district.rings, x, y)) ?? null;
    let nearDistrict: string | null = null;
    let nearest = toleranceM;
    for (const district of candidates) {
      if (district === own) continue;
      const gap = distanceToRings(district.rings, [x, y], nearest);
      if (gap > nearest) continue;
      nearest = gap;
      nearDistrict = district.code;
    }
    return { district: own?.code ?? null, nearDistrict };
  };
}

function holds(rings: readonly Float64Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const ay = ring[i + 1]!;
      const by = ring[i + 3]!;
      if (ay > y === by > y) continue;
      const crossing = ring[i]! + ((y - ay) / (by - ay)) * (ring[i + 2]! - ring[i]!);
      if (x < crossing) inside = !inside;
    }
  }
  return inside;
}

/** Distance to the nearest border within `reach`, else infinity: most segments are told to be far by two comparisons. */
function distanceToRings(rings: readonly Float64Array[], [x, y]: readonly [number, number], reach: number): number {
  let best = Infinity;
  for (const ring of rings) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const ay = ring[i + 1]!;
      const by = ring[i + 3]!;
      if ((ay < y - reach && by < y - reach) || (ay > y + reach && by > y + reach)) continue;
      const ax = ring[i]!;
      const bx = ring[i + 2]!;
      if ((ax < x - reach && bx < x - reach) || (ax > x + reach && bx > x + reach)) continue;
      const dx = bx - ax;
      const dy = by - ay;
      const length2 = dx * dx + dy * dy;
      const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length2));
      best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
    }
  }
  return best;
}
