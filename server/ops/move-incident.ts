import { z } from 'zod';
import { incidentId } from '@/server/domain/ids.ts';
import { incidentCommand } from '@/server/domain/incident-command.ts';
import { decideIncident } from '@/server/domain/incident-decide.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const moveIncidentInput = z.object({ incident: incidentId, command: incidentCommand });
export type MoveIncidentInput = z.infer<typeof moveIncidentInput>;

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
    await keepTimers(tx, loaded.state, decided);
    return { events: eventsFor('incident', input.incident, decided), answer: { incident: input.incident } };
  });
}
