import { type Alarm, isShelved } from '@/server/domain/alarm.ts';
import { isOpenTask, isRunning } from '@/server/domain/follow-up.ts';
import { type Incident, isOpen, type Order } from '@/server/domain/incident.ts';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Signal } from '@/server/domain/signal.ts';

/** In their precedence: what may kill first, then who is calling, then who has not answered. */
export const soundPatterns = ['alarm', 'ring', 'overdue'] as const;
export type SoundPattern = (typeof soundPatterns)[number];
/** The key changes when the same thing happens again: a silence of the first time does not cover the second. */
export type SoundCause = { readonly pattern: SoundPattern; readonly key: string };

export type SoundRecords = {
  readonly signals: Iterable<Signal>;
  readonly alarms: Iterable<Alarm>;
  readonly incidents: Iterable<Incident>;
};

const rings = (of: Signal): boolean =>
  of.state === 'open' &&
  of.lead === null &&
  of.reality !== 'test' &&
  (of.kind === 'call' || of.kind === 'sos' || of.priority === 'P1' || of.priority === 'P2');

const alarming = (of: Alarm, now: number): boolean =>
  of.priority === 'P1' &&
  of.state === 'active' &&
  of.raises !== 'status' &&
  of.acknowledged === null &&
  of.quiet === null &&
  of.reality !== 'test' &&
  !isShelved(of, now);

const unanswered = (of: Order, now: number): boolean => of.state === 'sent' && (of.late || of.dueAt <= now);

/** Whose matter it is: the owner's, the chief's, and a department's own orders; nobody's is everybody's. */
function concerns(of: Incident, actor: Actor): boolean {
  if (actor.roles.some((role) => role === 'duty-chief' || role === 'resident-commander')) return true;
  return may(actor, 'incident.dispatch') && (of.owner === null || of.owner.id === actor.id);
}
const isOwnOrder = (of: Order, actor: Actor): boolean =>
  actor.department !== null &&
  (of.target.kind === 'department' ? of.target.id : of.target.department) === actor.department;

/** What asks for somebody's ears now, derived from the records alone: acknowledged there, it is quiet everywhere. */
export function soundCauses({ signals, alarms, incidents }: SoundRecords, actor: Actor, now: number): SoundCause[] {
  const causes: SoundCause[] = [];
  if (may(actor, 'alarm.acknowledge'))
    for (const one of alarms)
      if (alarming(one, now)) causes.push({ pattern: 'alarm', key: `alarm/${one.id}/${one.cycle}` });
  if (may(actor, 'signal.judge'))
    for (const one of signals) if (rings(one)) causes.push({ pattern: 'ring', key: `signal/${one.id}` });
  for (const one of incidents) {
    if (!isOpen(one) || one.reality === 'test') continue;
    const mine = concerns(one, actor);
    for (const order of one.orders)
      if (unanswered(order, now) && (mine || isOwnOrder(order, actor)))
        causes.push({ pattern: 'overdue', key: `order/${order.id}/${order.escalated.length}` });
    if (!mine) continue;
    for (const held of one.checkIns)
      if (isRunning(held) && held.overdueSince !== null)
        causes.push({ pattern: 'overdue', key: `checkIn/${held.id}/${held.misses}` });
    for (const task of one.tasks)
      if (task.late && isOpenTask(task) && task.state !== 'done')
        causes.push({ pattern: 'overdue', key: `task/${task.id}` });
  }
  return causes;
}
