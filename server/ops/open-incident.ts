import { z } from 'zod';
import { incidentId, signalId } from '@/server/domain/ids.ts';
import { incidentFacts } from '@/server/domain/incident-command.ts';
import { openIncident as open } from '@/server/domain/incident-open.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Signal } from '@/server/domain/signal.ts';
import type { Tx } from '@/server/store/store.ts';
import { membersBehind } from './fuse-members.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, type OpDeps } from './op.ts';

export const openIncidentInput = z.object({
  incident: incidentId,
  signals: z.array(signalId).max(200),
  facts: incidentFacts,
});
export type OpenIncidentInput = z.infer<typeof openIncidentInput>;
export type OpenedIncident = { readonly incident: string; readonly number: string };

/** A number a day, without gaps: `20261124-0007`, by the day of the city's clock (UTC+8). */
async function nextNumber(tx: Tx): Promise<string> {
  const day = new Date(tx.now + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
  const rows = await tx.query<{ value: number }>(
    `insert into counter (name, value) values ($1, 1)
     on conflict (name) do update set value = counter.value + 1 returning value::int as value`,
    [`incident/${day}`],
  );
  return `${day}-${String(rows[0]!.value).padStart(4, '0')}`;
}

/** Early save: from signals, from a call, or from nothing but a place on the map. */
export function openIncident(
  { store }: OpDeps,
  command: Command<OpenIncidentInput>,
): Promise<OpenedIncident | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'open-incident', actor, input }, async (tx) => {
    if (await tx.load('incident', input.incident)) return refused('command_conflict', input.incident);
    const found = await tx.loadAll('signal', input.signals);
    const missing = input.signals.find((signal) => !found.has(signal));
    if (missing) return refused('not_found', missing);
    const named: Signal[] = input.signals.map((signal) => found.get(signal)!.state);
    const behind = await membersBehind(tx, input.signals);
    const signals = [...named, ...behind.filter((signal) => !found.has(signal.id))];
    const decided = open({ id: input.incident, number: '', facts: input.facts, signals }, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    const number = await nextNumber(tx);
    const events = decided.map((event) =>
      event.kind === 'incidentOpened'
        ? { ...event, content: { incident: { ...event.content.incident, number } } }
        : event,
    );
    const by = { id: actor.id, name: actor.name };
    await keepTimers(tx, null, events);
    const attached = signals.flatMap((signal) =>
      eventsFor('signal', signal.id, [{ kind: 'signalAttached', content: { incident: input.incident, by } }]),
    );
    return {
      events: [...eventsFor('incident', input.incident, events), ...attached],
      answer: { incident: input.incident, number },
    };
  });
}
