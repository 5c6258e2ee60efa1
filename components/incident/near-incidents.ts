import { type Judged, judge, prepared } from '@/server/domain/fusion.ts';
import type { Prepared } from '@/server/domain/fusion-pair.ts';
import { subjectOfIncident, subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { LonLat } from '@/server/domain/place.ts';
import type { Signal } from '@/server/domain/signal.ts';

export { distanceM } from '@/server/domain/distance.ts';

export type About = {
  readonly lonLat: LonLat | null;
  readonly kind: string | null;
  readonly at: number;
  readonly text?: string;
  /** What is being looked at is not its own neighbour. */
  readonly not?: string | null;
};

export type Near = { readonly judged: Judged } & (
  | { readonly of: 'incident'; readonly id: string; readonly incident: Incident }
  | { readonly of: 'signal'; readonly id: string; readonly signal: Signal }
);
export type NearIncident = Extract<Near, { of: 'incident' }>;

export const nearKey = (one: Near): string => `${one.of}/${one.id}`;

/** Wider than what is joined by itself, and than the 80 m/10 min and 50 m of products in use: this hints, and a person decides. */
export const nearWithin = { distanceM: 500, minutes: 120 } as const;
const most = 5;

/** A record that did not change is read once. */
const read = new WeakMap<Incident | Signal, Prepared>();
function readOnce<T extends Incident | Signal>(
  record: T,
  subject: (of: T) => Parameters<typeof prepared>[0],
): Prepared {
  const held = read.get(record) ?? prepared(subject(record));
  read.set(record, held);
  return held;
}

const self = ({ lonLat, kind, at, text = '' }: About): Prepared =>
  prepared({
    of: 'incident',
    id: '',
    kind,
    text,
    lonLat,
    withinM: 60,
    district: null,
    nearDistrict: null,
    at,
    until: at,
    callers: [],
    device: null,
    reality: 'actual',
  });

/** No veto, and either likely or simply close by. */
const isHint = ({ veto, verdict, distanceM, minutes }: Judged): boolean =>
  veto === null &&
  (verdict !== 'apart' || (distanceM !== null && distanceM <= nearWithin.distanceM && minutes <= nearWithin.minutes));

const ranked = <T extends Near>(found: readonly T[]): T[] =>
  found
    .filter((one) => isHint(one.judged))
    .sort((a, b) => b.judged.score - a.judged.score)
    .slice(0, most);

const judgedIncidents = (incidents: Iterable<Incident>, about: Prepared, not: ReadonlySet<string>): NearIncident[] =>
  Array.from(incidents).flatMap((incident): NearIncident[] =>
    isOpen(incident) && !not.has(`incident/${incident.id}`)
      ? [{ of: 'incident', id: incident.id, incident, judged: judge(about, readOnce(incident, subjectOfIncident)) }]
      : [],
  );

/** Open incidents that may be about the same thing: by place, time, kind and words. */
export function nearIncidents(incidents: Iterable<Incident>, about: About): NearIncident[] {
  if (!about.lonLat && !about.text) return [];
  return ranked(judgedIncidents(incidents, self(about), new Set(about.not ? [`incident/${about.not}`] : [])));
}

/** What a waiting signal may belong to: open incidents, and others that wait; not what a person has kept apart. */
export function nearSignal(
  of: Signal,
  records: { readonly incidents: Iterable<Incident>; readonly signals: Iterable<Signal> },
): Near[] {
  if (of.state !== 'open') return [];
  const about = readOnce(of, subjectOfSignal);
  const not = new Set([...of.apart, `signal/${of.id}`]);
  const signals = Array.from(records.signals).flatMap((signal): Near[] =>
    signal.state === 'open' &&
    signal.lead === null &&
    signal.kind !== 'warning' &&
    !not.has(`signal/${signal.id}`) &&
    !signal.apart.includes(`signal/${of.id}`)
      ? [{ of: 'signal', id: signal.id, signal, judged: judge(about, readOnce(signal, subjectOfSignal)) }]
      : [],
  );
  return ranked([...judgedIncidents(records.incidents, about, not), ...signals]);
}
