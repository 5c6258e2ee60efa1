import { marksOf } from '@/server/domain/fusion-marks.ts';
import { type FusionSubject, subjectOfIncident, subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { parseStream } from './stream.ts';

/** One row of `fusion_subject`; null: it is not to be found (any more). */
export type FusionRow = {
  readonly stream: string;
  readonly head: boolean;
  readonly target: string;
  readonly at: number;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly district: string | null;
  readonly marks: readonly string[];
};

const rowOf = (stream: string, subject: FusionSubject, target: string): FusionRow => ({
  stream,
  head: target === stream,
  target,
  at: subject.at,
  lon: subject.lonLat?.[0] ?? null,
  lat: subject.lonLat?.[1] ?? null,
  district: subject.district,
  marks: marksOf(subject),
});

function targetOf(of: Signal): string | null {
  if (of.kind === 'warning' || of.state === 'dismissed') return null;
  if (of.state === 'attached') return of.incident === null ? null : `incident/${of.incident}`;
  return `signal/${of.lead ?? of.id}`;
}

export function fusionRowOf(stream: string, state: unknown): FusionRow | null {
  const { kind } = parseStream(stream);
  if (kind === 'incident') {
    const incident = state as Incident;
    return isOpen(incident) ? rowOf(stream, subjectOfIncident(incident), stream) : null;
  }
  const signal = state as Signal;
  const target = targetOf(signal);
  return target === null ? null : rowOf(stream, subjectOfSignal(signal), target);
}

type Read = Readonly<Record<string, unknown>>;
const readParts = [
  'state',
  'title',
  'text',
  'place',
  'kind',
  'proposedKind',
  'callers',
  'incident',
  'lead',
  'observedAt',
];
/** An order or a note changes nothing that is searched by. */
const isRead = (before: unknown, after: unknown): boolean =>
  before === null || readParts.some((part) => (before as Read)[part] !== (after as Read)[part]);

export type FusionWrites = { readonly puts: readonly FusionRow[]; readonly drops: readonly string[] };

/** `before` is null where the stream begins. */
export function fusionWrites(
  changes: Iterable<{ readonly stream: string; readonly before: unknown; readonly after: unknown }>,
): FusionWrites {
  const puts: FusionRow[] = [];
  const drops: string[] = [];
  for (const { stream, before, after } of changes) {
    if (!(stream.startsWith('signal/') || stream.startsWith('incident/')) || !isRead(before, after)) continue;
    const row = fusionRowOf(stream, after);
    if (row) puts.push(row);
    else drops.push(stream);
  }
  return { puts, drops };
}
