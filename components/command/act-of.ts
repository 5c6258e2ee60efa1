import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import { activeAssignments, type Incident, isOpenOrder, type Order } from '@/server/domain/incident.ts';
import type { IncidentCommand, IncidentFacts } from '@/server/domain/incident-command.ts';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import type { Grade, Priority, ResponseLevel } from '@/server/domain/scale.ts';
import { type AssignmentState, assignmentStates, type RestStatus, restStatuses } from '@/server/domain/unit.ts';
import type { Act } from './act.ts';
import { type Meant, pick, picks } from './meant.ts';
import type { World } from './world.ts';

export type ActContext = { readonly world: World; readonly newId: () => string };
type Build = (of: Meant, incident: string, context: ActContext) => Act | Refused;

const move =
  (command: (of: Meant) => IncidentCommand): Build =>
  (of, incident) => ({ call: 'move', incident, command: command(of) });
const noFacts: IncidentFacts = { title: null, text: null, kind: null, place: null, priority: null };
const edit = (facts: (of: Meant) => Partial<IncidentFacts>): Build =>
  move((of) => ({ move: 'edit', facts: { ...noFacts, ...facts(of) }, base: null }));
const follow =
  (command: (of: Meant, context: ActContext, incident: string) => FollowUpCommand): Build =>
  (of, incident, context) => ({ call: 'followUp', incident, command: command(of, context, incident) });

const the = (of: Meant, slot: Parameters<typeof pick>[1]): string => pick(of, slot) ?? '';
const minutesOf = (of: Meant): number => Number(pick(of, 'minutes') ?? 0);
const until = (of: Meant, { world }: ActContext): number => Math.round(world.now + minutesOf(of) * 60_000);

/** The open order of that unit or department; two to one are told apart by nothing, so they are refused. */
function orderOf(of: Meant, incident: Incident): Order | Refused {
  const unit = pick(of, 'unit');
  const department = pick(of, 'department');
  const found = incident.orders.filter(
    (one) =>
      isOpenOrder(one) &&
      (unit
        ? one.target.kind === 'unit' && one.target.id === unit
        : one.target.kind === 'department' && one.target.id === department),
  );
  const [only] = found;
  return only && found.length === 1 ? only : refused(found.length ? 'bad_input' : 'not_found', 'order');
}

const onOrder =
  (make: (order: Order, of: Meant, incident: string) => Act): Build =>
  (of, incident, { world }) => {
    const held = world.incidents.get(incident);
    const order = held ? orderOf(of, held) : refused('not_found', incident);
    return 'refused' in order ? order : make(order, of, incident);
  };
const ending = (end: 'done' | 'returned' | 'cancelled'): Build =>
  onOrder((order, of, incident) => ({
    call: 'endOrder',
    input: { incident: incident as never, command: { order: order.id, end, reason: of.words } },
  }));

const step =
  (to: AssignmentState | 'cleared'): Build =>
  (of, incident, { world }) => {
    const held = world.incidents.get(incident);
    const found = held ? activeAssignments(held).filter((one) => one.unit === pick(of, 'unit')) : [];
    const [only] = found;
    if (!only || found.length > 1) return refused('not_found', 'assignment');
    return { call: 'step', input: { incident: incident as never, command: { assignment: only.id, to } } };
  };
const rest =
  (to: RestStatus): Build =>
  (of) => ({ call: 'unit', input: { move: 'rest', unit: the(of, 'unit') as never, rest: to } });

const builds: Readonly<Record<string, Build>> = {
  claim: (of, incident, { newId }) => {
    const signal = pick(of, 'signal');
    return signal
      ? { call: 'claimSignal', signal, incident: newId() }
      : { call: 'move', incident, command: { move: 'claim' } };
  },
  check: move(() => ({ move: 'check' })),
  file: move(() => ({ move: 'file' })),
  edit: (_of, incident) => ({ call: 'edit', incident }),
  send: (of, incident, { world }) => {
    const units = picks(of, 'unit');
    const engaged = units.filter((id) => (world.units.get(id)?.assignments.length ?? 0) === 1);
    return {
      call: 'send',
      input: {
        incident: incident as never,
        command: {
          units: [...units] as never,
          departments: [...picks(of, 'department')],
          text: of.words,
          confirmSecond: (pick(of, 'second') ? engaged : []) as never,
        },
      },
    };
  },
  control: move(() => ({ move: 'control' })),
  report: move((of) => ({ move: 'report', text: of.words })),
  confirm: move((of) => ({ move: 'confirm', text: of.words })),
  sendBack: move((of) => ({ move: 'sendBack', text: of.words })),
  close: move((of) => ({ move: 'close', code: the(of, 'closing'), text: of.words })),
  evaluate: move((of) => ({ move: 'evaluate', score: Number(the(of, 'score')), lessons: of.words })),
  suspend: (of, incident, context) => ({
    call: 'move',
    incident,
    command: { move: 'suspend', until: until(of, context), reason: of.words },
  }),
  resume: move(() => ({ move: 'resume' })),
  transfer: (of, incident, { world }) => ({
    call: 'move',
    incident,
    command: {
      move: 'transfer',
      to: world.called.department(the(of, 'department'))[0] ?? the(of, 'department'),
      reason: of.words,
    },
  }),
  takeBack: move((of) => ({ move: 'takeBack', reason: of.words })),
  merge: (of, incident) => ({ call: 'merge', source: incident, target: the(of, 'onto') }),
  split: (of, incident) => ({ call: 'split', source: incident, reason: of.words }),
  reopen: move((of) => ({ move: 'reopen', reason: of.words })),
  void: (of, incident) => ({ call: 'void', incident, reason: of.words }),
  grade: move((of) => ({
    move: 'grade',
    grade: pick(of, 'grade') === 'none' ? null : (the(of, 'grade') as Grade),
    rule: null,
  })),
  respond: move((of) => ({
    move: 'respond',
    response: pick(of, 'level') === 'none' ? null : (Number(pick(of, 'level')) as ResponseLevel),
    reason: of.words,
  })),
  priority: edit((of) => ({ priority: the(of, 'priority') as Priority })),
  kind: edit((of) => ({ kind: pick(of, 'kind') })),
  title: edit((of) => ({ title: of.words })),
  note: move((of) => ({ move: 'note', text: of.words })),
  acknowledge: onOrder((order, _of, incident) => ({
    call: 'move',
    incident,
    command: { move: 'acknowledge', order: order.id },
  })),
  orderDone: ending('done'),
  orderReturn: ending('returned'),
  orderCancel: ending('cancelled'),
  ...Object.fromEntries(assignmentStates.filter((one) => one !== 'acknowledged').map((one) => [one, step(one)])),
  cleared: step('cleared'),
  ...Object.fromEntries(restStatuses.map((one) => [one, rest(one)])),
  endEmergency: (of) => ({ call: 'unit', input: { move: 'endEmergency', unit: the(of, 'unit') as never } }),
  task: follow((of, context) => {
    const unit = pick(of, 'unit');
    const owner = unit
      ? { kind: 'unit' as const, id: unit as never, callSign: context.world.units.get(unit)?.callSign ?? unit }
      : { kind: 'department' as const, id: the(of, 'department') };
    const dueAt = pick(of, 'minutes') ? until(of, context) : null;
    return {
      act: 'addTask',
      task: context.newId(),
      title: of.words.slice(0, 500),
      text: '',
      owner,
      dueAt,
      evidence: false,
    };
  }),
  taskAccept: follow((of) => ({ act: 'acceptTask', task: the(of, 'task') })),
  taskDone: follow((of) => ({ act: 'finishTask', task: the(of, 'task'), text: of.words, files: [] })),
  taskVerify: follow((of) => ({ act: 'verifyTask', task: the(of, 'task'), passed: true, text: of.words })),
  taskFail: follow((of) => ({ act: 'verifyTask', task: the(of, 'task'), passed: false, text: of.words })),
  taskCancel: follow((of) => ({ act: 'cancelTask', task: the(of, 'task'), reason: of.words })),
  need: follow((of, { newId }) => ({
    act: 'raiseNeed',
    need: newId(),
    unitKind: pick(of, 'unitKind'),
    count: Number(pick(of, 'count') ?? 1),
    text: of.words,
  })),
  needMet: follow((of) => ({ act: 'answerNeed', need: the(of, 'need'), state: 'met', text: of.words })),
  needDecline: follow((of) => ({ act: 'answerNeed', need: the(of, 'need'), state: 'declined', text: of.words })),
  hear: follow((of) => ({ act: 'hearCheckIn', checkIn: the(of, 'checkIn') })),
  watch: (of, incident, { world, newId }) => {
    const held = world.incidents.get(incident);
    const found = held ? activeAssignments(held).find((one) => one.unit === pick(of, 'unit')) : null;
    if (!found) return refused('not_found', 'assignment');
    const everyS = minutesOf(of) * 60;
    return {
      call: 'followUp',
      incident,
      command: { act: 'startCheckIn', checkIn: newId(), assignment: found.id, name: found.callSign, everyS },
    };
  },
  unwatch: follow((of) => ({ act: 'endCheckIn', checkIn: the(of, 'checkIn'), reason: of.words })),
  upgrade: follow((of) => ({ act: 'upgrade', reason: of.words })),
  plan: (of, incident) =>
    pick(of, 'level') === 'none'
      ? refused('bad_input', 'level')
      : { call: 'startPlan', incident, plan: the(of, 'plan'), level: Number(pick(of, 'level')) as ResponseLevel },
  attach: (of, incident) => ({ call: 'attach', signal: the(of, 'signal'), incident }),
  detach: (of, _incident, { world }) => {
    const from = world.signals.get(the(of, 'signal'))?.incident;
    return from
      ? { call: 'detach', signal: the(of, 'signal'), incident: from, reason: of.words }
      : refused('wrong_state', 'not attached');
  },
  dismiss: (of) => ({ call: 'dismiss', signal: the(of, 'signal'), reason: of.words }),
  restore: (of) => ({ call: 'restore', signal: the(of, 'signal') }),
  apart: (of, incident) => ({ call: 'keepApart', signal: the(of, 'signal'), from: `incident/${incident}` }),
  alarmAck: (of) => ({ call: 'acknowledgeAlarm', alarm: the(of, 'alarm') }),
  shelve: (of, _incident, context) => ({
    call: 'shelve',
    alarm: the(of, 'alarm'),
    until: until(of, context),
    reason: of.words,
  }),
  unshelve: (of) => ({ call: 'unshelve', alarm: the(of, 'alarm') }),
  open: (of) => {
    const slot = (['incident', 'signal', 'unit'] as const).find((one) => pick(of, one));
    return slot ? { call: 'show', key: `${slot}/${pick(of, slot)}` } : refused('not_found');
  },
  find: (of) => ({ call: 'find', unit: the(of, 'unit') }),
  go: (of) => ({ call: 'page', path: the(of, 'page') }),
  new: () => ({ call: 'new' }),
};

/** The one call that a command is, or why there is none. */
export function actOf(of: Meant, context: ActContext): Act | Refused {
  const build = builds[of.verb];
  return build ? build(of, pick(of, 'incident') ?? '', context) : refused('bad_input', of.verb);
}
export const actingVerbs = Object.keys(builds);
