import type { LonLat } from '@/server/domain/place.ts';
import type { Freshness } from '@/server/wire/frame.ts';

/** Positions of one unit as columns, as the history gives them. `resolution` says what retention has left. */
export type Track = {
  readonly subject: string;
  readonly resolution: 'full' | 'minute' | 'hour';
  readonly at: readonly number[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly headingDeg: readonly (number | null)[];
  readonly speedMps: readonly (number | null)[];
};

export type Fix = {
  readonly at: number;
  readonly ageMs: number;
  readonly lonLat: LonLat;
  readonly headingDeg: number | null;
  readonly speedMps: number | null;
  readonly freshness: Freshness;
};

/** Longer without a position is a gap: twice what a terminal is expected to take, or of what retention has thinned it to. */
const gaps = { full: 75_000, minute: 150_000, hour: 9_000_000 } as const;
export const gapMsOf = (track: Pick<Track, 'resolution'>): number => gaps[track.resolution];

/** How many positions there were at `at`: all before that index had been received. */
export function countUpTo(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the unit was last known to be at `at`. Nothing is put between two positions: what was stale then is stale now. */
export function fixAt(track: Track, at: number): Fix | null {
  const index = countUpTo(track.at, at) - 1;
  if (index < 0) return null;
  const ageMs = at - track.at[index]!;
  const gap = gapMsOf(track);
  return {
    at: track.at[index]!,
    ageMs,
    lonLat: [track.lon[index]!, track.lat[index]!],
    headingDeg: track.headingDeg[index] ?? null,
    speedMps: track.speedMps[index] ?? null,
    freshness: ageMs > gap ? 'stale' : ageMs > gap * 0.6 ? 'late' : 'fresh',
  };
}

/** Lines up to `at`; a gap ends a line, so that nobody sees a way that was not driven. */
export function linesUpTo(track: Track, at: number): LonLat[][] {
  const lines: LonLat[][] = [];
  const end = countUpTo(track.at, at);
  for (let index = 0; index < end; index++) {
    const point: LonLat = [track.lon[index]!, track.lat[index]!];
    const broken = index === 0 || track.at[index]! - track.at[index - 1]! > gapMsOf(track);
    if (broken) lines.push([point]);
    else lines.at(-1)?.push(point);
  }
  return lines.filter((line) => line.length > 1);
}

/** Stretches of time in which positions came, for the lane under the slider. */
export function coverage(track: Track): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const [index, at] of track.at.entries()) {
    const last = stretches.at(-1);
    if (last && at - track.at[index - 1]! <= gapMsOf(track)) last.to = at;
    else stretches.push({ from: at, to: at });
  }
  return stretches;
}
