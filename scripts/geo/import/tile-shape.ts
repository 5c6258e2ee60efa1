import type { Drawn } from './map-feature.ts';

/** One part: x, y in the world's square (0..1), and how much each vertex matters (square of its distance). */
export type Part = { readonly xy: Float64Array; readonly weight: Float64Array };
export type Shape = {
  readonly drawn: Drawn;
  readonly kind: 'point' | 'line' | 'area';
  /** An area's first ring is its outside, the others its holes. */
  readonly parts: readonly Part[];
  readonly box: readonly [west: number, north: number, east: number, south: number];
};

export const worldX = (lon: number): number => lon / 360 + 0.5;
export const worldY = (lat: number): number => {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
};

export function boxOf(parts: readonly Part[]): Shape['box'] {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { xy } of parts)
    for (let i = 0; i < xy.length; i += 2) {
      if (xy[i]! < west) west = xy[i]!;
      if (xy[i]! > east) east = xy[i]!;
      if (xy[i + 1]! < north) north = xy[i + 1]!;
      if (xy[i + 1]! > south) south = xy[i + 1]!;
    }
  return [west, north, east, south];
}

/** World coordinates of a line, each vertex weighed once for all zooms (Douglas and Peucker). */
export function partOf(xy: Float64Array): Part {
  const count = xy.length / 2;
  const weight = new Float64Array(count);
  weight[0] = weight[count - 1] = Infinity;
  const spans: [number, number][] = [[0, count - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span;
    let [most, at] = [0, -1];
    for (let i = first + 1; i < last; i += 1) {
      const d = offLine(xy, i, first, last);
      if (d > most) [most, at] = [d, i];
    }
    if (at < 0) continue;
    weight[at] = most;
    spans.push([first, at], [at, last]);
  }
  return { xy, weight };
}

function offLine(xy: Float64Array, i: number, a: number, b: number): number {
  let [x, y] = [xy[a * 2]!, xy[a * 2 + 1]!];
  const [dx, dy] = [xy[b * 2]! - x, xy[b * 2 + 1]! - y];
  const [px, py] = [xy[i * 2]!, xy[i * 2 + 1]!];
  const length2 = dx * dx + dy * dy;
  if (length2 > 0) {
    const t = Math.max(0, Math.min(1, ((px - x) * dx + (py - y) * dy) / length2));
    x += dx * t;
    y += dy * t;
  }
  return (px - x) ** 2 + (py - y) ** 2;
}

/** What of a shape lies between two lines across one axis (0: x, 1: y); null: nothing. */
export function clipAxis(shape: Shape, axis: 0 | 1, [low, high]: readonly [number, number]): Shape | null {
  const [near, far] = [shape.box[axis], shape.box[axis + 2]!];
  if (far! < low || near! > high) return null;
  if (near! >= low && far! <= high) return shape;
  const parts =
    shape.kind === 'area'
      ? shape.parts.flatMap((part) => clipRing(part, axis, low, high) ?? [])
      : shape.kind === 'line'
        ? shape.parts.flatMap((part) => clipLine(part, axis, low, high))
        : shape.parts.filter(({ xy }) => xy[axis]! >= low && xy[axis]! <= high);
  // Without its outside an area is nothing; holes alone are never left, for they lie within.
  return parts.length === 0 ? null : { ...shape, parts, box: boxOf(parts) };
}

type Growing = { xy: number[]; weight: number[] };
const put = (into: Growing, x: number, y: number, weight: number) => {
  into.xy.push(x, y);
  into.weight.push(weight);
};
const closed = ({ xy, weight }: Growing): Part => ({ xy: Float64Array.from(xy), weight: Float64Array.from(weight) });

/** The point on a stretch where the axis has this value: kept at every zoom, so that tiles fit together. */
function cut(into: Growing, { xy }: Part, [i, j]: readonly [number, number], axis: 0 | 1, value: number): void {
  const t = (value - xy[i * 2 + axis]!) / (xy[j * 2 + axis]! - xy[i * 2 + axis]!);
  const other = xy[i * 2 + 1 - axis]! + t * (xy[j * 2 + 1 - axis]! - xy[i * 2 + 1 - axis]!);
  put(into, axis === 0 ? value : other, axis === 0 ? other : value, Infinity);
}

function clipLine(part: Part, axis: 0 | 1, low: number, high: number): Part[] {
  const { xy, weight } = part;
  const lines: Part[] = [];
  let line: Growing = { xy: [], weight: [] };
  const finish = () => {
    if (line.weight.length >= 2) lines.push(closed(line));
    line = { xy: [], weight: [] };
  };
  for (let i = 0; i < weight.length; i += 1) {
    const here = xy[i * 2 + axis]!;
    const inside = here >= low && here <= high;
    if (i > 0) {
      const was = xy[(i - 1) * 2 + axis]!;
      if (was < low && here >= low) cut(line, part, [i - 1, i], axis, low);
      else if (was > high && here <= high) cut(line, part, [i - 1, i], axis, high);
      if (was >= low && here < low) cut(line, part, [i - 1, i], axis, low);
      else if (was <= high && here > high) cut(line, part, [i - 1, i], axis, high);
    }
    if (inside) put(line, xy[i * 2]!, xy[i * 2 + 1]!, weight[i]!);
    else finish();
  }
  finish();
  return lines;
}

/** Sutherland and Hodgman, both sides of one axis. */
function clipRing(part: Part, axis: 0 | 1, low: number, high: number): Part | null {
  const half = (of: Part, value: number, keeps: (at: number) => boolean): Part => {
    const into: Growing = { xy: [], weight: [] };
    const count = of.weight.length;
    for (let i = 0; i < count; i += 1) {
      const j = (i + 1) % count;
      const [a, b] = [keeps(of.xy[i * 2 + axis]!), keeps(of.xy[j * 2 + axis]!)];
      if (a) put(into, of.xy[i * 2]!, of.xy[i * 2 + 1]!, of.weight[i]!);
      if (a !== b) cut(into, of, [i, j], axis, value);
    }
    return closed(into);
  };
  // Rings are open here: the last vertex is not the first again.
  const lower = half(part, low, (at) => at >= low);
  const both = half(lower, high, (at) => at <= high);
  return both.weight.length >= 3 ? both : null;
}
