import { type Alarm, mayBeHidden } from '@/server/domain/alarm.ts';
import { decideFollowUp } from '@/server/domain/follow-up-decide.ts';
import { isOpenOrder } from '@/server/domain/incident.ts';
import { checkMove, decideIncident, mayAnswer } from '@/server/domain/incident-decide.ts';
import { voidIncident } from '@/server/domain/incident-merge.ts';
import { sendableStates } from '@/server/domain/incident-move.ts';
import { type Action, may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { mayBeSent } from '@/server/domain/unit.ts';
import type { Act } from './act.ts';
import type { World } from './world.ts';

const needed: Readonly<Partial<Record<Act['call'], Action>>> = {
  move: 'incident.move',
  followUp: 'incident.move',
  send: 'incident.dispatch',
  startPlan: 'incident.dispatch',
  step: 'incident.answer',
  endOrder: 'incident.answer',
  merge: 'incident.file',
  split: 'incident.file',
  void: 'incident.void',
  claimSignal: 'incident.file',
  new: 'incident.file',
  edit: 'incident.move',
  attach: 'signal.judge',
  detach: 'signal.judge',
  dismiss: 'signal.judge',
  restore: 'signal.judge',
  keepApart: 'signal.judge',
  takeApartBack: 'signal.judge',
  acknowledgeAlarm: 'alarm.acknowledge',
  shelve: 'alarm.shelve',
  unshelve: 'alarm.shelve',
  unit: 'incident.dispatch',
};

function hiding(alarm: Alarm | undefined): Refused | null {
  if (!alarm) return refused('not_found');
  return mayBeHidden(alarm, null) ? null : refused('not_allowed', 'P1');
}

/** Why this cannot be done, as the server would say it: said in the preview, and decided by the server all the same. */
export function whyNot(act: Act, world: World): Refused | null {
  const { actor, now } = world;
  const action = needed[act.call];
  if (action && !may(actor, action)) return refused('not_allowed', action);
  const context = { actor, now };
  const said = (decided: unknown): Refused | null => (wasRefused(decided) ? decided : null);
  const held = (id: string) => world.incidents.get(id);
  switch (act.call) {
    case 'move': {
      const of = held(act.incident);
      return of ? said(decideIncident(of, act.command, context)) : refused('not_found');
    }
    case 'followUp': {
      const of = held(act.incident);
      return of ? said(decideFollowUp(of, act.command, context)) : refused('not_found');
    }
    case 'send': {
      const of = held(act.input.incident);
      if (!of) return refused('not_found');
      if (!sendableStates.includes(of.state)) return refused('wrong_state', of.state);
      for (const id of act.input.command.units) {
        const unit = world.units.get(id);
        if (!unit) return refused('not_found', id);
        const check = mayBeSent(unit);
        const subject = { subject: unit.callSign };
        if (check === 'not-available') return refused('unit_not_available', '', subject);
        if (check === 'full') return refused('unit_full', '', subject);
        if (check === 'engaged' && !act.input.command.confirmSecond?.includes(id))
          return refused('second_needs_confirmation', '', subject);
      }
      return null;
    }
    case 'step':
    case 'endOrder': {
      const of = held(act.input.incident);
      if (!of) return refused('not_found');
      const { command } = act.input;
      const order =
        'order' in command ? command.order : of.assignments.find((one) => one.id === command.assignment)?.order;
      const sent = of.orders.find((one) => one.id === order);
      if (!sent) return refused('not_found');
      if (!isOpenOrder(sent)) return refused('order_not_open', sent.state);
      if ('end' in command && command.end !== 'done' && !command.reason) return refused('reason_missing');
      return mayAnswer(sent, actor) ? null : refused('not_allowed');
    }
    case 'merge': {
      const source = held(act.source);
      if (!source || !held(act.target)) return refused('not_found');
      return act.source === act.target ? refused('same_incident') : checkMove(source, 'merge', actor);
    }
    case 'split': {
      const of = held(act.source);
      return of ? checkMove(of, 'split', actor) : refused('not_found');
    }
    case 'void': {
      const of = held(act.incident);
      return of ? said(voidIncident(of, act.reason, context)) : refused('not_found');
    }
    case 'attach':
    case 'dismiss':
    case 'claimSignal': {
      const of = world.signals.get(act.signal);
      if (!of) return refused('not_found');
      return of.state === 'open' || (act.call === 'attach' && of.state === 'dismissed')
        ? null
        : refused('wrong_state', of.state);
    }
    case 'restore': {
      const of = world.signals.get(act.signal);
      if (!of) return refused('not_found');
      return of.state === 'dismissed' ? null : refused('wrong_state', of.state);
    }
    case 'shelve':
      return hiding(world.alarms.get(act.alarm));
    default:
      return null;
  }
}
