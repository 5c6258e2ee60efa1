import type { LonLat } from '@/server/domain/place.ts';
import type { Roads } from './roads.ts';

/** Where a position meets the network. */
export type Snap = {
  readonly segment: number;
  /** Share of the segment's length that lies before it. */
  readonly fraction: number;
  /** From the position to the road. */
  readonly gapM: number;
  readonly lonLat: LonLat;
};
export type SnapOptions = { readonly reachM: number; readonly usable: (segment: number) => boolean };
export type SnapIndex = {
  /** The nearest road within reach that may be driven; null: none. */
  snap(at: LonLat, options: SnapOptions): Snap | null;
  /** Segments with a point of theirs in the box. */
  segmentsIn(box: readonly [west: number, south: number, east: number, north: number]): number[];
};

const cellM = 100;
const metresPerE7 = 111_320 / 1e7;

/** A grid over all stretches of road, in metres of a plane around the network's middle. */
export function createSnapIndex(roads: Roads): SnapIndex {
  const { points, pointStart } = roads;
  const [west, south, east, north] = roads.facts.bbox;
  const [lon0, lat0] = [Math.round(((west + east) / 2) * 1e7), Math.round(((south + north) / 2) * 1e7)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const count = points.length / 2;
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i += 1) {
    x[i] = (points[i * 2]! - lon0) * metresPerE7 * squeeze;
    y[i] = (points[i * 2 + 1]! - lat0) * metresPerE7;
    minX = Math.min(minX, x[i]!);
    maxX = Math.max(maxX, x[i]!);
    minY = Math.min(minY, y[i]!);
    maxY = Math.max(maxY, y[i]!);
  }
  const columns = Math.max(1, Math.ceil((maxX - minX) / cellM) + 1);
  const rows = Math.max(1, Math.ceil((maxY - minY) / cellM) + 1);
  const column = (of: number) => Math.min(columns - 1, Math.max(0, Math.floor((of - minX) / cellM)));
  const row = (of: number) => Math.min(rows - 1, Math.max(0, Math.floor((of - minY) / cellM)));

  const segmentOf = new Uint32Array(count);
  const eachStretch = (tell: (cell: number, point: number) => void): void => {
    for (let segment = 0; segment + 1 < pointStart.length; segment += 1)
      for (let i = pointStart[segment]!; i + 1 < pointStart[segment + 1]!; i += 1) {
        segmentOf[i] = segment;
        const [left, right] = [column(Math.min(x[i]!, x[i + 1]!)), column(Math.max(x[i]!, x[i + 1]!))];
        const [low, high] = [row(Math.min(y[i]!, y[i + 1]!)), row(Math.max(y[i]!, y[i + 1]!))];
        for (let r = low; r <= high; r += 1) for (let c = left; c <= right; c += 1) tell(r * columns + c, i);
      }
  };
  const start = new Uint32Array(columns * rows + 1);
  eachStretch((cell) => {
    start[cell + 1]! += 1;
  });
  for (let cell = 0; cell < columns * rows; cell += 1) start[cell + 1]! += start[cell]!;
  const stretches = new Uint32Array(start[columns * rows]!);
  const fill = start.slice();
  eachStretch((cell, point) => {
    stretches[fill[cell]!++] = point;
  });

  function snap([lon, lat]: LonLat, { reachM, usable }: SnapOptions): Snap | null {
    const px = (lon * 1e7 - lon0) * metresPerE7 * squeeze;
    const py = (lat * 1e7 - lat0) * metresPerE7;
    let best = reachM * reachM;
    let bestPoint = -1;
    let bestShare = 0;
    const look = (r: number, c: number): void => {
      if (r < 0 || c < 0 || r >= rows || c >= columns) return;
      const cell = r * columns + c;
      for (let k = start[cell]!; k < start[cell + 1]!; k += 1) {
        const i = stretches[k]!;
        const dx = x[i + 1]! - x[i]!;
        const dy = y[i + 1]! - y[i]!;
        const length2 = dx * dx + dy * dy;
        let share = length2 === 0 ? 0 : ((px - x[i]!) * dx + (py - y[i]!) * dy) / length2;
        if (share < 0) share = 0;
        else if (share > 1) share = 1;
        const gapX = px - x[i]! - share * dx;
        const gapY = py - y[i]! - share * dy;
        const gap = gapX * gapX + gapY * gapY;
        if (gap >= best || !usable(segmentOf[i]!)) continue;
        best = gap;
        bestPoint = i;
        bestShare = share;
      }
    };
    const r0 = Math.floor((py - minY) / cellM);
    const c0 = Math.floor((px - minX) / cellM);
    /** To the nearest edge of its own cell: whatever lies in a farther ring is at least this and the rings between away. */
    const edge = Math.min(
      px - minX - c0 * cellM,
      (c0 + 1) * cellM - px + minX,
      py - minY - r0 * cellM,
      (r0 + 1) * cellM - py + minY,
    );
    for (let ring = 0; ring === 0 || ((ring - 1) * cellM + edge) ** 2 < best; ring += 1) {
      for (let c = c0 - ring; c <= c0 + ring; c += 1) {
        look(r0 - ring, c);
        if (ring > 0) look(r0 + ring, c);
      }
      for (let r = r0 - ring + 1; r <= r0 + ring - 1; r += 1) {
        look(r, c0 - ring);
        look(r, c0 + ring);
      }
    }
    if (bestPoint < 0) return null;
    const segment = segmentOf[bestPoint]!;
    let [before, whole] = [0, 0];
    for (let i = pointStart[segment]!; i + 1 < pointStart[segment + 1]!; i += 1) {
      const metres = Math.hypot(x[i + 1]! - x[i]!, y[i + 1]! - y[i]!);
      if (i < bestPoint) before += metres;
      else if (i === bestPoint) before += metres * bestShare;
      whole += metres;
    }
    const on = (of: Int32Array, axis: number) => {
      const [a, b] = [of[bestPoint * 2 + axis]!, of[bestPoint * 2 + 2 + axis]!];
      return (a + (b - a) * bestShare) / 1e7;
    };
    return {
      segment,
      fraction: whole === 0 ? 0 : before / whole,
      gapM: Math.sqrt(best),
      lonLat: [on(points, 0), on(points, 1)],
    };
  }

  return {
    snap,
    segmentsIn([w, s, e, n]) {
      const toX = (lon: number) => (lon * 1e7 - lon0) * metresPerE7 * squeeze;
      const toY = (lat: number) => (lat * 1e7 - lat0) * metresPerE7;
      const found = new Set<number>();
      if (toX(e) < minX || toX(w) > maxX || toY(n) < minY || toY(s) > maxY) return [];
      for (let r = row(toY(s)); r <= row(toY(n)); r += 1)
        for (let c = column(toX(w)); c <= column(toX(e)); c += 1)
          for (let k = start[r * columns + c]!; k < start[r * columns + c + 1]!; k += 1)
            found.add(segmentOf[stretches[k]!]!);
      return [...found];
    },
  };
}
