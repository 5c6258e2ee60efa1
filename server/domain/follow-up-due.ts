import { type ClockTarget, clockTargets } from './clock.ts';
import { type Escalation, escalations, isRunning } from './follow-up.ts';
import { currentCycle, type Incident, isOpen } from './incident.ts';
import type { IncidentEvent } from './incident-event.ts';

/** What a clock that ran out says, once; nothing where the world has moved on meanwhile. */
type Due = readonly IncidentEvent[];
const nothing: Due = [];

export const lateTask = (of: Incident, task: string, now: number): Due => {
  const held = of.tasks.find((one) => one.id === task);
  return isOpen(of) && held && !held.late && (held.state === 'open' || held.state === 'accepted')
    ? [{ kind: 'taskLate', content: { task, at: now } }]
    : nothing;
};

/** `dueAt` is what the timer was set for: one that was heard of since has a later one. */
export const missedCheckIn = (of: Incident, checkIn: string, dueAt: number, now: number): Due => {
  const held = of.checkIns.find((one) => one.id === checkIn);
  return held && isRunning(held) && held.dueAt === dueAt && held.overdueSince === null
    ? [{ kind: 'checkInMissed', content: { checkIn, at: now } }]
    : nothing;
};

/** An order that nobody acknowledges goes to the deputy, then to the duty chief (PRODUCT.md §6). */
export const escalateOrder = (of: Incident, order: string, now: number): Due => {
  const held = of.orders.find((one) => one.id === order);
  if (held?.state !== 'sent') return nothing;
  const to: Escalation | undefined = escalations[held.escalated.length];
  return to ? [{ kind: 'orderEscalated', content: { order: held.id, to, at: now } }] : nothing;
};

export const nextEscalation = (of: Incident, order: string): Escalation | null => {
  const held = of.orders.find((one) => one.id === order);
  return held?.state === 'sent' ? (escalations[held.escalated.length] ?? null) : null;
};

/** A target's end was not stamped by its time; said once a cycle. */
export const missedClock = (
  of: Incident,
  { target, cycle, dueAt }: { target: string; cycle: number; dueAt: number },
  now: number,
): Due => {
  const known = clockTargets.find((one) => one.id === target);
  if (!known || of.cycles.length !== cycle || !isOpen(of)) return nothing;
  if (currentCycle(of).clocks[known.to] !== null) return nothing;
  if (of.missedClocks.some((one) => one.target === target && one.cycle === cycle)) return nothing;
  return [{ kind: 'clockMissed', content: { missed: { target, cycle, dueAt, at: now }, at: now } }];
};

export type RunningClock = { readonly target: ClockTarget; readonly cycle: number; readonly dueAt: number };

/** The targets whose beginning these events stamped: each is due at a time of its own. */
export function clocksBegun(before: Incident | null, after: Incident): RunningClock[] {
  const cycle = after.cycles.length;
  const held = before && before.cycles.length === cycle ? currentCycle(before).clocks : null;
  const { clocks } = currentCycle(after);
  return clockTargets.flatMap((target) => {
    const began = clocks[target.from];
    if (began === null || (held && held[target.from] !== null) || clocks[target.to] !== null) return [];
    return [{ target, cycle, dueAt: began + target.withinS * 1000 }];
  });
}
