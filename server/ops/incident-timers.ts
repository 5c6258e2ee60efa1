import {
  clocksBegun,
  escalateOrder,
  lateTask,
  missedCheckIn,
  missedClock,
  nextEscalation,
} from '@/server/domain/follow-up-due.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { decideIncident } from '@/server/domain/incident-decide.ts';
import { lateOrder } from '@/server/domain/incident-dispatch.ts';
import { applyIncident, type IncidentEvent } from '@/server/domain/incident-event.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { DueTimer, NewTimer, Tx } from '@/server/store/store.ts';

/** Seconds after an order went to the deputy until it goes to the duty chief [prov]. */
const escalateAgainAfterS = 60;

const timer = (of: string, kind: string, dueAt: number, content: Record<string, unknown>): NewTimer => ({
  id: `${kind}/${of}/${Object.values(content).join('/')}`,
  dueAt,
  kind,
  stream: `incident/${of}`,
  content,
});

function timersOf(of: string, event: IncidentEvent): NewTimer[] {
  switch (event.kind) {
    case 'orderSent':
      return [timer(of, 'order-unanswered', event.content.order.dueAt, { order: event.content.order.id })];
    case 'taskSet':
      return event.content.task.dueAt === null
        ? []
        : [timer(of, 'task-late', event.content.task.dueAt, { task: event.content.task.id })];
    case 'checkInStarted': {
      const { id: checkIn, dueAt } = event.content.checkIn;
      return [timer(of, 'check-in-missed', dueAt, { checkIn, dueAt })];
    }
    case 'checkInHeard': {
      const { checkIn, dueAt } = event.content;
      return [timer(of, 'check-in-missed', dueAt, { checkIn, dueAt })];
    }
    case 'suspensionSet':
      return [timer(of, 'resume-incident', event.content.until, { until: event.content.until })];
    default:
      return [];
  }
}

const endsTimers = (event: IncidentEvent): boolean =>
  event.kind === 'cycleBegun' || (event.kind === 'incidentMoved' && ['closed', 'voided'].includes(event.content.to));
const endsSuspension = (event: IncidentEvent): boolean =>
  event.kind === 'incidentMoved' && event.content.move === 'resume';

/**
 * The clocks that an incident's events start and end, as rows of the same transaction (DESIGN.md law 8). Timers belong to the lifecycle: what
 * closes or reopens the incident ends those that ran.
 */
export async function keepTimers(
  tx: Pick<Tx, 'schedule' | 'cancelTimers'>,
  before: Incident | null,
  events: readonly IncidentEvent[],
): Promise<void> {
  const after = events.reduce<Incident | null>(applyIncident, before);
  if (!after) return;
  const stream = `incident/${after.id}`;
  if (events.some(endsTimers)) await tx.cancelTimers(stream);
  else if (events.some(endsSuspension)) await tx.cancelTimers(stream, 'resume-incident');
  for (const one of events.flatMap((event) => timersOf(after.id, event))) await tx.schedule(one);
  for (const { target, cycle, dueAt } of clocksBegun(before, after))
    await tx.schedule(timer(after.id, 'clock-missed', dueAt, { target: target.id, cycle, dueAt }));
}

type Fired = { readonly events: readonly IncidentEvent[]; readonly next?: NewTimer };
type Firing = (of: Incident, content: Record<string, unknown>, now: number, actor: Actor) => Fired;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

const firings: Readonly<Record<string, Firing>> = {
  'order-unanswered': (of, content, now) => {
    const order = text(content.order);
    const events = [...lateOrder(of, order, now), ...escalateOrder(of, order, now)];
    const after = events.reduce<Incident | null>(applyIncident, of) ?? of;
    const again = events.length > 0 && nextEscalation(after, order) !== null;
    return again
      ? { events, next: timer(of.id, 'order-escalation', now + escalateAgainAfterS * 1000, { order, step: 2 }) }
      : { events };
  },
  'order-escalation': (of, content, now) => ({ events: escalateOrder(of, text(content.order), now) }),
  'task-late': (of, content, now) => ({ events: lateTask(of, text(content.task), now) }),
  'check-in-missed': (of, content, now) => ({
    events: missedCheckIn(of, text(content.checkIn), number(content.dueAt), now),
  }),
  'clock-missed': (of, content, now) => ({
    events: missedClock(
      of,
      { target: text(content.target), cycle: number(content.cycle), dueAt: number(content.dueAt) },
      now,
    ),
  }),
  'resume-incident': (of, _content, now, actor) => {
    if (of.state !== 'suspended') return { events: [] };
    // The clock acts as the duty chief would: nobody else may be asked at three in the morning.
    const decided = decideIncident(of, { move: 'resume' }, { now, actor: { ...actor, roles: ['duty-chief'] } });
    return { events: wasRefused(decided) ? [] : decided };
  },
};

/** What a due row of an incident does now; null: no incident's timer. */
export function fireOn(of: Incident, { kind, content }: DueTimer, now: number, actor: Actor): Fired | null {
  const firing = firings[kind];
  return firing ? firing(of, (content ?? {}) as Record<string, unknown>, now, actor) : null;
}
