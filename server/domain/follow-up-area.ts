import type { Drawing } from './follow-up.ts';
import type { LonLat } from './place.ts';

const cornersOfCircle = 72;
const metresPerDegree = 111_195;

/** A circle as points on the ground, for whatever only knows polygons; the first point is the last one again. */
export function circleRing(at: LonLat, radiusM: number): LonLat[] {
  const east = metresPerDegree * Math.max(0.01, Math.cos((at[1] * Math.PI) / 180));
  const ring = Array.from({ length: cornersOfCircle }, (_, corner): LonLat => {
    const angle = (corner / cornersOfCircle) * 2 * Math.PI;
    return [at[0] + (radiusM * Math.cos(angle)) / east, at[1] + (radiusM * Math.sin(angle)) / metresPerDegree];
  });
  return [...ring, ring[0]!];
}

/** The area that a drawing covers; null: a point or a line covers none. */
export function ringOf(shape: Drawing['shape']): LonLat[] | null {
  if (shape.kind === 'area') return shape.points;
  return shape.kind === 'circle' ? circleRing(shape.at, shape.radiusM) : null;
}
