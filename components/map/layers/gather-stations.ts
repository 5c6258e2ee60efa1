import type { ReadingState, StationKind } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import { type LonLat, latitude, longitude, mercatorX, mercatorY, worldPixels } from '../geometry.ts';

export type StationMark = {
  readonly id: string;
  readonly lonLat: LonLat;
  readonly kind: StationKind;
  readonly state: ReadingState;
  readonly freshness: Freshness;
  /** Its value, ready to read; empty: none. */
  readonly text: string;
};
/** Normal ones that lie together: how many, and how many of them nobody vouches for. */
export type StationGroup = {
  readonly id: string;
  readonly lonLat: LonLat;
  readonly count: number;
  readonly silent: number;
};
export type Gathered = { readonly marks: readonly StationMark[]; readonly groups: readonly StationGroup[] };

/** From here on every station stands for itself. */
export const singleZoom = 13;

/**
 * Far away, normal stations of one square of the ground are one figure, so that thousands do not hide the city; squares belong to the ground,
 * so that nothing jumps when the map is moved. What is abnormal always stands for itself.
 */
export function gatherStations(marks: readonly StationMark[], zoom: number, pixels = 60): Gathered {
  if (zoom >= singleZoom) return { marks, groups: [] };
  const level = Math.floor(zoom * 2) / 2;
  const side = pixels / worldPixels(level);
  const single: StationMark[] = [];
  const squares = new Map<string, StationMark[]>();
  for (const mark of marks) {
    if (mark.state !== 'normal') {
      single.push(mark);
      continue;
    }
    const square = `${Math.floor(mercatorX(mark.lonLat[0]) / side)}/${Math.floor(mercatorY(mark.lonLat[1]) / side)}`;
    const there = squares.get(square);
    if (there) there.push(mark);
    else squares.set(square, [mark]);
  }
  const groups: StationGroup[] = [];
  for (const [square, there] of squares) {
    const [only] = there;
    if (there.length === 1 && only) {
      single.push(only);
      continue;
    }
    const x = there.reduce((sum, { lonLat }) => sum + mercatorX(lonLat[0]), 0) / there.length;
    const y = there.reduce((sum, { lonLat }) => sum + mercatorY(lonLat[1]), 0) / there.length;
    groups.push({
      id: `group/${level}/${square}`,
      lonLat: [longitude(x), latitude(y)],
      count: there.length,
      silent: there.filter(({ freshness }) => freshness === 'stale').length,
    });
  }
  return { marks: single, groups };
}
