import { clockTargets } from '@/server/domain/clock.ts';
import { isRunning } from '@/server/domain/follow-up.ts';
import { type Incident, isOpen, isOpenOrder } from '@/server/domain/incident.ts';

/** What ran out in an incident and waits for a person: people first, then orders, tasks, clocks. */
export type Overdue = {
  readonly checkIns: number;
  readonly orders: number;
  readonly tasks: number;
  readonly clocks: number;
};
export const nothingOverdue: Overdue = { checkIns: 0, orders: 0, tasks: 0, clocks: 0 };
export const overdueKinds = ['checkIns', 'orders', 'tasks', 'clocks'] as const;

export function overdueIn(of: Incident): Overdue {
  if (!isOpen(of)) return nothingOverdue;
  const { clocks } = of.cycles.at(-1) ?? { clocks: {} };
  /** A target that was missed and met since is for the review, not for the queue. */
  const stillOut = of.missedClocks.filter(({ target, cycle }) => {
    const end = clockTargets.find((one) => one.id === target)?.to;
    return cycle === of.cycles.length && end !== undefined && (clocks as Record<string, number | null>)[end] == null;
  });
  return {
    checkIns: of.checkIns.filter((one) => isRunning(one) && one.overdueSince !== null).length,
    orders: of.orders.filter((one) => one.state === 'sent' && (one.late || one.escalated.length > 0)).length,
    tasks: of.tasks.filter((one) => one.late && (one.state === 'open' || one.state === 'accepted')).length,
    clocks: new Set(stillOut.map((one) => clockTargets.find(({ id }) => id === one.target)?.to)).size,
  };
}

export const isOverdue = (of: Overdue): boolean => overdueKinds.some((kind) => of[kind] > 0);

/** Grave, known, and nobody is on the way. */
export const waitsForUnits = (of: Incident): boolean =>
  (of.priority === 'P1' || of.priority === 'P2') &&
  (of.state === 'answered' || of.state === 'verifying' || of.state === 'filed') &&
  !of.orders.some(isOpenOrder);
