import type { ClockName } from './clock.ts';
import { ruleInWords } from './grade-rules.ts';
import { gradeFor } from './grade-suggestion.ts';
import {
  activeAssignments,
  currentCycle,
  type Incident,
  type IncidentState,
  isOpenOrder,
  type Order,
} from './incident.ts';
import type { IncidentCommand, IncidentFacts } from './incident-command.ts';
import type { IncidentEvent } from './incident-event.ts';
import { incidentKind } from './incident-kind.ts';
import { type MoveName, moveOf, returnLimit, startsIn } from './incident-move.ts';
import { isKnown } from './place.ts';
import { type Refused, refused } from './refusal.ts';
import type { Actor, Role } from './role.ts';
import { higherPriority, mayBeGraded, priorityFloor } from './scale.ts';
import type { Who } from './who.ts';

/** What the world tells the domain: the server's clock and who acts. */
export type Decision = { readonly now: number; readonly actor: Actor };
export type Decided = readonly IncidentEvent[] | Refused;

export const whoOf = (actor: Actor): Who => ({ id: actor.id, name: actor.name });
export const stampBy = ({ now, actor }: Decision) => ({ by: whoOf(actor), at: now });

const mayMove = (name: MoveName, roles: readonly Role[]) => moveOf(name).roles.some((role) => roles.includes(role));

/** State and role: what greys out a button, and the first thing every move asks. */
export function checkMove(of: Incident, name: MoveName, actor: Actor): Refused | null {
  if (!mayMove(name, actor.roles)) return refused('not_allowed', name);
  if (!startsIn(name, of.state)) return refused('wrong_state', `${name} in ${of.state}`);
  return null;
}

export function moved(of: Incident, name: MoveName, context: Decision, reason: string | null = null): IncidentEvent {
  const { to, clock } = moveOf(name);
  const target: IncidentState = to === 'back' ? (of.resumeState ?? 'filed') : to;
  return { kind: 'incidentMoved', content: { move: name, to: target, clock, reason, ...stampBy(context) } };
}

/** Stamps a clock that the move itself does not carry, e.g. T0 and T1 of a reopened cycle. */
const stampOnly = (of: Incident, clock: ClockName, context: Decision): IncidentEvent => ({
  kind: 'incidentMoved',
  content: { move: 'stamp', to: of.state, clock, reason: null, ...stampBy(context) },
});

const needsReason = (reason: string): Refused | null => (reason.trim() ? null : refused('reason_missing'));
const noneEngaged = (of: Incident): Refused | null =>
  activeAssignments(of).length > 0
    ? refused(
        'units_engaged',
        activeAssignments(of)
          .map((held) => held.callSign)
          .join(' '),
      )
    : null;

export const incidentNumber = (id: string): string => id;

export const editedFields = ['title', 'text', 'kind', 'place', 'priority'] as const;
export type EditedField = (typeof editedFields)[number];
/** Whatever the order of a place's keys. */
const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(value, Object.keys(value).sort())
    : JSON.stringify(value);
export const sameFact = (one: unknown, other: unknown): boolean => plain(one) === plain(other);

/** Fields that the editor changes and somebody else has changed since the editor looked, to something else. */
export const editConflicts = (of: Incident, facts: IncidentFacts, base: IncidentFacts): EditedField[] =>
  editedFields.filter(
    (field) =>
      facts[field] !== null &&
      !sameFact(facts[field], base[field]) &&
      !sameFact(of[field], base[field]) &&
      !sameFact(of[field], facts[field]),
  );

/** What a form sends back as it found it is no edit: it must not undo what somebody else wrote there meanwhile. */
const editedBy = (facts: IncidentFacts, base: IncidentFacts | null): IncidentFacts =>
  base
    ? (Object.fromEntries(
        editedFields.map((field) => [field, sameFact(facts[field], base[field]) ? null : facts[field]]),
      ) as IncidentFacts)
    : facts;

function edit(
  of: Incident,
  { facts: sent, base }: { facts: IncidentFacts; base: IncidentFacts | null },
  context: Decision,
): Decided {
  if (['merged', 'voided', 'closed', 'evaluated'].includes(of.state))
    return refused('wrong_state', `edit in ${of.state}`);
  const conflicts = base ? editConflicts(of, sent, base) : [];
  if (conflicts.length > 0) return refused('edit_conflict', conflicts.join(' '));
  const facts = editedBy(sent, base);
  const kind = facts.kind === null ? null : incidentKind(facts.kind);
  if (facts.kind !== null && !kind) return refused('kind_unknown', facts.kind);
  const floor = priorityFloor(of.grade);
  if (facts.priority !== null && higherPriority(facts.priority, floor) !== facts.priority)
    return refused('below_grade');
  // Another kind may raise the priority; lowering it is a person's own choice.
  const raised = kind && kind.code !== of.kind ? higherPriority(kind.priority, of.priority) : of.priority;
  const priority = facts.priority ?? (raised === of.priority ? null : raised);
  if (kind && of.grade !== null && !mayBeGraded(kind.category)) return refused('not_gradable', kind.code);
  return [
    {
      kind: 'incidentEdited',
      content: {
        title: facts.title,
        text: facts.text,
        kind: facts.kind,
        category: kind?.category ?? null,
        place: facts.place,
        priority,
        ...stampBy(context),
      },
    },
  ];
}

/** Who handled a cycle: who reported, and whoever advanced or sent nothing but did the reporting. */
const handlers = (of: Incident): string[] => {
  const report = currentCycle(of).report;
  return report ? [report.by.id] : [];
};

type Handler = {
  [M in IncidentCommand['move']]: (
    of: Incident,
    command: Extract<IncidentCommand, { move: M }>,
    context: Decision,
  ) => Decided;
};

const handle: Handler = {
  claim: (of, _command, context) => {
    if (of.owner && of.owner.id !== context.actor.id && of.state !== 'received')
      return refused('already_claimed', of.owner.name, { by: of.owner });
    return (
      checkMove(of, 'claim', context.actor) ?? [
        { kind: 'incidentClaimed', content: stampBy(context) },
        moved(of, 'claim', context),
      ]
    );
  },
  check: (of, _command, context) => checkMove(of, 'check', context.actor) ?? [moved(of, 'check', context)],
  file: (of, _command, context) => {
    const no = checkMove(of, 'file', context.actor);
    if (no) return no;
    if (!isKnown(of.place)) return refused('place_unknown');
    if (!of.kind) return refused('kind_unknown');
    return [moved(of, 'file', context)];
  },
  edit: (of, command, context) => edit(of, command, context),
  grade: (of, command, context) => {
    if (['merged', 'voided'].includes(of.state)) return refused('wrong_state', of.state);
    if (command.grade !== null && (!of.category || !mayBeGraded(of.category)))
      return refused('not_gradable', of.kind ?? '');
    const priority = higherPriority(of.priority, priorityFloor(command.grade));
    // What was suggested and is now confirmed keeps its reason.
    const suggested = gradeFor(of);
    const rule = command.rule ?? (suggested?.grade === command.grade ? ruleInWords(suggested) : null);
    return [{ kind: 'incidentGraded', content: { grade: command.grade, priority, rule, ...stampBy(context) } }];
  },
  respond: (of, command, context) => {
    if (['merged', 'voided', 'closed', 'evaluated'].includes(of.state)) return refused('wrong_state', of.state);
    return (
      needsReason(command.reason) ?? [
        {
          kind: 'incidentResponded',
          content: { response: command.response, reason: command.reason, ...stampBy(context) },
        },
      ]
    );
  },
  note: (_of, command, context) =>
    needsReason(command.text) ?? [
      {
        kind: 'noteAdded',
        content: {
          text: command.text,
          ...(command.drafted ? { drafted: command.drafted } : {}),
          mentions: [],
          files: [],
          ...stampBy(context),
        },
      },
    ],
  acknowledge: (of, command, context) => {
    const order = of.orders.find((held) => held.id === command.order);
    if (!order) return refused('not_found', command.order);
    if (order.state !== 'sent') return refused('order_not_open', order.state);
    if (!mayAnswer(order, context.actor)) return refused('not_allowed');
    const events: IncidentEvent[] = [{ kind: 'orderAcknowledged', content: { order: order.id, ...stampBy(context) } }];
    return of.state === 'dispatched' ? [...events, moved(of, 'accept', context)] : events;
  },
  control: (of, _command, context) => checkMove(of, 'control', context.actor) ?? [moved(of, 'control', context)],
  report: (of, command, context) => {
    const no = checkMove(of, 'report', context.actor) ?? needsReason(command.text) ?? noneEngaged(of);
    if (no) return no;
    const done = of.orders.filter(isOpenOrder).map<IncidentEvent>((order) => ({
      kind: 'orderEnded',
      content: { order: order.id, state: 'done', reason: null, ...stampBy(context) },
    }));
    return [
      ...done,
      { kind: 'reportMade', content: { text: command.text, ...stampBy(context) } },
      moved(of, 'report', context),
    ];
  },
  confirm: (of, command, context) => verify(of, { ...command, passed: true }, context),
  sendBack: (of, command, context) => verify(of, { ...command, passed: false }, context),
  close: (of, command, context) =>
    checkMove(of, 'close', context.actor) ??
    needsReason(command.code) ?? [
      { kind: 'closingMade', content: { code: command.code, text: command.text, ...stampBy(context) } },
      moved(of, 'close', context),
    ],
  evaluate: (of, command, context) =>
    checkMove(of, 'evaluate', context.actor) ?? [
      { kind: 'evaluationMade', content: { score: command.score, lessons: command.lessons, ...stampBy(context) } },
      moved(of, 'evaluate', context),
    ],
  suspend: (of, command, context) => {
    const no = checkMove(of, 'suspend', context.actor) ?? needsReason(command.reason) ?? noneEngaged(of);
    if (no) return no;
    if (command.until <= context.now) return refused('date_in_past');
    return [
      { kind: 'suspensionSet', content: { until: command.until, ...stampBy(context) } },
      moved(of, 'suspend', context, command.reason),
    ];
  },
  resume: (of, _command, context) => checkMove(of, 'resume', context.actor) ?? [moved(of, 'resume', context)],
  transfer: (of, command, context) =>
    checkMove(of, 'transfer', context.actor) ??
    needsReason(command.reason) ??
    (command.to ? null : refused('bad_input', 'receiver')) ?? [
      { kind: 'transferSet', content: { to: command.to, ...stampBy(context) } },
      moved(of, 'transfer', context, command.reason),
    ],
  takeBack: (of, command, context) =>
    checkMove(of, 'takeBack', context.actor) ??
    needsReason(command.reason) ?? [moved(of, 'takeBack', context, command.reason)],
  reopen: (of, command, context) =>
    checkMove(of, 'reopen', context.actor) ??
    needsReason(command.reason) ?? [
      { kind: 'cycleBegun', content: { reason: command.reason, ...stampBy(context) } },
      stampOnly(of, 'T0', context),
      stampOnly(of, 'T1', context),
      moved(of, 'reopen', context, command.reason),
    ],
};

function verify(of: Incident, command: { text: string; passed: boolean }, context: Decision): Decided {
  const name = command.passed ? 'confirm' : 'sendBack';
  const no = checkMove(of, name, context.actor);
  if (no) return no;
  if (handlers(of).includes(context.actor.id)) return refused('handler_is_verifier');
  if (!command.passed && !command.text.trim()) return refused('reason_missing');
  if (!command.passed && currentCycle(of).returns >= returnLimit) return refused('return_limit');
  return [
    { kind: 'verificationMade', content: { passed: command.passed, text: command.text, ...stampBy(context) } },
    moved(of, name, context, command.passed ? null : command.text),
  ];
}

/** A liaison answers for the own department; the command centre may answer for anybody (by telephone). */
export function mayAnswer(order: Order, actor: Actor): boolean {
  if (
    actor.roles.some((role) => ['dispatcher', 'duty-chief', 'resident-commander', 'district-operator'].includes(role))
  )
    return true;
  const department = order.target.kind === 'department' ? order.target.id : order.target.department;
  return actor.roles.includes('liaison') && actor.department !== null && actor.department === department;
}

/** One command on one incident: the events that follow, or why not. */
export function decideIncident(of: Incident, command: IncidentCommand, context: Decision): Decided {
  const decide = handle[command.move] as (of: Incident, command: IncidentCommand, context: Decision) => Decided;
  return decide(of, command, context);
}
