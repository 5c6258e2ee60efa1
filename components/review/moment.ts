import type { Incident } from '@/server/domain/incident.ts';
import type { LonLat } from '@/server/domain/place.ts';
import type { UnitStatus } from '@/server/domain/unit.ts';
import { statusIn } from './replay.ts';
import { type Fix, fixAt, type Track } from './tracks.ts';

/** One unit at one moment. */
export type Moment = {
  readonly id: string;
  readonly callSign: string;
  readonly kind: string;
  readonly status: UnitStatus | null;
  readonly fix: Fix | null;
  /** From the incident's place, in a straight line. */
  readonly distanceM: number | null;
};

const earthM = 6_371_009;
const rad = Math.PI / 180;

export function distanceM([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const half = (angle: number) => Math.sin((angle * rad) / 2) ** 2;
  const h = half(latB - latA) + Math.cos(latA * rad) * Math.cos(latB * rad) * half(lonB - lonA);
  return 2 * earthM * Math.asin(Math.sqrt(h));
}

export function momentOf(
  units: readonly { readonly id: string; readonly callSign: string; readonly kind: string }[],
  tracks: readonly Track[],
  incident: Incident | null,
  at: number,
): Moment[] {
  return units.map((unit) => {
    const track = tracks.find((one) => one.subject === unit.id);
    const fix = track ? fixAt(track, at) : null;
    const place = incident?.place.lonLat ?? null;
    return {
      ...unit,
      status: statusIn(incident, unit.id),
      fix,
      distanceM: fix && place ? distanceM(fix.lonLat, place) : null,
    };
  });
}
