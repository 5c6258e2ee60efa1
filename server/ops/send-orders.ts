import { z } from 'zod';
import { type AssignmentId, incidentId, type OrderId } from '@/server/domain/ids.ts';
import { sendCommand } from '@/server/domain/incident-command.ts';
import { sendOrders as send } from '@/server/domain/incident-dispatch.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Unit } from '@/server/domain/unit.ts';
import type { Who } from '@/server/domain/who.ts';
import type { Tx } from '@/server/store/store.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const sendOrdersInput = z.object({ incident: incidentId, command: sendCommand });
export type SendOrdersInput = z.infer<typeof sendOrdersInput>;
export type OrdersSent = { readonly incident: string; readonly orders: readonly string[] };

/** Who sent a unit where it is now: the operator who lost a race is told whom to ask. */
export async function holders(tx: Pick<Tx, 'findAll'>, units: readonly Unit[]): Promise<(unit: Unit) => Who | null> {
  const ids = units.flatMap((unit) => unit.assignments.map((held) => held.incident));
  const incidents = await tx.findAll('incident', [...new Set(ids)]);
  return (unit) => {
    const held = unit.assignments.at(-1);
    const order = held && incidents.get(held.incident)?.state.orders.find((one) => one.id === held.order);
    return order ? order.sentBy : null;
  };
}

export function sendOrders({ store, newId }: OpDeps, command: Command<SendOrdersInput>): Promise<OrdersSent | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'send-orders', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const found = await tx.loadAll('unit', input.command.units);
    const missing = input.command.units.find((unit) => !found.has(unit));
    if (missing) return refused('not_found', missing);
    const units = [...new Set(input.command.units)].map((unit) => found.get(unit)!.state);
    const decided = send(
      loaded.state,
      {
        command: input.command,
        units,
        heldBy: await holders(tx, units),
        newOrderId: () => newId() as OrderId,
        newAssignmentId: () => newId() as AssignmentId,
      },
      decisionOf(tx),
    );
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, loaded.state, decided.incident);
    const orders = decided.incident.flatMap((event) => (event.kind === 'orderSent' ? [event.content.order] : []));
    return {
      events: [
        ...eventsFor('incident', input.incident, decided.incident),
        ...[...decided.units].flatMap(([unit, events]) => eventsFor('unit', unit, events)),
      ],
      answer: { incident: input.incident, orders: orders.map((order) => order.id) },
    };
  });
}
