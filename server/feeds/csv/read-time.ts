import { readIsoTime } from '../iso-time.ts';
import type { CsvOptions } from './options.ts';

type Time = { readonly at: number } | { readonly problem: string };
const problem = (text: string): Time => ({ problem: text });
const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');

const zoneAt = /\s?(Z|[+-]\d{2}:?\d{2})$/i;
const clockAt = /^(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d{1,9})?秒?|分)?$/;
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const compact = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/;

/** A cell as an instant. What could be read in two ways is not read: the options have to say which. */
export function readTime(cell: string, options: CsvOptions): Time {
  const text = cell.trim().replace(/\s+/g, ' ');
  if (/^\d{5}(\.\d+)?$/.test(text)) return problem(`${text} is a spreadsheet's own number for a day; write the date`);
  const run = compact.exec(text);
  if (run) return instant(run.slice(1, 4), [run[4], run[5], run[6]], null, options);
  const zone = zoneAt.exec(text)?.[1] ?? null;
  const bare = zone && /:\d\d/.test(text) ? text.replace(zoneAt, '') : text;
  const [, date = '', time = ''] = /^(\S+?)(?:[Tt ]|(?<=日)(?=\d))(.+)$/.exec(bare) ?? [];
  const clock = clockAt.exec(time.trim());
  if (!clock) return problem(`"${short(text)}" is no date with a time of day`);
  const day = readDay(date, options);
  if ('problem' in day) return day;
  return instant(day.parts, clock.slice(1, 4), bare === text ? null : zone, options);
}

function readDay(
  date: string,
  { dateOrder }: CsvOptions,
): { readonly parts: readonly string[] } | { readonly problem: string } {
  const first = yearFirst.exec(date);
  if (first) return { parts: first.slice(1, 4) };
  const last = yearLast.exec(date);
  if (!last) return { problem: `"${short(date)}" is no date` };
  const [, one = '', other = '', year = ''] = last;
  if (dateOrder === 'mdy') return { parts: [year, one, other] };
  if (dateOrder === 'dmy') return { parts: [year, other, one] };
  return { problem: `"${short(date)}" may be two different days; say dateOrder (mdy or dmy) in the feed's options` };
}

function instant(
  day: readonly string[],
  clock: readonly (string | undefined)[],
  zone: string | null,
  options: CsvOptions,
): Time {
  const stated = zone ?? options.zone;
  const text = `${day[0]}-${two(day[1])}-${two(day[2])}T${two(clock[0])}:${two(clock[1])}:${two(clock[2])}`;
  if (!stated) return problem(`"${text}" states no zone; say zone in the feed's options`);
  const read = readIsoTime(text, stated.toUpperCase());
  return read ? { at: read.at } : problem(`"${text}" is no time`);
}

const short = (text: string): string => text.slice(0, 40);
