import type { SignalId } from '@/server/domain/ids.ts';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { kindWords } from '@/server/domain/kind-words.ts';
import { nowhere, type Place } from '@/server/domain/place.ts';
import { higherPriority, type Priority, priorities } from '@/server/domain/scale.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { AlertRecord, CallRecord, CaseRecord, FeedRecord, Geometry } from '@/server/wire/record.ts';

/** What a feed adds to its records: who it is, and what only the receiver knows. */
export type RecordSource = {
  readonly feed: string;
  readonly department: string | null;
  readonly reality: 'actual' | 'exercise' | 'test';
  readonly receivedAt: number;
  /** District by the pack's polygons; null where it is not known. */
  readonly districtOf: (lonLat: readonly [number, number]) => { district: string | null; nearDistrict: string | null };
};

/**
 * A point of a place. An area has none that could be sent to: its corner or its middle would be a place that nobody named, and
 * the area itself is drawn from the warning.
 */
export function pointOf(geometry: Geometry | null): [number, number] | null {
  if (geometry?.type === 'Point') return geometry.coordinates;
  return geometry?.type === 'LineString' ? (geometry.coordinates[0] ?? null) : null;
}

export function placeOf(record: FeedRecord, text: string | null, source: RecordSource): Place {
  const lonLat = pointOf(record.geometry);
  if (!lonLat) return text ? { ...nowhere, text: text.slice(0, 500), source: 'feed' } : nowhere;
  return { ...nowhere, text: (text ?? '').slice(0, 500), lonLat, ...source.districtOf(lonLat), source: 'feed' };
}

const clip = (value: string, length: number) => (value.length > length ? `${value.slice(0, length - 1)}…` : value);

/** The source's own kind where it names one of ours by code or name; else a word in what was said. */
export function proposeKind(named: string | null, ...texts: (string | null)[]): string | null {
  const exact = incidentKinds.find((kind) => kind.code === named || kind.zh === named);
  if (exact) return exact.code;
  const text = [named, ...texts].filter(Boolean).join(' ');
  return kindWords.find(([word]) => text.includes(word))?.[1] ?? null;
}

const asPriority = (value: string | null, fallback: Priority): Priority => {
  const named = priorities.find((priority) => priority === value?.toUpperCase());
  return named ?? fallback;
};

type Partly = Pick<Signal, 'kind' | 'title' | 'text' | 'place' | 'priority' | 'proposedKind'> & Partial<Signal>;

const signalOf = (id: string, record: FeedRecord, source: RecordSource, parts: Partly): Signal => ({
  id: id as SignalId,
  reality: source.reality,
  department: source.department,
  source: { feed: source.feed, scheme: record.subject.scheme, key: record.subject.key, dedupeKey: record.dedupeKey },
  callers: [],
  unit: null,
  colour: null,
  expiresAt: null,
  observedAt: record.observedAt,
  receivedAt: source.receivedAt,
  revision: record.revision,
  state: 'open',
  incident: null,
  dismissedReason: null,
  lead: null,
  fused: null,
  apart: [],
  ...parts,
});

/** A second call about the same thing revises the record; it happened when the first one said so. */
function firstHeard(record: CallRecord): number | null {
  const times = [record.observedAt, ...record.calls.map((call) => call.at)].filter((at) => at !== null);
  return times.length ? Math.min(...times) : null;
}

export function signalOfCall(id: string, record: CallRecord, source: RecordSource): Signal {
  const text = record.text ?? record.calls.find((call) => call.text)?.text ?? '';
  const hurt = (record.casualties.dead ?? 0) + (record.casualties.injured ?? 0) + (record.casualties.trapped ?? 0) > 0;
  const priority = asPriority(record.priority, 'P2');
  return signalOf(id, record, source, {
    kind: 'call',
    title: clip(text || record.type || record.number, 60),
    text,
    place: placeOf(record, record.place, source),
    priority: hurt ? higherPriority(priority, 'P1') : priority,
    proposedKind: proposeKind(record.type, text),
    callers: record.calls,
    observedAt: firstHeard(record),
  });
}

export const signalOfCase = (id: string, record: CaseRecord, source: RecordSource): Signal =>
  signalOf(id, record, source, {
    kind: 'case',
    title: clip(record.title, 120),
    text: record.text ?? '',
    place: placeOf(record, record.place, source),
    priority: asPriority(record.priority, 'P4'),
    proposedKind: proposeKind(record.class, record.title, record.text),
  });

const priorityOfColour = { red: 'P1', orange: 'P2', yellow: 'P3', blue: 'P4' } as const;
const priorityOfSeverity = { Extreme: 'P1', Severe: 'P2', Moderate: 'P3', Minor: 'P4', Unknown: 'P4' } as const;
const realityOfStatus = {
  Actual: 'actual',
  Exercise: 'exercise',
  Test: 'test',
  System: 'test',
  Draft: 'test',
} as const;

export const realityOfAlert = (record: AlertRecord, source: RecordSource) =>
  source.reality === 'actual' ? realityOfStatus[record.status] : source.reality;

export const signalOfAlert = (id: string, record: AlertRecord, source: RecordSource): Signal => ({
  ...signalOf(id, record, source, {
    kind: 'warning',
    title: clip(record.headline ?? record.event, 200),
    text: record.text ?? '',
    place: placeOf(
      record,
      record.areas
        .map((area) => area.description)
        .filter(Boolean)
        .join('、') || null,
      source,
    ),
    priority: record.colour ? priorityOfColour[record.colour] : priorityOfSeverity[record.severity],
    proposedKind: null,
    colour: record.colour,
    expiresAt: record.expiresAt,
  }),
  reality: realityOfAlert(record, source),
});
