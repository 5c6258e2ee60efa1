import type { Escalation } from '@/server/domain/follow-up.ts';
import { isRunning } from '@/server/domain/follow-up.ts';
import { type Incident, isOpen, isOpenOrder } from '@/server/domain/incident.ts';

/** What is overdue in an incident and asks for somebody, the gravest first: a person who is not heard of, then everything else by its time. */
export type Late =
  | { readonly kind: 'checkIn'; readonly id: string; readonly name: string; readonly since: number }
  | {
      readonly kind: 'order';
      readonly id: string;
      readonly name: string;
      readonly since: number;
      readonly toldTo: Escalation | null;
    }
  | { readonly kind: 'task'; readonly id: string; readonly name: string; readonly since: number }
  | { readonly kind: 'clock'; readonly id: string; readonly name: string; readonly since: number };

const rank: Record<Late['kind'], number> = { checkIn: 0, order: 1, task: 2, clock: 3 };

export function lateIn(of: Incident): Late[] {
  if (!isOpen(of)) return [];
  const checkIns = of.checkIns.flatMap<Late>((one) =>
    isRunning(one) && one.overdueSince !== null
      ? [{ kind: 'checkIn', id: one.id, name: one.name, since: one.dueAt }]
      : [],
  );
  const orders = of.orders.flatMap<Late>((order) => {
    if (!isOpenOrder(order) || order.state !== 'sent' || !order.late) return [];
    const name = order.target.kind === 'unit' ? order.target.callSign : order.target.id;
    return [{ kind: 'order', id: order.id, name, since: order.dueAt, toldTo: order.escalated.at(-1)?.to ?? null }];
  });
  const tasks = of.tasks.flatMap<Late>((task) =>
    task.late && (task.state === 'open' || task.state === 'accepted')
      ? [{ kind: 'task', id: task.id, name: task.title, since: task.dueAt ?? task.createdAt }]
      : [],
  );
  const clocks = of.missedClocks.flatMap<Late>((one) =>
    one.cycle === of.cycles.length
      ? [{ kind: 'clock', id: `${one.target}/${one.cycle}`, name: one.target, since: one.dueAt }]
      : [],
  );
  return [...checkIns, ...orders, ...tasks, ...clocks].sort((a, b) => rank[a.kind] - rank[b.kind] || a.since - b.since);
}
