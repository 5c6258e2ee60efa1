import type { Refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { describingBy, type Station } from '@/server/domain/station.ts';
import { describedEntry } from './described-entry.ts';
import { eventsFor, type OpDeps } from './op.ts';

export type Described = { readonly changed: number };

/** What a feed itself says of stations, into the register as the feed's own. At most `mostAtOnce` of a command, as from a person. */
export function describeStations(
  { store, newId }: OpDeps,
  { feed, stations }: { readonly feed: string; readonly stations: readonly Station[] },
  actor: Actor,
): Promise<Described | Refused> {
  const ids = stations.map(({ id }) => id);
  const command = { id: `stations/${newId()}`, name: 'describe-stations', actor, input: { feed, ids } };
  return store.command<Described>(command, async (tx) => {
    const held = await tx.loadAll('station', ids);
    const entries = stations.flatMap((said) => describedEntry(held.get(said.id)?.state ?? null, said, feed) ?? []);
    return {
      events: entries.flatMap((entry) =>
        eventsFor('station', entry.id, [
          entry.state === 'retired'
            ? { kind: 'stationRetired', content: { by: describingBy, at: tx.now, reason: feed } }
            : { kind: 'stationRegistered', content: { station: entry, by: describingBy } },
        ]),
      ),
      answer: { changed: entries.length },
    };
  });
}
