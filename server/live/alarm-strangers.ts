import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import { measureOf } from '@/server/domain/alarm-truth.ts';
import type { Rule } from '@/server/domain/rule.ts';
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

/** Lines that nobody has to acknowledge never take the place of an alarm. */
export const shareOf = (feed: string, raises: Rule['raises']): string => (raises === 'status' ? `${feed} lines` : feed);

/** By share: a source that makes things up without end fills its own share of the list and no more. */
export class StrangersStanding {
  private readonly byShare = new Map<string, Set<string>>();
  private readonly shareOfAlarm = new Map<string, string>();

  hasRoom(share: string): boolean {
    return (this.byShare.get(share)?.size ?? 0) < mostUnseen;
  }

  stands(share: string, alarm: string): void {
    this.seen(alarm);
    const standing = this.byShare.get(share) ?? new Set();
    this.byShare.set(share, standing.add(alarm));
    this.shareOfAlarm.set(alarm, share);
  }

  /** It is over, or somebody has acknowledged it. */
  seen(alarm: string): void {
    const share = this.shareOfAlarm.get(alarm);
    if (share === undefined) return;
    this.shareOfAlarm.delete(alarm);
    const standing = this.byShare.get(share);
    standing?.delete(alarm);
    if (standing?.size === 0) this.byShare.delete(share);
  }
}
