import {
  choose,
  defaultThresholds,
  type FusionThresholds,
  fusedOf,
  type Judged,
  judge,
  prepared,
  type Ranked,
} from '@/server/domain/fusion.ts';
import { marksOf } from '@/server/domain/fusion-marks.ts';
import { groupOf, type Prepared } from '@/server/domain/fusion-pair.ts';
import { type FusionSubject, subjectOfIncident, subjectOfSignal } from '@/server/domain/fusion-subject.ts';
import type { IncidentId, SignalId } from '@/server/domain/ids.ts';
import type { IncidentState } from '@/server/domain/incident.ts';
import { joinSignal } from '@/server/domain/incident-open.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { NewEvent, Tx } from '@/server/store/store.ts';
import { candidatesOf, searchBounds, type Voice, voicesOf } from './fuse-candidates.ts';
import { decisionOf, eventsFor } from './op.ts';

/** Who joins where nobody did: named like the other machines of the house. */
export const fusionActor = { id: 'system/fusion', name: '自动并案' } as const;
/** Commands that may join signals take turns: two that come at once do not begin two. */
export const fusionTurn = 'fusion';

/** A report that comes in when the work is said to be done may be a new outbreak: a person looks at it. */
const joinable: readonly IncidentState[] = [
  'received',
  'answered',
  'verifying',
  'filed',
  'dispatched',
  'accepted',
  'enRoute',
  'onScene',
  'controlled',
];

/** Signals that a command brings for the first time. */
export const arrivedIn = (events: readonly NewEvent[]): Signal[] =>
  events.flatMap(({ kind, content }) => (kind === 'signalReceived' ? [(content as { signal: Signal }).signal] : []));

/** Warnings are about a whole area; who cries for help is never filed away behind another. */
const mayBeFused = (of: Signal): boolean =>
  of.state === 'open' &&
  of.lead === null &&
  (of.kind === 'call' || of.kind === 'case' || of.kind === 'alarm' || of.kind === 'report');

type Target = {
  readonly stream: string;
  readonly head: Prepared;
  readonly members: Prepared[];
  group: Prepared;
  /** What was said of it to be kept apart. */
  readonly apart: readonly string[];
};

const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1);
const isIncident = (stream: string): boolean => stream.startsWith('incident/');

/** What was said is read once, however many signals are compared with it. */
const read = new Map<string, Prepared>();
const mostRead = 4_000;
function readSubject(subject: FusionSubject): Prepared {
  const key = `${subject.kind} ${subject.text}`;
  const held = read.get(key);
  if (held) return { ...held, subject };
  const fresh = prepared(subject);
  if (read.size >= mostRead) for (const old of [...read.keys()].slice(0, mostRead / 2)) read.delete(old);
  read.set(key, fresh);
  return fresh;
}

const subjectOf = (voice: Voice) =>
  voice.of === 'incident' ? subjectOfIncident(voice.incident) : subjectOfSignal(voice.signal);

async function loadTargets(tx: Tx, streams: readonly string[]): Promise<Map<string, Target>> {
  const targets = new Map<string, Target>();
  for (const [stream, [first, ...rest]] of await voicesOf(tx, streams)) {
    if (!first || (first.of === 'incident' && !joinable.includes(first.incident.state))) continue;
    if (first.of === 'signal' && first.signal.kind === 'sos') continue;
    const head = readSubject(subjectOf(first));
    const members = rest.map((voice) => readSubject(subjectOf(voice)));
    const apart = first.of === 'signal' ? first.signal.apart : [];
    targets.set(stream, { stream, head, members, group: groupOf(head, members), apart });
  }
  return targets;
}

const beginning = (signal: Signal, self: Prepared): Target => ({
  stream: `signal/${signal.id}`,
  head: self,
  members: [],
  group: self,
  apart: signal.apart,
});

function grow(target: Target, self: Prepared): void {
  if (target.members.length >= searchBounds.members) return;
  target.members.push(self);
  target.group = groupOf(target.head, target.members);
}

/** Takes the target as it is now, and locked: an operator may have taken up the lead a moment ago. */
async function join(tx: Tx, signal: Signal, stream: string, judged: Judged): Promise<NewEvent[] | null> {
  const fused = fusedOf(judged);
  const by = fusionActor;
  if (!isIncident(stream)) {
    const lead = (await tx.load('signal', idOf(stream)))?.state;
    if (lead?.state === 'attached' && lead.incident) return join(tx, signal, `incident/${lead.incident}`, judged);
    // Begun in this very command: it is not in the database yet.
    if (lead && (lead.state !== 'open' || lead.lead !== null)) return null;
    return eventsFor('signal', signal.id, [
      { kind: 'signalGrouped', content: { lead: idOf(stream) as SignalId, by, fused } },
    ]);
  }
  const incident = (await tx.load('incident', idOf(stream)))?.state;
  if (!incident || !joinable.includes(incident.state)) return null;
  const decided = joinSignal(incident, signal, decisionOf(tx));
  if (wasRefused(decided)) return null;
  const told = decided.map((event) =>
    event.kind === 'signalJoined' ? { ...event, content: { ...event.content, by } } : event,
  );
  return [
    ...eventsFor('incident', incident.id, told),
    ...eventsFor('signal', signal.id, [
      { kind: 'signalAttached', content: { incident: incident.id as IncidentId, by, fused } },
    ]),
  ];
}

/**
 * Where each new signal belongs, in the order in which they came: to an open incident, or behind the signal that speaks for it, or by
 * itself. In the same command that stores it, so that no screen ever shows it twice.
 */
export async function fuseSignals(
  tx: Tx,
  arrived: readonly Signal[],
  thresholds: FusionThresholds = defaultThresholds,
): Promise<NewEvent[]> {
  const signals = arrived.filter(mayBeFused);
  if (signals.length === 0) return [];
  const subjects = signals.map(subjectOfSignal);
  const sought = await candidatesOf(
    tx,
    subjects.map((subject) => ({ subject, marks: marksOf(subject) })),
  );
  const own = new Set(signals.map((signal) => `signal/${signal.id}`));
  const known = await loadTargets(
    tx,
    [...new Set([...sought.values()].flat())].filter((stream) => !own.has(stream)),
  );
  const begun: Target[] = [];
  const events: NewEvent[] = [];
  for (const [n, signal] of signals.entries()) {
    const self = readSubject(subjects[n]!);
    const targets = [...(sought.get(n) ?? []).flatMap((stream) => known.get(stream) ?? []), ...begun].filter(
      (target) => !signal.apart.includes(target.stream) && !target.apart.includes(`signal/${signal.id}`),
    );
    const ranked = targets.map(
      (target): Ranked<Target> => ({ target, judged: judge(self, target.group, { thresholds }) }),
    );
    const { join: best } = choose(ranked);
    const joined = best ? await join(tx, signal, best.target.stream, best.judged) : null;
    if (best && joined) {
      events.push(...joined);
      grow(best.target, self);
    } else begun.push(beginning(signal, self));
  }
  return events;
}
