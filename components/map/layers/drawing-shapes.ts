import { distanceM } from '@/server/domain/distance.ts';
import type { Drawing } from '@/server/domain/follow-up.ts';
import { circleRing } from '@/server/domain/follow-up-area.ts';
import { bboxAround, type LonLat } from '../geometry.ts';

export type DrawingShape = Drawing['shape'];
export type DrawingMeaning = Drawing['meaning'];
export const drawingMeanings = [
  'danger',
  'closed',
  'evacuation',
  'staging',
  'route',
  'note',
] as const satisfies DrawingMeaning[];

/** A sign for each meaning in a field of 16 × 16, for the map and its legend alike: nothing is told by colour alone. */
export const drawingSigns: Record<DrawingMeaning, string> = {
  danger: 'M8 1.5 15 14.5H1Z',
  closed: 'M8 1.2A6.8 6.8 0 1 0 8 14.8 6.8 6.8 0 1 0 8 1.2ZM3.6 6.6V9.4H12.4V6.6Z',
  evacuation: 'M1.5 5.5H8V1.8L14.8 8 8 14.2V10.5H1.5Z',
  staging: 'M2 2H14V14H2Z',
  route: 'M1.5 6.8H14.5V9.2H1.5Z',
  note: 'M8 3.2A4.8 4.8 0 1 0 8 12.8 4.8 4.8 0 1 0 8 3.2Z',
};
/** In widths of the line; null: an unbroken one. */
export const drawingDashes: Record<DrawingMeaning, readonly number[] | null> = {
  danger: null,
  closed: [1, 1],
  evacuation: [4, 1.4],
  staging: [2.4, 1, 0.6, 1],
  route: [6, 2],
  note: [0.6, 1.6],
};

const metresPerDegree = 111_195;

export function geometryOf(shape: DrawingShape): GeoJSON.Geometry {
  switch (shape.kind) {
    case 'point':
      return { type: 'Point', coordinates: shape.at };
    case 'line':
      return { type: 'LineString', coordinates: shape.points };
    case 'area':
      return { type: 'Polygon', coordinates: [[...shape.points, shape.points[0]!]] };
    case 'circle':
      return { type: 'Polygon', coordinates: [circleRing(shape.at, shape.radiusM)] };
  }
}

/** Where its words stand: its own point, the middle of a line, the top of an area. */
export function anchorOf(shape: DrawingShape): LonLat {
  if (shape.kind === 'point') return shape.at;
  if (shape.kind === 'circle') return [shape.at[0], shape.at[1] + shape.radiusM / metresPerDegree];
  if (shape.kind === 'area') return shape.points.reduce((top, point) => (point[1] > top[1] ? point : top));
  const half = lengthM(shape.points) / 2;
  let gone = 0;
  for (let at = 1; at < shape.points.length; at += 1) {
    const [a, b] = [shape.points[at - 1]!, shape.points[at]!];
    const step = distanceM(a, b);
    if (step > 0 && gone + step >= half) {
      const part = (half - gone) / step;
      return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    }
    gone += step;
  }
  return shape.points[0]!;
}

export const lengthM = (points: readonly LonLat[]): number =>
  points.slice(1).reduce((sum, point, at) => sum + distanceM(points[at]!, point), 0);

/** Of a ring on the ground, small enough to be flat. */
export function areaM2(points: readonly LonLat[]): number {
  const [lon, lat] = points[0] ?? [0, 0];
  const east = metresPerDegree * Math.cos((lat * Math.PI) / 180);
  const flat = points.map((point) => [(point[0] - lon) * east, (point[1] - lat) * metresPerDegree] as const);
  const twice = flat.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = flat[(at + 1) % flat.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** What a map has to show to show all of it. */
export const bboxOf = (shape: DrawingShape): readonly [number, number, number, number] => {
  const points =
    shape.kind === 'point' ? [shape.at] : shape.kind === 'circle' ? circleRing(shape.at, shape.radiusM) : shape.points;
  return bboxAround(points) ?? [0, 0, 0, 0];
};
