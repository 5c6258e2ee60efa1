import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import { measureOf } from '@/server/domain/alarm-truth.ts';
import type { Station } from '@/server/domain/station.ts';

/** Alarms of one feed about what nobody knows that may stand before somebody has looked at one. */
const mostUnseen = 200;

/**
 * Whether the register or the roster knows it. Of a station that is known by what it measures, a property that is not among them is as made up
 * as a whole station would be.
 */
export function isKnownSubject(
  sample: AlarmSample,
  { unit, station }: { readonly unit: unknown; readonly station: Station | null },
): boolean {
  if (sample.of === 'feed' || unit) return true;
  if (!station) return false;
  const measured = sample.of === 'reading' || sample.of === 'capacity';
  return !measured || measureOf(station, sample.property) !== null;
}

/** By feed: a source that makes things up without end fills its own share of the list and no more. */
export class StrangersStanding {
  private readonly byFeed = new Map<string, Set<string>>();
  private readonly feedOf = new Map<string, string>();

  hasRoom(feed: string): boolean {
    return (this.byFeed.get(feed)?.size ?? 0) < mostUnseen;
  }

  stands(feed: string, alarm: string): void {
    this.seen(alarm);
    const standing = this.byFeed.get(feed) ?? new Set();
    this.byFeed.set(feed, standing.add(alarm));
    this.feedOf.set(alarm, feed);
  }

  /** It is over, or somebody has acknowledged it. */
  seen(alarm: string): void {
    const feed = this.feedOf.get(alarm);
    if (feed === undefined) return;
    this.feedOf.delete(alarm);
    const standing = this.byFeed.get(feed);
    standing?.delete(alarm);
    if (standing?.size === 0) this.byFeed.delete(feed);
  }
}
