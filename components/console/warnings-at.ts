import type { LonLat } from '@/server/domain/place.ts';
import { warningColours } from '@/server/domain/scale.ts';
import { isInForce, type Warning } from '@/server/domain/warning.ts';

type Ring = readonly (readonly [number, number])[];

/** Even-odd, so that a hole in a polygon is outside. */
function inRings([x, y]: LonLat, rings: readonly Ring[]): boolean {
  let inside = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i]!;
      const [bx, by] = ring[j]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}

const covers = (of: Warning, at: LonLat): boolean => {
  const { geometry } = of;
  if (geometry?.type === 'Polygon') return inRings(at, geometry.coordinates);
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.some((rings) => inRings(at, rings));
  return false;
};

/** Colours of actual warnings in force over a place, the gravest first, each once. */
export function warningsAt(
  warnings: Iterable<Warning>,
  at: LonLat | null,
  now: number,
): (typeof warningColours)[number][] {
  if (!at) return [];
  const colours = new Set<string>();
  for (const warning of warnings)
    if (warning.colour && warning.reality === 'actual' && isInForce(warning, now) && covers(warning, at))
      colours.add(warning.colour);
  return warningColours.filter((colour) => colours.has(colour));
}

/** The extent of the area that a warning's signal speaks of, to look at; null where it has none. */
export function areaOf(warnings: Iterable<Warning>, signal: string): readonly [number, number, number, number] | null {
  for (const of of warnings) {
    if (of.signal !== signal || of.state !== 'inForce') continue;
    const { geometry } = of;
    const points =
      geometry?.type === 'Polygon'
        ? geometry.coordinates.flat()
        : geometry?.type === 'MultiPolygon'
          ? geometry.coordinates.flat(2)
          : [];
    if (points.length === 0) continue;
    const lons = points.map(([lon]) => lon);
    const lats = points.map(([, lat]) => lat);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  }
  return null;
}
