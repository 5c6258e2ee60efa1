import type { QualityFlag } from '@/server/wire/record.ts';
import { judgeClock } from './source-clock.ts';

/** An instant of ISO 8601 as senders write it. `dateOnly`: the whole day is meant, `at` is its beginning. */
export type IsoTime = { readonly at: number; readonly zoneAssumed: boolean; readonly dateOnly: boolean };
/** `from` is null for an instant. */
export type IsoSpan = { readonly from: IsoTime | null; readonly to: IsoTime };

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const minuteMs = 60_000;
/** What a source that states no zone is taken to mean here. */
export const defaultZone = '+08:00';

function zoneMs(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || '0')];
  if (hours > 14 || minutes > 59) return null;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * minuteMs;
}

/** Null where the text is no time; never a guess at a day that its month does not have. */
export function readIsoTime(text: string, assumedZone: string = defaultZone): IsoTime | null {
  const match = pattern.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction, zone] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const endOfDay = h === 24 && mi === 0 && s === 0;
  if (mo < 1 || mo > 12 || d < 1 || (h > 23 && !endOfDay) || mi > 59 || s > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(y, mo - 1, d);
  if (midnight.getUTCMonth() !== mo - 1 || midnight.getUTCDate() !== d) return null;
  const offset = zoneMs(zone ?? assumedZone);
  if (offset === null) return null;
  const thousandths = fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0;
  const inDay = ((h * 60 + mi) * 60 + s) * 1000 + thousandths;
  return { at: midnight.getTime() + inDay - offset, zoneAssumed: zone === undefined, dateOnly: match[4] === undefined };
}

/** `a`, or `a/b` with a ≤ b. */
export function readIsoSpan(text: string, assumedZone: string = defaultZone): IsoSpan | null {
  const parts = text.split('/');
  if (parts.length > 2) return null;
  const [first, last] = parts.map((part) => readIsoTime(part, assumedZone));
  if (!first || last === null) return null;
  if (!last) return { from: null, to: first };
  return first.at > last.at ? null : { from: first.at === last.at ? null : first, to: last };
}

/** The time a record may carry, and what is to be said of it. */
export function judgeTime(
  time: IsoTime | null,
  receivedAt: number | null,
): { readonly at: number | null; readonly flags: readonly QualityFlag[] } {
  const judged = judgeClock(time?.at ?? null, receivedAt);
  return { at: judged.at, flags: time?.zoneAssumed ? ['tz_assumed', ...judged.flags] : judged.flags };
}
