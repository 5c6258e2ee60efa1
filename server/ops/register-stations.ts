import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { LonLat } from '@/server/domain/place.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import { type Station, station, stationId } from '@/server/domain/station.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { type Command, eventsFor, type OpDeps } from './op.ts';
import { unknownDepartment } from './unknown-department.ts';

/** One command is one transaction; a long register comes in several, each with an id of its own. */
export const mostAtOnce = 500;
export const registerStationsInput = z.object({
  stations: z
    .array(station.omit({ describedBy: true }))
    .min(1)
    .max(mostAtOnce),
});

export type Registered = { readonly added: number; readonly changed: number; readonly unchanged: number };
export type RegisterDeps = OpDeps & { readonly districtOf: (at: LonLat) => string | null };

/**
 * What the register would hold: the district follows from the place, and what was made up stays marked as made up. What a feed described is a
 * person's own as soon as they say anything else of it.
 */
export function entryOf(
  { describedBy: _feeds, ...given }: Station,
  held: Station | null,
  districtOf: RegisterDeps['districtOf'],
): Station {
  const entry: Station = {
    ...given,
    district: given.lonLat ? districtOf(given.lonLat) : null,
    demo: held?.demo ?? false,
    state: 'registered',
  };
  if (held?.describedBy === undefined) return entry;
  // A camera without a place has the district of its code, which nobody says by hand.
  const same = { ...entry, district: entry.lonLat ? entry.district : held.district, describedBy: held.describedBy };
  return isDeepStrictEqual(held, same) ? held : entry;
}

/** As the records of feeds name theirs; nothing else would ever be heard of. */
const isScheme = (text: string): boolean => /^[a-z0-9][a-z0-9.-]*$/.test(text);
/** Nothing is silent between two beats of the clock that looks. */
const isTooShort = (intervalS: number | null): boolean => intervalS !== null && intervalS < 1;

/** Puts stations into the register, or changes them. Those that are there as given stay untouched, so that a file may be given again. */
export function registerStations(
  { store, districtOf }: RegisterDeps,
  command: Command<z.infer<typeof registerStationsInput>>,
): Promise<Registered | Refused> {
  const { id, actor, input } = command;
  return store.command({ id, name: 'register-stations', actor, input }, async (tx) => {
    const astray = input.stations.find((one) => one.id !== stationId(one.scheme, one.key));
    if (astray) return refused('bad_input', astray.id, { subject: astray.name });
    const odd = input.stations.find(
      ({ scheme, expectedIntervalS }) => !isScheme(scheme) || isTooShort(expectedIntervalS),
    );
    if (odd) return refused('bad_input', odd.id, { subject: odd.name });
    const ids = input.stations.map((one) => one.id);
    if (new Set(ids).size < ids.length) return refused('bad_input', 'twice in one command');
    const held = await tx.loadAll('station', ids);
    const by = { id: actor.id, name: actor.name };
    const entries = input.stations.map((given) => {
      const before = held.get(given.id)?.state ?? null;
      return { before, entry: entryOf(given, before, districtOf) };
    });
    const barred = entries.find(({ entry }) => !may(actor, 'station.register', subjectOf.station(entry)));
    if (barred) return refused('not_allowed', barred.entry.id, { subject: barred.entry.name });
    const altered = entries.filter(({ before, entry }) => !isDeepStrictEqual(before, entry));
    const moved = altered.filter(({ before, entry }) => before?.department !== entry.department);
    const unknown = await unknownDepartment(
      tx,
      moved.map(({ entry }) => entry.department),
    );
    if (unknown) return unknown;
    return {
      events: altered.flatMap(({ entry }) =>
        eventsFor('station', entry.id, [{ kind: 'stationRegistered', content: { station: entry, by } }]),
      ),
      answer: {
        added: altered.filter(({ before }) => before === null).length,
        changed: altered.filter(({ before }) => before !== null).length,
        unchanged: entries.length - altered.length,
      },
    };
  });
}
