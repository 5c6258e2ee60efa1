import { z } from 'zod';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

export const retireStationInput = z.object({
  station: z.string().min(3).max(330),
  reason: z.string().trim().max(2_000),
});

/** Out of the register; what it has sent stays in the history. Registering it again brings it back. */
export function retireStation(
  { store }: OpDeps,
  { id, actor, input }: Command<z.infer<typeof retireStationInput>>,
): Promise<{ readonly station: string } | Refused> {
  return store.command({ id, name: 'retire-station', actor, input }, async (tx) => {
    if (!may(actor, 'station.register')) return refused('not_allowed', 'station.register');
    if (input.reason === '') return refused('reason_missing');
    const loaded = await loadOr(tx, 'station', input.station);
    if (wasRefused(loaded)) return loaded;
    if (!may(actor, 'station.register', subjectOf.station(loaded.state)))
      return refused('not_allowed', 'station.register');
    if (loaded.state.state === 'retired') return refused('wrong_state', 'retired');
    const content = { by: { id: actor.id, name: actor.name }, at: tx.now, reason: input.reason };
    return {
      events: eventsFor('station', input.station, [{ kind: 'stationRetired', content }]),
      answer: { station: input.station },
    };
  });
}
