import type { DayTime } from './message.ts';

const dayMs = 86_400_000;

/**
 * The last month in which the day and time are not more than a day ahead of `base`: a report of the 30th that comes on the 1st is of the
 * month before, and a station whose clock runs ahead is of this one.
 */
export function resolveMonth({ day, hour, minute }: DayTime, base: number): number | null {
  const now = new Date(base);
  for (let back = -1; back <= 2; back++) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    const at = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), day, hour, minute);
    const real = new Date(at - (hour === 24 ? 1 : 0)).getUTCMonth() === month.getUTCMonth();
    if (real && at <= base + dayMs) return at;
  }
  return null;
}
