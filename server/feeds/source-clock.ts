import type { QualityFlag } from '@/server/wire/record.ts';

const beijingOffsetMs = 8 * 3_600_000;
const aheadMs = 5 * 60_000;
const firstYear = 2010;
/** Where our own clock is not at hand (a file is read): a two-digit year past this is a clock that was never set. */
const lastYearOfAll = 2049;

/** `YYYYMMDDhhmmss`, with or without milliseconds, in Beijing time → epoch ms; null where the digits are no time. */
export function beijingMs(digits: string): number | null {
  if (!/^\d{14}(\d{3})?$/.test(digits)) return null;
  const part = (from: number, to: number) => Number(digits.slice(from, to));
  const [year, month, day] = [part(0, 4), part(4, 6), part(6, 8)];
  const [hour, minute, second] = [part(8, 10), part(10, 12), part(12, 14)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, digits.length === 17 ? part(14, 17) : 0);
  const date = new Date(at);
  /** A day that its month does not have would roll over into the next. */
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return at - beijingOffsetMs;
}

/** Epoch ms → `YYYYMMDDhhmmssSSS` in Beijing time. */
export const beijingDigits = (at: number): string =>
  new Date(at + beijingOffsetMs).toISOString().replace(/\D/g, '').slice(0, 17);

/** Epoch ms → `2024-10-01T23:59:59+08:00`, as people who use these protocols write it. */
export function beijingText(at: number): string {
  const iso = new Date(at + beijingOffsetMs).toISOString();
  return `${iso.slice(0, iso.endsWith('.000Z') ? 19 : 23)}+08:00`;
}

export type JudgedClock = { readonly at: number | null; readonly flags: readonly QualityFlag[] };

/** A year that cannot be is no time at all; a time ahead of ours is kept and said. `receivedAt` is null where a file is read. */
export function judgeClock(at: number | null, receivedAt: number | null): JudgedClock {
  if (at === null) return { at: null, flags: ['clock_invalid'] };
  const year = new Date(at + beijingOffsetMs).getUTCFullYear();
  const lastYear = receivedAt === null ? lastYearOfAll : new Date(receivedAt).getUTCFullYear() + 1;
  if (year < firstYear || year > lastYear) return { at: null, flags: ['clock_invalid'] };
  return { at, flags: receivedAt !== null && at > receivedAt + aheadMs ? ['clock_ahead'] : [] };
}
