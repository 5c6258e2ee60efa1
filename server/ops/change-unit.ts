import { z } from 'zod';
import { unitId } from '@/server/domain/ids.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { restStatuses } from '@/server/domain/unit.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

export const changeUnitInput = z.discriminatedUnion('move', [
  z.object({ move: z.literal('rest'), unit: unitId, rest: z.enum(restStatuses) }),
  z.object({ move: z.literal('endEmergency'), unit: unitId }),
]);

/** What a unit is while nobody sends it, and the end of its emergency, which only a person can say. */
export function changeUnit(
  { store }: OpDeps,
  command: Command<z.infer<typeof changeUnitInput>>,
): Promise<{ readonly unit: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'change-unit', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'unit', input.unit);
    if (wasRefused(loaded)) return loaded;
    const unit = loaded.state;
    // Any unit may be sent into the own district; what it is while nobody sends it is for those who lead it.
    if (!may(actor, 'incident.dispatch', subjectOf.unit(unit))) return refused('not_allowed', 'unit');
    if (input.move === 'rest' && unit.rest === input.rest) return refused('wrong_state', unit.rest);
    if (input.move === 'endEmergency' && unit.emergencySince === null) return refused('wrong_state', 'no emergency');
    const by = { id: actor.id, name: actor.name };
    const event =
      input.move === 'rest'
        ? { kind: 'unitRested', content: { rest: input.rest } }
        : { kind: 'unitEmergencyEnded', content: { by } };
    return { events: eventsFor('unit', input.unit, [event]), answer: { unit: input.unit } };
  });
}
