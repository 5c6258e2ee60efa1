import { isDeepStrictEqual } from 'node:util';
import type { Station } from '@/server/domain/station.ts';

/** A device that says no name is called by its code, which is no reason to forget the name it once said. */
const nameOf = (held: Station, said: Station): string => (said.name === said.key ? held.name : said.name);

/**
 * The entry after a feed has described a station; null: nothing changes. Only what the same feed described before follows it: what somebody
 * registered, changed or took out of the register is theirs. What a message leaves open stays as it was.
 */
export function describedEntry(held: Station | null, said: Station, feed: string): Station | null {
  if (!held) return said.state === 'retired' ? null : { ...said, describedBy: feed };
  if (held.describedBy !== feed) return null;
  if (said.state === 'retired') return held.state === 'retired' ? null : { ...held, state: 'retired' };
  const place = said.lonLat ?? held.lonLat;
  const next: Station = {
    ...said,
    name: nameOf(held, said),
    lonLat: place,
    district: said.lonLat ? said.district : (held.district ?? said.district),
    address: said.address || held.address,
    demo: held.demo,
    describedBy: feed,
  };
  return isDeepStrictEqual(held, next) ? null : next;
}
