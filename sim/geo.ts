/** WGS-84 [lon, lat], degrees. */
export type LonLat = readonly [number, number];

const metresPerDegree = 111_194.9;
const radians = Math.PI / 180;

/** Metres east and north of `from`; flat within a city, where the error is below 0.1 %. */
export function offsetM(from: LonLat, to: LonLat): [number, number] {
  const shrink = Math.cos(((from[1] + to[1]) / 2) * radians);
  return [(to[0] - from[0]) * metresPerDegree * shrink, (to[1] - from[1]) * metresPerDegree];
}

export function moved(from: LonLat, eastM: number, northM: number): LonLat {
  return [from[0] + eastM / (metresPerDegree * Math.cos(from[1] * radians)), from[1] + northM / metresPerDegree];
}

export function distanceM(a: LonLat, b: LonLat): number {
  return Math.hypot(...offsetM(a, b));
}

/** Degrees clockwise from north, 0 to below 360. */
export function bearingDeg(a: LonLat, b: LonLat): number {
  const [east, north] = offsetM(a, b);
  return (Math.atan2(east, north) / radians + 360) % 360;
}

export function between(a: LonLat, b: LonLat, share: number): LonLat {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function distanceToLineM(point: LonLat, line: readonly LonLat[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = offsetM(point, line[i - 1]!);
    const [bx, by] = offsetM(point, line[i]!);
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
    least = Math.min(least, Math.hypot(ax + share * dx, ay + share * dy));
  }
  return least;
}

/**
 * WGS-84 → GCJ-02 by the published approximation (Krasovsky ellipsoid, a = 6378245, e² = 0.00669342162296594):
 * what a terminal with the secrecy plug-in reports.
 */
export function toGcj02([lon, lat]: LonLat): LonLat {
  const x = lon - 105;
  const y = lat - 35;
  const wave = (v: number, parts: readonly (readonly [number, number])[]) =>
    parts.reduce((sum, [height, frequency]) => sum + height * Math.sin(v * frequency * Math.PI), 0) * (2 / 3);
  const short = wave(x, [
    [20, 6],
    [20, 2],
  ]);
  const root = Math.sqrt(Math.abs(x));
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    short +
    wave(y, [
      [20, 1],
      [40, 1 / 3],
      [160, 1 / 12],
      [320, 1 / 30],
    ]);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    short +
    wave(x, [
      [20, 1],
      [40, 1 / 3],
      [150, 1 / 12],
      [300, 1 / 30],
    ]);
  const sine = Math.sin(lat * radians);
  const curve = 1 - 0.00669342162296594 * sine * sine;
  const meridian = (6378245 * (1 - 0.00669342162296594)) / (curve * Math.sqrt(curve));
  const parallel = (6378245 / Math.sqrt(curve)) * Math.cos(lat * radians);
  return [lon + east / (parallel * radians), lat + north / (meridian * radians)];
}
