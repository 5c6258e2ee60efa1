import { type Assignment, type Incident, isOpen, isOpenOrder, type Order } from '@/server/domain/incident.ts';

export type OwnOrder = { readonly incident: Incident; readonly order: Order; readonly held: Assignment | null };

/** Open orders to a department and to its units; what waits for an answer first, then the longest due. */
export function ownOrders(incidents: Iterable<Incident>, department: string): OwnOrder[] {
  const found: OwnOrder[] = [];
  for (const incident of incidents) {
    if (!isOpen(incident)) continue;
    for (const order of incident.orders) {
      const { target } = order;
      if (!isOpenOrder(order) || (target.kind === 'department' ? target.id : target.department) !== department)
        continue;
      found.push({ incident, order, held: incident.assignments.find((one) => one.order === order.id) ?? null });
    }
  }
  const answered = ({ order }: OwnOrder) => Number(order.state !== 'sent');
  return found.sort((a, b) => answered(a) - answered(b) || a.order.dueAt - b.order.dueAt);
}
