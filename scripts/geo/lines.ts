/** Plane geometry on lon/lat in the metric of one latitude; enough for a city. */
export type Point = [lon: number, lat: number];

const metresPerDegree = 111_320;
export const metresEast = (lat: number) => metresPerDegree * Math.cos((lat * Math.PI) / 180);
export const metresNorth = metresPerDegree;

export type Metric = { to: (at: Point) => Point; from: (at: Point) => Point };

export function metricAround(lon: number, lat: number): Metric {
  const east = metresEast(lat);
  return {
    to: (at) => [(at[0] - lon) * east, (at[1] - lat) * metresNorth],
    from: (at) => [lon + at[0] / east, lat + at[1] / metresNorth],
  };
}

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** Douglas–Peucker; a closed line is cut at its farthest point so that a ring never collapses. */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const first = points[0]!;
  const last = points.at(-1)!;
  if (first[0] === last[0] && first[1] === last[1] && points.length > 4) {
    let far = 1;
    const gap = (i: number) => Math.hypot(points[i]![0] - first[0], points[i]![1] - first[1]);
    for (let i = 2; i < points.length - 1; i++) if (gap(i) > gap(far)) far = i;
    return [...simplify(points.slice(0, far + 1), tolerance).slice(0, -1), ...simplify(points.slice(far), tolerance)];
  }
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const spans: [number, number][] = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    let worst = -1;
    let deviation = tolerance;
    for (let i = span[0] + 1; i < span[1]; i++) {
      const d = distanceToSegment(points[i]!, points[span[0]]!, points[span[1]]!);
      if (d > deviation) {
        deviation = d;
        worst = i;
      }
    }
    if (worst < 0) continue;
    keep[worst] = 1;
    spans.push([span[0], worst], [worst, span[1]]);
  }
  return points.filter((_, i) => keep[i]);
}

/** Chaikin's corner cutting; ends stay where they are, a closed line stays closed. */
export function round(points: readonly Point[], times = 1): Point[] {
  let line = [...points];
  for (let step = 0; step < times; step++) {
    const first = line[0]!;
    const last = line.at(-1)!;
    const closed = first[0] === last[0] && first[1] === last[1];
    const cut: Point[] = [];
    for (let i = 0; i + 1 < line.length; i++) {
      const a = line[i]!;
      const b = line[i + 1]!;
      cut.push(
        [a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25],
        [a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75],
      );
    }
    line = closed ? [...cut, cut[0]!] : [first, ...cut, last];
  }
  return line;
}

/** A line with a width (metres) at each vertex, as convex pieces to be united: a quadrilateral and a cap per segment. */
export function ribbon(points: readonly Point[], widths: readonly number[], capSides = 16): Point[][] {
  const pieces: Point[][] = [];
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const ra = widths[i]! / 2;
    const cap = Array.from({ length: capSides }, (_, k): Point => {
      const turn = (k / capSides) * 2 * Math.PI;
      return [a[0] + ra * Math.cos(turn), a[1] + ra * Math.sin(turn)];
    });
    pieces.push([...cap, cap[0]!]);
    const b = points[i + 1];
    if (!b) continue;
    const rb = widths[i + 1]! / 2;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length === 0) continue;
    const nx = -(b[1] - a[1]) / length;
    const ny = (b[0] - a[0]) / length;
    pieces.push([
      [a[0] + nx * ra, a[1] + ny * ra],
      [a[0] - nx * ra, a[1] - ny * ra],
      [b[0] - nx * rb, b[1] - ny * rb],
      [b[0] + nx * rb, b[1] + ny * rb],
      [a[0] + nx * ra, a[1] + ny * ra],
    ]);
  }
  return pieces;
}

export const ringArea = (ring: readonly Point[]): number => {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  return sum / 2;
};

export const rounded = (at: Point, digits = 5): Point => [Number(at[0].toFixed(digits)), Number(at[1].toFixed(digits))];

/** Points written the short way: `118.80,32.06 118.81,32.07`. */
export const path = (text: string): Point[] =>
  text.split(' ').map((pair) => {
    const [lon, lat] = pair.split(',').map(Number);
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new Error(`${pair} is no point`);
    return [lon!, lat!];
  });
