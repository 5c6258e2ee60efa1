import { z } from 'zod';
import { mostFilesInARoom } from './file-kind.ts';
import {
  type CheckIn,
  checkIn,
  drawing,
  fileId,
  isOpenTask,
  isRunning,
  need,
  type RoomFile,
  type Task,
  task,
  taskOwner,
} from './follow-up.ts';
import { assignmentId } from './ids.ts';
import { activeAssignments, type Incident, isOpen } from './incident.ts';
import { type Decided, type Decision, stampBy, whoOf } from './incident-decide.ts';
import { type Refused, refused } from './refusal.ts';
import type { Actor, Role } from './role.ts';

const id = z.string().trim().min(1).max(128);
const words = z.string().trim().max(5_000);
const reason = z.string().trim().max(2_000);

/** Commands on what follows a dispatch. Ids are the client's, so that a repeat changes nothing. */
export const followUpCommand = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('addTask'),
    task: id,
    title: task.shape.title,
    text: words.default(''),
    owner: taskOwner,
    dueAt: z.number().int().nullable(),
    evidence: z.boolean().default(false),
  }),
  z.object({ act: z.literal('acceptTask'), task: id }),
  z.object({ act: z.literal('finishTask'), task: id, text: words, files: z.array(fileId).max(20).default([]) }),
  z.object({ act: z.literal('verifyTask'), task: id, passed: z.boolean(), text: words.default('') }),
  z.object({ act: z.literal('cancelTask'), task: id, reason }),
  z.object({
    act: z.literal('raiseNeed'),
    need: id,
    unitKind: need.shape.unitKind,
    count: need.shape.count,
    text: words.default(''),
  }),
  z.object({ act: z.literal('answerNeed'), need: id, state: z.enum(['met', 'declined']), text: words.default('') }),
  z.object({
    act: z.literal('startCheckIn'),
    checkIn: id,
    assignment: assignmentId.nullable(),
    name: checkIn.shape.name,
    everyS: checkIn.shape.everyS,
  }),
  z.object({ act: z.literal('hearCheckIn'), checkIn: id }),
  z.object({ act: z.literal('endCheckIn'), checkIn: id, reason }),
  z.object({
    act: z.literal('write'),
    text: words,
    mentions: z.array(z.string().max(128)).max(50).default([]),
    files: z.array(fileId).max(20).default([]),
  }),
  z.object({ act: z.literal('draw'), drawing: drawing.omit({ by: true, at: true }) }),
  z.object({ act: z.literal('erase'), drawing: id }),
  z.object({ act: z.literal('upgrade'), reason }),
]);
export type FollowUpCommand = z.infer<typeof followUpCommand>;

const desk: readonly Role[] = ['call-taker', 'dispatcher', 'duty-chief', 'resident-commander', 'district-operator'];
const sending: readonly Role[] = ['dispatcher', 'duty-chief', 'resident-commander', 'district-operator'];
const leading: readonly Role[] = ['duty-chief', 'resident-commander', 'commander'];
const checking: readonly Role[] = ['verifier', 'supervisor', 'duty-chief', 'resident-commander'];
const mostTasks = 300;
const mostDrawings = 200;
const taskReturnLimit = 3;

const hasAny = (actor: Actor, roles: readonly Role[]): boolean => actor.roles.some((role) => roles.includes(role));
const isOf = (actor: Actor, department: string | null): boolean =>
  actor.roles.includes('liaison') && department !== null && actor.department === department;

/** The owner's own people, or the command centre by telephone. */
function worksOn(of: Incident, held: Task, actor: Actor): boolean {
  if (hasAny(actor, sending)) return true;
  const { owner } = held;
  if (owner.kind === 'role') return (actor.roles as readonly string[]).includes(owner.id);
  if (owner.kind === 'department') return isOf(actor, owner.id);
  const order = of.orders.find((one) => one.target.kind === 'unit' && one.target.id === owner.id);
  return order?.target.kind === 'unit' && isOf(actor, order.target.department);
}

/** Any department that was given something here takes part in the room. */
const takesPart = (of: Incident, actor: Actor): boolean =>
  hasAny(actor, [...desk, ...leading, ...checking]) ||
  of.orders.some((order) =>
    isOf(actor, order.target.kind === 'department' ? order.target.id : order.target.department),
  );

const shut = (of: Incident): Refused | null => (isOpen(of) ? null : refused('wrong_state', of.state));
const notAllowed = (allowed: boolean): Refused | null => (allowed ? null : refused('not_allowed'));
const missing = (text: string): Refused | null => (text.trim() ? null : refused('reason_missing'));
const hasFiles = (of: Incident, files: readonly string[]): Refused | null => {
  const unknown = files.find((one) => !of.files.some((held) => held.id === one));
  return unknown ? refused('not_found', unknown) : null;
};
const runningCheckIn = (of: Incident, one: string): CheckIn | Refused => {
  const held = of.checkIns.find((each) => each.id === one);
  if (!held) return refused('not_found', one);
  return isRunning(held) ? held : refused('wrong_state', 'ended');
};

type Handler = {
  [A in FollowUpCommand['act']]: (
    of: Incident,
    command: Extract<FollowUpCommand, { act: A }>,
    context: Decision,
  ) => Decided;
};

const handle: Handler = {
  addTask: (of, command, context) => {
    const no = shut(of) ?? notAllowed(hasAny(context.actor, sending) || hasAny(context.actor, leading));
    if (no) return no;
    if (of.tasks.some((held) => held.id === command.task)) return refused('command_conflict', command.task);
    if (of.tasks.length >= mostTasks) return refused('too_large', 'tasks');
    if (command.dueAt !== null && command.dueAt <= context.now) return refused('date_in_past');
    const { act: _act, task: own, ...given } = command;
    const made: Task = {
      ...given,
      ...newTask,
      id: own,
      from: null,
      createdAt: context.now,
      createdBy: whoOf(context.actor),
    };
    return [{ kind: 'taskSet', content: { task: made, ...stampBy(context) } }];
  },
  acceptTask: (of, command, context) =>
    onTask(of, command.task, context, (held) =>
      held.state === 'open'
        ? [{ kind: 'taskAccepted', content: { task: held.id, ...stampBy(context) } }]
        : refused('wrong_state', held.state),
    ),
  finishTask: (of, command, context) =>
    onTask(of, command.task, context, (held) => {
      if (held.state !== 'open' && held.state !== 'accepted') return refused('wrong_state', held.state);
      if (held.evidence && !command.text && command.files.length === 0) return refused('evidence_missing', held.id);
      const no = hasFiles(of, command.files);
      if (no) return no;
      const { text, files } = command;
      return [{ kind: 'taskDone', content: { task: held.id, text, files, ...stampBy(context) } }];
    }),
  verifyTask: (of, command, context) => {
    const held = of.tasks.find((one) => one.id === command.task);
    if (!held) return refused('not_found', command.task);
    const no = shut(of) ?? notAllowed(hasAny(context.actor, checking));
    if (no) return no;
    if (held.state !== 'done') return refused('wrong_state', held.state);
    if (held.done?.by.id === context.actor.id) return refused('handler_is_verifier');
    if (!command.passed && !command.text) return refused('reason_missing');
    if (!command.passed && held.returns >= taskReturnLimit) return refused('return_limit');
    const { passed, text } = command;
    return [{ kind: 'taskVerified', content: { task: held.id, passed, text, ...stampBy(context) } }];
  },
  cancelTask: (of, command, context) => {
    const held = of.tasks.find((one) => one.id === command.task);
    if (!held) return refused('not_found', command.task);
    const no = shut(of) ?? notAllowed(hasAny(context.actor, sending)) ?? missing(command.reason);
    if (no) return no;
    if (!isOpenTask(held)) return refused('wrong_state', held.state);
    return [{ kind: 'taskCancelled', content: { task: held.id, reason: command.reason, ...stampBy(context) } }];
  },
  raiseNeed: (of, command, context) => {
    const no = shut(of) ?? notAllowed(takesPart(of, context.actor));
    if (no) return no;
    if (of.needs.some((held) => held.id === command.need)) return refused('command_conflict', command.need);
    if (command.unitKind === null && !command.text) return refused('bad_input', 'what is needed');
    const by = stampBy(context);
    const { need: own, unitKind, count, text } = command;
    return [
      {
        kind: 'needRaised',
        content: { need: { id: own, unitKind, count, text, state: 'open', answered: null, ...by }, ...by },
      },
    ];
  },
  answerNeed: (of, command, context) => {
    const held = of.needs.find((one) => one.id === command.need);
    if (!held) return refused('not_found', command.need);
    const no = notAllowed(hasAny(context.actor, sending));
    if (no) return no;
    if (held.state !== 'open') return refused('wrong_state', held.state);
    if (command.state === 'declined' && !command.text) return refused('reason_missing');
    const { state, text } = command;
    return [{ kind: 'needAnswered', content: { need: held.id, state, text, ...stampBy(context) } }];
  },
  startCheckIn: (of, command, context) => {
    const no = shut(of) ?? notAllowed(takesPart(of, context.actor));
    if (no) return no;
    if (of.checkIns.some((held) => held.id === command.checkIn)) return refused('command_conflict', command.checkIn);
    const { checkIn: own, assignment, name, everyS } = command;
    if (assignment !== null && !activeAssignments(of).some((held) => held.id === assignment))
      return refused('not_found', assignment);
    const made: CheckIn = {
      id: own,
      assignment,
      name,
      everyS,
      dueAt: context.now + everyS * 1000,
      overdueSince: null,
      last: null,
      misses: 0,
      startedAt: context.now,
      ended: null,
    };
    return [{ kind: 'checkInStarted', content: { checkIn: made, ...stampBy(context) } }];
  },
  hearCheckIn: (of, command, context) => {
    const held = runningCheckIn(of, command.checkIn);
    if ('refused' in held) return held;
    const no = notAllowed(takesPart(of, context.actor));
    if (no) return no;
    const dueAt = context.now + held.everyS * 1000;
    return [{ kind: 'checkInHeard', content: { checkIn: held.id, dueAt, ...stampBy(context) } }];
  },
  endCheckIn: (of, command, context) => {
    const held = runningCheckIn(of, command.checkIn);
    if ('refused' in held) return held;
    const no = notAllowed(takesPart(of, context.actor));
    if (no) return no;
    // Whoever is overdue is not simply taken off the list.
    if (held.overdueSince !== null && !command.reason) return refused('reason_missing');
    return [{ kind: 'checkInEnded', content: { checkIn: held.id, reason: command.reason, ...stampBy(context) } }];
  },
  write: (of, command, context) => {
    const no = notAllowed(takesPart(of, context.actor)) ?? hasFiles(of, command.files);
    if (no) return no;
    if (!command.text && command.files.length === 0) return refused('bad_input', 'nothing written');
    const { text, mentions, files } = command;
    return [{ kind: 'noteAdded', content: { text, mentions, files, ...stampBy(context) } }];
  },
  draw: (of, command, context) => {
    const no = shut(of) ?? notAllowed(takesPart(of, context.actor));
    if (no) return no;
    const again = of.drawings.some((held) => held.id === command.drawing.id);
    if (!again && of.drawings.length >= mostDrawings) return refused('too_large', 'drawings');
    const by = stampBy(context);
    return [{ kind: 'drawingAdded', content: { drawing: { ...command.drawing, ...by }, ...by } }];
  },
  erase: (of, command, context) => {
    const no = shut(of) ?? notAllowed(takesPart(of, context.actor));
    if (no) return no;
    if (!of.drawings.some((held) => held.id === command.drawing)) return refused('not_found', command.drawing);
    return [{ kind: 'drawingRemoved', content: { drawing: command.drawing, ...stampBy(context) } }];
  },
  upgrade: (of, command, context) => {
    const no = shut(of) ?? notAllowed(hasAny(context.actor, leading)) ?? missing(command.reason);
    if (no) return no;
    if (of.major) return refused('wrong_state', 'major already');
    return [{ kind: 'incidentUpgraded', content: { reason: command.reason, ...stampBy(context) } }];
  },
};

/** What a task is before anybody worked on it. */
export const newTask = {
  order: null,
  state: 'open',
  late: false,
  accepted: null,
  done: null,
  verification: null,
  returns: 0,
  cancelReason: null,
} as const satisfies Partial<Task>;

function onTask(of: Incident, one: string, context: Decision, then: (held: Task) => Decided): Decided {
  const held = of.tasks.find((each) => each.id === one);
  if (!held) return refused('not_found', one);
  return shut(of) ?? notAllowed(worksOn(of, held, context.actor)) ?? then(held);
}

/** A file joins the room; its bytes are stored beside the log. */
export function decideFile(of: Incident, file: Omit<RoomFile, 'by' | 'at'>, context: Decision): Decided {
  const no = shut(of) ?? notAllowed(takesPart(of, context.actor));
  if (no) return no;
  if (of.files.some((held) => held.id === file.id)) return refused('command_conflict', file.id);
  if (of.files.length >= mostFilesInARoom) return refused('too_large', 'files');
  const by = stampBy(context);
  return [{ kind: 'fileAdded', content: { file: { ...file, ...by }, ...by } }];
}

/** One command on what follows a dispatch: the events, or why not. */
export function decideFollowUp(of: Incident, command: FollowUpCommand, context: Decision): Decided {
  const decide = handle[command.act] as (of: Incident, command: FollowUpCommand, context: Decision) => Decided;
  return decide(of, command, context);
}
