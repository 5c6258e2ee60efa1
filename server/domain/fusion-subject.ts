import type { Incident } from './incident.ts';
import type { LonLat, Place } from './place.ts';
import type { Signal } from './signal.ts';

/** What fusion looks at, whether it is a signal or an incident. */
export type FusionSubject = {
  readonly of: 'signal' | 'incident';
  readonly id: string;
  readonly kind: string | null;
  readonly text: string;
  readonly lonLat: LonLat | null;
  /** How far off the point may be. */
  readonly withinM: number;
  readonly district: string | null;
  readonly nearDistrict: string | null;
  /** When it was true, as far as is known; and when it was last heard of. */
  readonly at: number;
  readonly until: number;
  readonly callers: readonly string[];
  /** The device or the unit that speaks; null for people. */
  readonly device: string | null;
  readonly reality: Signal['reality'];
};

/** How far off a place may be, by how it was found [prov]. */
const within: Readonly<Record<Place['source'], number>> = {
  operator: 60,
  map: 60,
  feed: 120,
  gazetteer: 500,
  caller: 300,
  none: 1_000,
};
const deviceWithinM = 30;
const longest = 2_000;

/** A masked line names nobody. */
const lineOf = (from: string | null): string[] => {
  const digits = (from ?? '').replace(/[^\d*]/g, '').replace(/^86(?=1\d{10}$)/, '');
  return digits.length >= 7 && !digits.includes('*') ? [digits] : [];
};

/** A clock that is far off says nothing about when it was. */
const believableMs = 6 * 3_600_000;
const timeOf = (of: Signal): number =>
  of.observedAt !== null && of.observedAt <= of.receivedAt + 60_000 && of.receivedAt - of.observedAt < believableMs
    ? of.observedAt
    : of.receivedAt;

const words = (...parts: (string | null)[]): string => {
  const said: string[] = [];
  for (const part of parts) if (part && !said.some((one) => one.includes(part))) said.push(part);
  return said.join('\n').slice(0, longest);
};

const isDevice = (of: Signal): boolean => of.kind === 'alarm' || of.kind === 'sos';

export function subjectOfSignal(of: Signal): FusionSubject {
  const at = timeOf(of);
  return {
    of: 'signal',
    id: of.id,
    kind: of.proposedKind,
    text: words(of.text, of.title, of.place.text, ...of.callers.slice(0, 10).map((caller) => caller.text)),
    lonLat: of.place.lonLat,
    withinM: isDevice(of) ? deviceWithinM : within[of.place.source],
    district: of.place.district,
    nearDistrict: of.place.nearDistrict,
    at,
    until: Math.max(at, ...of.callers.flatMap((caller) => caller.at ?? [])),
    callers: [...new Set(of.callers.flatMap((caller) => lineOf(caller.from)))],
    device: isDevice(of) ? `${of.source.scheme}/${of.source.key}` : null,
    reality: of.reality,
  };
}

export function subjectOfIncident(of: Incident): FusionSubject {
  const at = of.cycles.at(-1)?.clocks.T0 ?? of.openedAt;
  return {
    of: 'incident',
    id: of.id,
    kind: of.kind,
    text: words(of.text, of.title, of.place.text),
    lonLat: of.place.lonLat,
    withinM: within[of.place.source],
    district: of.place.district,
    nearDistrict: of.place.nearDistrict,
    at,
    until: at,
    callers: [],
    device: null,
    reality: of.reality,
  };
}
