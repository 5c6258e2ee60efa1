import { z } from 'zod';
import { clockNames, noClocks, stamp } from './clock.ts';
import { changeFollowUp, type FollowUpEvent, followUpEventKinds, isFollowUpEvent } from './follow-up-event.ts';
import { unmerge } from './fusion-unmerge.ts';
import { assignmentId, incidentId, orderId, signalId } from './ids.ts';
import {
  assignment,
  type Cycle,
  currentCycle,
  type Incident,
  incident,
  incidentStates,
  mainStates,
  note,
  type Order,
  order,
} from './incident.ts';
import { place } from './place.ts';
import { category, grade, higherGrade, higherPriority, priority, response } from './scale.ts';
import { assignmentStates } from './unit.ts';
import { at, who } from './who.ts';

const by = { by: who, at };
const text = z.string().max(5_000);

export const incidentEventKinds = {
  incidentOpened: z.object({ incident }),
  incidentClaimed: z.object(by),
  /** Every change of state, with the clock that it stamps. */
  incidentMoved: z.object({
    move: z.string().max(64),
    to: z.enum(incidentStates),
    clock: z.enum(clockNames).nullable(),
    reason: text.nullable(),
    ...by,
  }),
  incidentNumbered: z.object({ number: z.string().max(64), ...by }),
  incidentEdited: z.object({
    title: z.string().max(500).nullable(),
    text: z.string().max(20_000).nullable(),
    kind: z.string().max(128).nullable(),
    category: category.nullable(),
    place: place.nullable(),
    priority: priority.nullable(),
    ...by,
  }),
  incidentGraded: z.object({ grade: grade.nullable(), priority, rule: z.string().max(500).nullable(), ...by }),
  incidentResponded: z.object({ response: response.nullable(), reason: text, ...by }),
  signalJoined: z.object({ signal: signalId, ...by }),
  signalParted: z.object({ signal: signalId, reason: text, ...by }),
  orderSent: z.object({ order, assignment: assignment.nullable(), ...by }),
  orderAcknowledged: z.object({ order: orderId, ...by }),
  orderEnded: z.object({
    order: orderId,
    state: z.enum(['done', 'returned', 'cancelled', 'reassigned']),
    reason: text.nullable(),
    ...by,
  }),
  orderLate: z.object({ order: orderId, at }),
  assignmentAdvanced: z.object({ assignment: assignmentId, state: z.enum(assignmentStates), ...by }),
  assignmentEnded: z.object({
    assignment: assignmentId,
    state: z.enum(['cleared', 'cancelled', 'returned', 'reassigned']),
    ...by,
  }),
  noteAdded: note,
  reportMade: z.object({ text, ...by }),
  verificationMade: z.object({ passed: z.boolean(), text, ...by }),
  closingMade: z.object({ code: z.string().max(64), text, ...by }),
  evaluationMade: z.object({ score: z.number().min(0).max(100), lessons: text, ...by }),
  suspensionSet: z.object({ until: at, ...by }),
  transferSet: z.object({ to: z.string().max(200), ...by }),
  cycleBegun: z.object({ reason: text, ...by }),
  mergedInto: z.object({ incident: incidentId, ...by }),
  incidentAbsorbed: z.object({
    incident: incidentId,
    signals: z.array(signalId),
    grade: grade.nullable(),
    priority,
    ...by,
  }),
  incidentSplitOff: z.object({ incident: incidentId, reason: text, ...by }),
  ...followUpEventKinds,
} as const;

type Content<K extends keyof typeof incidentEventKinds> = z.infer<(typeof incidentEventKinds)[K]>;
export type IncidentEvent = {
  [K in keyof typeof incidentEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof incidentEventKinds];

export const newCycle = (): Cycle => ({
  clocks: noClocks(),
  report: null,
  verification: null,
  closing: null,
  evaluation: null,
  returns: 0,
});

const changeCycle = (of: Incident, change: Partial<Cycle>): Incident => ({
  ...of,
  cycles: [...of.cycles.slice(0, -1), { ...currentCycle(of), ...change }],
});

const changeOrder = (of: Incident, id: string, change: Partial<Order>): Incident => ({
  ...of,
  orders: of.orders.map((held) => (held.id === id ? { ...held, ...change } : held)),
});

const isMain = (state: string): state is (typeof mainStates)[number] =>
  (mainStates as readonly string[]).includes(state);

function move(of: Incident, content: Content<'incidentMoved'>): Incident {
  const leavesMain = isMain(of.state) && !isMain(content.to);
  const next: Incident = {
    ...of,
    state: content.to,
    resumeState: leavesMain ? (of.state as Incident['resumeState']) : isMain(content.to) ? null : of.resumeState,
    suspendedUntil: content.to === 'suspended' ? of.suspendedUntil : null,
    transferredTo: content.to === 'transferred' ? of.transferredTo : null,
    mergedInto: content.to === 'merged' ? of.mergedInto : null,
    voidReason: content.to === 'voided' ? content.reason : of.voidReason,
  };
  return content.clock
    ? changeCycle(next, { clocks: stamp(currentCycle(next).clocks, content.clock, content.at) })
    : next;
}

function followUp(of: Incident, event: FollowUpEvent): Incident {
  if (event.kind !== 'orderEscalated') return { ...of, ...changeFollowUp(of, event) };
  const { order: id, to, at: when } = event.content;
  const held = of.orders.find((one) => one.id === id);
  return held ? changeOrder(of, id, { escalated: [...held.escalated, { to, at: when }] }) : of;
}

/** Applies one event. Total: an event that is in the log was decided, so nothing here refuses. */
function change(current: Incident, event: IncidentEvent): Incident {
  if (isFollowUpEvent(event)) return followUp(current, event);
  switch (event.kind) {
    case 'incidentOpened':
      return event.content.incident;
    case 'incidentClaimed':
      return { ...current, owner: event.content.by };
    case 'incidentMoved':
      return move(current, event.content);
    case 'incidentNumbered':
      return { ...current, number: event.content.number };
    case 'incidentEdited': {
      const { title, text: words, kind, category: named, place: where, priority: rank } = event.content;
      return {
        ...current,
        title: title ?? current.title,
        text: words ?? current.text,
        kind: kind ?? current.kind,
        category: named ?? current.category,
        place: where ?? current.place,
        priority: rank ?? current.priority,
      };
    }
    case 'incidentGraded':
      return { ...current, grade: event.content.grade, priority: event.content.priority };
    case 'incidentResponded':
      return { ...current, response: event.content.response };
    case 'signalJoined':
      return { ...current, signals: [...current.signals, event.content.signal] };
    case 'signalParted':
      return { ...current, signals: current.signals.filter((id) => id !== event.content.signal) };
    case 'orderSent':
      return {
        ...current,
        orders: [...current.orders, event.content.order],
        assignments: event.content.assignment
          ? [...current.assignments, event.content.assignment]
          : current.assignments,
      };
    case 'orderAcknowledged':
      return changeOrder(current, event.content.order, {
        state: 'acknowledged',
        acknowledgedAt: event.content.at,
        acknowledgedBy: event.content.by,
      });
    case 'orderEnded':
      return changeOrder(current, event.content.order, {
        state: event.content.state,
        endedAt: event.content.at,
        reason: event.content.reason,
      });
    case 'orderLate':
      return changeOrder(current, event.content.order, { late: true });
    case 'assignmentAdvanced': {
      const { assignment: id, state, at: when } = event.content;
      return {
        ...current,
        assignments: current.assignments.map((held) =>
          held.id === id ? { ...held, state, clocks: { ...held.clocks, [state]: held.clocks[state] ?? when } } : held,
        ),
      };
    }
    case 'assignmentEnded':
      return {
        ...current,
        assignments: current.assignments.map((held) =>
          held.id === event.content.assignment
            ? { ...held, state: event.content.state, endedAt: event.content.at }
            : held,
        ),
      };
    case 'noteAdded':
      return { ...current, notes: [...current.notes, event.content] };
    case 'reportMade':
      return changeCycle(current, { report: event.content });
    case 'verificationMade':
      return changeCycle(current, {
        verification: event.content,
        returns: currentCycle(current).returns + (event.content.passed ? 0 : 1),
      });
    case 'closingMade':
      return changeCycle(current, { closing: event.content });
    case 'evaluationMade':
      return changeCycle(current, { evaluation: event.content });
    case 'suspensionSet':
      return { ...current, suspendedUntil: event.content.until };
    case 'transferSet':
      return { ...current, transferredTo: event.content.to };
    case 'cycleBegun':
      return { ...current, cycles: [...current.cycles, newCycle()] };
    case 'mergedInto':
      return { ...current, mergedInto: event.content.incident };
    case 'incidentAbsorbed': {
      const { incident: id, signals, at: when } = event.content;
      const before = { grade: current.grade, priority: current.priority };
      const brought = { grade: event.content.grade, priority: event.content.priority };
      const after = {
        grade: higherGrade(current.grade, brought.grade),
        priority: higherPriority(current.priority, brought.priority),
      };
      return {
        ...current,
        ...after,
        signals: [...current.signals, ...signals],
        merged: [...current.merged, { incident: id, signals, at: when, before, brought, after }],
      };
    }
    case 'incidentSplitOff':
      return { ...current, ...unmerge(current, event.content.incident) };
  }
}

const timeOf = (event: IncidentEvent): number =>
  event.kind === 'incidentOpened' ? event.content.incident.openedAt : event.content.at;

export function applyIncident(current: Incident | null, event: IncidentEvent): Incident {
  if (event.kind === 'incidentOpened') return event.content.incident;
  if (!current) throw new Error(`${event.kind} before incidentOpened`);
  return { ...change(current, event), changedAt: timeOf(event) };
}
