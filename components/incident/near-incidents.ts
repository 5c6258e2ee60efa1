import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { LonLat } from '@/server/domain/place.ts';

const earthM = 6_371_008.8;
const rad = (deg: number) => (deg * Math.PI) / 180;

/** Metres along the great circle. */
export function distanceM([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const dLat = rad(latB - latA);
  const dLon = rad(lonB - lonA);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(latA)) * Math.cos(rad(latB)) * Math.sin(dLon / 2) ** 2;
  return 2 * earthM * Math.asin(Math.min(1, Math.sqrt(h)));
}

export type About = {
  readonly lonLat: LonLat | null;
  readonly kind: string | null;
  readonly at: number;
  /** The incident that is being looked at is not its own neighbour. */
  readonly not?: string | null;
};

export type Near = {
  readonly incident: Incident;
  readonly distanceM: number;
  readonly minutes: number;
  readonly sameKind: boolean;
  /** 0–1; shown beside its reasons, never instead of them. */
  readonly score: number;
};

/** Wider than the 80 m/10 min and 50 m of products in use: this hints, and a person decides. */
export const nearWithin = { distanceM: 500, minutes: 120 } as const;

const family = (kind: string | null) => (kind ? kind.split('.').slice(0, 2).join('.') : null);

/** Open incidents that may be about the same thing: by distance, time and kind. */
export function nearIncidents(incidents: Iterable<Incident>, about: About): Near[] {
  const { lonLat } = about;
  if (!lonLat) return [];
  const found: Near[] = [];
  for (const incident of incidents) {
    if (!isOpen(incident) || incident.id === about.not || !incident.place.lonLat) continue;
    const metres = distanceM(lonLat, incident.place.lonLat);
    const minutes = Math.abs(about.at - (incident.cycles.at(-1)?.clocks.T0 ?? incident.openedAt)) / 60_000;
    if (metres > nearWithin.distanceM || minutes > nearWithin.minutes) continue;
    const sameKind = about.kind !== null && incident.kind === about.kind;
    const related = sameKind
      ? 1
      : family(about.kind) !== null && family(about.kind) === family(incident.kind)
        ? 0.6
        : 0.2;
    const score = 0.5 * (1 - metres / nearWithin.distanceM) + 0.2 * (1 - minutes / nearWithin.minutes) + 0.3 * related;
    found.push({ incident, distanceM: metres, minutes, sameKind, score });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 5);
}
