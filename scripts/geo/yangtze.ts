import type { Border } from './district-outlines.ts';
import { type Metric, type Point, ribbon, round, rounded, simplify } from './lines.ts';

export type Ring = Point[];
export type Area = Ring[][];
/** Union of polygons, given in by the caller: the only tool here that is not ours. */
export type Unite = (areas: Area[]) => Area;

const same = (a: Point, b: Point) => a[0] === b[0] && a[1] === b[1];

/** Borders between two groups of districts joined into one line; the border of both banks is the middle of the river. */
export function middleLine(borders: readonly Border[], bankA: readonly string[], bankB: readonly string[]): Point[] {
  const across = (border: Border) => {
    const sides = [border.left ?? '', border.right ?? ''];
    return sides.some((code) => bankA.includes(code)) && sides.some((code) => bankB.includes(code));
  };
  const waiting = borders.filter(across).map((border) => border.points);
  const line = [...(waiting.shift() ?? [])];
  for (let found = true; found; ) {
    found = false;
    for (const [index, points] of waiting.entries()) {
      const backward = [...points].reverse();
      if (same(points[0]!, line.at(-1)!)) line.push(...points.slice(1));
      else if (same(backward[0]!, line.at(-1)!)) line.push(...backward.slice(1));
      else if (same(points.at(-1)!, line[0]!)) line.unshift(...points.slice(0, -1));
      else if (same(backward.at(-1)!, line[0]!)) line.unshift(...backward.slice(0, -1));
      else continue;
      waiting.splice(index, 1);
      found = true;
      break;
    }
  }
  return line[0]![0] > line.at(-1)![0] ? line.reverse() : line;
}

/** The part of an outer border that leads on from `start` until `until` says stop; the river goes on where the city ends. */
export function leadOn(border: Border | undefined, start: Point, until: (at: Point) => boolean): Point[] {
  if (!border) return [];
  const near = (at: Point) => Math.hypot(at[0] - start[0], at[1] - start[1]);
  const points = near(border.points[0]!) <= near(border.points.at(-1)!) ? border.points : [...border.points].reverse();
  const end = points.findIndex(until);
  return points.slice(1, end < 0 ? undefined : end);
}

/** Widths at known places spread along a line by distance. */
export function widthsAlong(
  line: readonly Point[],
  known: readonly { at: Point; widthM: number }[],
  metric: Metric,
): number[] {
  const metres = line.map(metric.to);
  const run = [0];
  for (let i = 1; i < metres.length; i++)
    run.push(run[i - 1]! + Math.hypot(metres[i]![0] - metres[i - 1]![0], metres[i]![1] - metres[i - 1]![1]));
  const marks = known
    .map(({ at, widthM }) => {
      const p = metric.to(at);
      let nearest = 0;
      const gap = (i: number) => Math.hypot(metres[i]![0] - p[0], metres[i]![1] - p[1]);
      for (let i = 1; i < metres.length; i++) if (gap(i) < gap(nearest)) nearest = i;
      return { run: run[nearest]!, widthM };
    })
    .sort((a, b) => a.run - b.run);
  return run.map((here) => {
    const after = marks.findIndex((mark) => mark.run >= here);
    if (after <= 0) return (after === 0 ? marks[0]! : marks.at(-1)!).widthM;
    const [a, b] = [marks[after - 1]!, marks[after]!];
    return a.widthM + ((b.widthM - a.widthM) * (here - a.run)) / (b.run - a.run);
  });
}

/** Lines with widths → one water area with calm banks. */
export function channelArea(
  channels: readonly { points: readonly Point[]; widthsM: readonly number[] }[],
  metric: Metric,
  unite: Unite,
): Area {
  const pieces = channels.flatMap(({ points, widthsM }) => ribbon(points.map(metric.to), widthsM));
  return unite(pieces.map((piece) => [[piece]])).map((polygon) =>
    polygon
      .filter((ring) => ring.length > 12)
      .map((ring) => simplify(round(simplify(ring, 25), 2), 6).map((at) => rounded(metric.from(at)))),
  );
}
