import { z } from 'zod';
import { decideFollowUp, followUpCommand } from '@/server/domain/follow-up-decide.ts';
import { incidentId } from '@/server/domain/ids.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import { keepTimers } from './incident-timers.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const followUpInput = z.object({ incident: incidentId, command: followUpCommand });

/** Tasks, needs, check-ins and the room of one incident. */
export function followUp(
  { store }: OpDeps,
  command: Command<z.infer<typeof followUpInput>>,
): Promise<{ readonly incident: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'follow-up', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'incident', input.incident);
    if (wasRefused(loaded)) return loaded;
    const decided = decideFollowUp(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, loaded.state, decided);
    return { events: eventsFor('incident', input.incident, decided), answer: { incident: input.incident } };
  });
}
