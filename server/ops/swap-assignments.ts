import { z } from 'zod';
import { swapAssignments as swap } from '@/server/domain/reassign.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { keepTimers } from './incident-timers.ts';
import { idsFrom, loadPlaced, placedInput } from './move-assignment.ts';
import { type Command, decisionOf, eventsFor, type OpDeps } from './op.ts';

const words = z.string().trim().max(2_000).default('');
export const swapAssignmentsInput = z.object({ one: placedInput, other: placedInput, text: words, reason: words });

/** Two units of two incidents change places, both or neither. */
export function swapAssignments(
  { store, newId }: OpDeps,
  command: Command<z.infer<typeof swapAssignmentsInput>>,
): Promise<{ readonly units: readonly string[] } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'swap-assignments', actor, input }, async (tx) => {
    const loaded = await loadPlaced(tx, [input.one, input.other]);
    if (wasRefused(loaded)) return loaded;
    const [one, other] = loaded.placed;
    if (!one || !other) return refused('not_found', 'assignment');
    const reassigning = { ...idsFrom(newId), text: input.text, reason: input.reason, heldBy: loaded.heldBy };
    const decided = swap(one, other, reassigning, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    await keepTimers(tx, one.incident, decided.one.incident);
    await keepTimers(tx, other.incident, decided.other.incident);
    return {
      events: [
        ...eventsFor('incident', one.incident.id, decided.one.incident),
        ...eventsFor('incident', other.incident.id, decided.other.incident),
        ...eventsFor('unit', one.unit.id, decided.one.unit),
        ...eventsFor('unit', other.unit.id, decided.other.unit),
      ],
      answer: { units: [one.unit.id, other.unit.id] },
    };
  });
}
