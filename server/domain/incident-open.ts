import { noClocks } from './clock.ts';
import { noFollowUp } from './follow-up.ts';
import type { IncidentId, SignalId } from './ids.ts';
import type { Incident } from './incident.ts';
import type { IncidentFacts } from './incident-command.ts';
import { type Decided, type Decision, moved, stampBy, whoOf } from './incident-decide.ts';
import { type IncidentEvent, newCycle } from './incident-event.ts';
import { incidentKind } from './incident-kind.ts';
import { isKnown, nowhere } from './place.ts';
import { refused } from './refusal.ts';
import { higherPriority, type Priority } from './scale.ts';
import type { Signal } from './signal.ts';

export type Opening = {
  readonly id: IncidentId;
  /** The number is made by the store's counter, e.g. `NJ-20261124-0007`. */
  readonly number: string;
  readonly facts: IncidentFacts;
  readonly signals: readonly Signal[];
};

const firstOf = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;

/** A signal that is attached already belongs to somebody else's incident; the second operator is told. */
const taken = (signals: readonly Signal[]) => signals.find((signal) => signal.state === 'attached');

const realityOf = (signals: readonly Signal[]): Incident['reality'] =>
  signals.length > 0 && signals.every((signal) => signal.reality !== 'actual') ? signals[0]!.reality : 'actual';

/**
 * Early save: the number exists at once and the operator owns it. What the operator gave stands before what signals propose;
 * with a place and a kind it is filed in the same breath.
 */
export function openIncident(opening: Opening, context: Decision): Decided {
  const { facts, signals } = opening;
  const attached = taken(signals);
  if (attached) return refused('already_attached', attached.incident ?? '', { subject: attached.id });
  if (facts.kind !== null && !incidentKind(facts.kind)) return refused('kind_unknown', facts.kind);
  const kindCode = facts.kind ?? firstOf(signals.map((signal) => signal.proposedKind));
  const kind = kindCode === null ? null : incidentKind(kindCode);
  const place =
    facts.place ?? firstOf(signals.map((signal) => (isKnown(signal.place) ? signal.place : null))) ?? nowhere;
  const proposed = [...signals.map((signal) => signal.priority), ...(kind ? [kind.priority] : [])];
  const priority: Priority = facts.priority ?? proposed.reduce<Priority>(higherPriority, 'P4');
  const receivedAt = Math.min(context.now, ...signals.map((signal) => signal.receivedAt));
  const incident: Incident = {
    id: opening.id,
    number: opening.number,
    state: 'received',
    resumeState: null,
    title: facts.title ?? firstOf(signals.map((signal) => signal.title)) ?? '',
    text: facts.text ?? firstOf(signals.map((signal) => signal.text)) ?? '',
    kind: kind?.code ?? null,
    category: kind?.category ?? null,
    place,
    priority,
    grade: null,
    response: null,
    reality: realityOf(signals),
    owner: whoOf(context.actor),
    signals: signals.map((signal) => signal.id),
    orders: [],
    assignments: [],
    cycles: [{ ...newCycle(), clocks: { ...noClocks(), T0: receivedAt } }],
    notes: [],
    suspendedUntil: null,
    transferredTo: null,
    mergedInto: null,
    merged: [],
    voidReason: null,
    ...noFollowUp(),
    openedAt: context.now,
    changedAt: context.now,
  };
  const events: IncidentEvent[] = [
    { kind: 'incidentOpened', content: { incident } },
    moved(incident, 'claim', context),
  ];
  if (kind && isKnown(place)) events.push(moved({ ...incident, state: 'answered' }, 'file', context));
  return events;
}

const closedToSignals = ['merged', 'voided', 'closed', 'evaluated', 'transferred'];

/** A later signal about the same thing joins; it may raise the priority, never lower it. */
export function joinSignal(of: Incident, signal: Signal, context: Decision): Decided {
  if (closedToSignals.includes(of.state)) return refused('wrong_state', of.state);
  if (signal.state === 'attached') return refused('already_attached', signal.incident ?? '', { subject: signal.id });
  return [{ kind: 'signalJoined', content: { signal: signal.id, ...stampBy(context) } }];
}

export function partSignal(of: Incident, signal: SignalId, reason: string, context: Decision): Decided {
  if (!of.signals.includes(signal)) return refused('not_found', signal);
  if (of.merged.some((one) => one.signals.includes(signal))) return refused('wrong_state', 'came by a merge: split it');
  if (!reason.trim()) return refused('reason_missing');
  return [{ kind: 'signalParted', content: { signal, reason, ...stampBy(context) } }];
}
