import { z } from 'zod';
import { incidentId } from '@/server/domain/ids.ts';
import type { Incident } from '@/server/domain/incident.ts';
import { incidentCommand } from '@/server/domain/incident-command.ts';
import { decideIncident } from '@/server/domain/incident-decide.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Tx } from '@/server/store/store.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const moveIncidentInput = z.object({ incident: incidentId, command: incidentCommand });
export type MoveIncidentInput = z.infer<typeof moveIncidentInput>;

/** Timers belong to the lifecycle: a suspension comes back by itself, closing and reopening end what was running. */
async function keepTimers(tx: Tx, of: Incident, command: MoveIncidentInput['command']): Promise<void> {
  const stream = `incident/${of.id}`;
  if (command.move === 'suspend')
    await tx.schedule({ id: `${stream}/resume`, dueAt: command.until, kind: 'resume-incident', stream, content: {} });
  if (command.move === 'resume') await tx.cancelTimers(stream, 'resume-incident');
  if (command.move === 'close' || command.move === 'reopen') await tx.cancelTimers(stream);
}

export function moveIncident(
  { store }: OpDeps,
  command: Command<MoveIncidentInput>,
): Promise<{ incident: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'move-incident', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const decided = decideIncident(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, loaded.state, input.command);
    return { events: eventsFor('incident', input.incident, decided), answer: { incident: input.incident } };
  });
}
