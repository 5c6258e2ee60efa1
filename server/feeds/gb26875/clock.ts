import type { QualityFlag } from '@/server/wire/record.ts';

const aheadMs = 5 * 60_000;
const firstYear = 2010;
/** Alerts live a day from their own times; a panel whose clock is further back must not bring one that has already ended. */
const staleMs = 12 * 3_600_000;

export type Clock = {
  readonly observedAt: number | null;
  readonly sourceAt: number | null;
  readonly flags: readonly QualityFlag[];
  /** The clocks of the message are so far back that they cannot be right for an alarm that comes now. */
  readonly behind: boolean;
};

/** `observed` is the panel's clock for the object, `sent` the transmitter's for the frame. Both are often wrong, and seldom agree. */
export function readClock(observed: string | null, sent: string | null, receivedAt: number | null): Clock {
  const lastYear = receivedAt === null ? null : new Date(receivedAt).getUTCFullYear() + 1;
  const possible = (time: string | null): number | null => {
    const year = Number(time?.slice(0, 4));
    return time === null || year < firstYear || (lastYear !== null && year > lastYear) ? null : Date.parse(time);
  };
  const sourceAt = possible(sent);
  const observedAt = possible(observed) ?? sourceAt;
  const flags: QualityFlag[] = [];
  if (observedAt === null || (observed !== null && possible(observed) === null)) flags.push('clock_invalid');
  if (receivedAt !== null && observedAt !== null && observedAt > receivedAt + aheadMs) flags.push('clock_ahead');
  const latest = Math.max(observedAt ?? 0, sourceAt ?? 0);
  const behind = receivedAt !== null && latest > 0 && latest < receivedAt - staleMs;
  if (behind) flags.push('late');
  return { observedAt, sourceAt, flags, behind };
}
