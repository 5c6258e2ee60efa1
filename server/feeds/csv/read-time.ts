import { readIsoTime } from '../iso-time.ts';
import type { CsvOptions } from './options.ts';

type Time = { readonly at: number } | { readonly problem: string };
const problem = (text: string): Time => ({ problem: text });
const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');

const zoneAt = /(?<=:\d{2}(?:\.\d{1,9})?)\s?(Z|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)$/i;
const clockAt = /^(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:\.\d{1,9})?秒?|分)?$/;
const halfAt = /^(上午|下午|中午|凌晨|晚上|AM|PM)\s?|\s?(AM|PM)$/i;
const yearFirst = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const compact = /^(\d{4})(\d{2})(\d{2})[T ]?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?$/i;

/** A cell as an instant. What could be read in two ways is not read: the options have to say which. */
export function readTime(cell: string, options: CsvOptions): Time {
  const text = cell.trim().replace(/\s+/g, ' ');
  if (/^\d{5}(\.\d+)?$/.test(text)) return problem(`${text} is a spreadsheet's own number for a day; write the date`);
  // Thirteen digits are no date in any order: milliseconds since 1970.
  if (/^1[3-9]\d{11}$/.test(text)) return { at: Number(text) };
  const run = compact.exec(text);
  if (run) return instant(run.slice(1, 4), [run[4], run[5], run[6]], { zone: run[7] ?? null, options });
  const zone = zoneAt.exec(text)?.[1] ?? null;
  const bare = zone ? text.replace(zoneAt, '') : text;
  const [, date = '', time = ''] = /^(\S+?)(?:[Tt ]|(?<=日)(?=\S))(.+)$/.exec(bare) ?? [];
  const half = halfAt.exec(time.trim());
  const clock = halved(clockAt.exec(time.trim().replace(halfAt, '')), half?.[1] ?? half?.[2]);
  if (!clock) return problem(`"${short(text)}" is no date with a time of day`);
  const day = readDay(date, options);
  if ('problem' in day) return day;
  return instant(day.parts, clock, { zone: zone && zoneOf(zone), options });
}

/** `+8`, `GMT+8`, `+08`, `+0800` → `+08:00`. */
function zoneOf(zone: string): string {
  const parts = /([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  return parts ? `${parts[1]}${two(parts[2])}:${parts[3] ?? '00'}` : zone;
}

type Clock = readonly (string | undefined)[];

/** The hour of a clock that counts to twelve; null where that hour is none. */
function halved(clock: RegExpExecArray | null, half: string | undefined): Clock | null {
  if (!clock || half === undefined) return clock?.slice(1, 4) ?? null;
  const hour = Number(clock[1]);
  // Twelve in the evening is the next day to some and none to others.
  if (half === '晚上' && hour === 12) return null;
  const later = /^(?:下午|晚上|pm)$/i.test(half) || (half === '中午' && hour !== 11);
  // Chinese clocks say 下午15:00 as well: an hour past twelve is what it says.
  if (hour > 12 && !later) return null;
  const of = hour > 12 ? hour : (hour % 12) + (later ? 12 : 0);
  return [String(of), clock[2], clock[3]];
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
  clock: Clock,
  { zone, options }: { zone: string | null; options: CsvOptions },
): Time {
  const stated = zone ?? options.zone;
  const text = `${day[0]}-${two(day[1])}-${two(day[2])}T${two(clock[0])}:${two(clock[1])}:${two(clock[2])}`;
  if (!stated) return problem(`"${text}" states no zone; say zone in the feed's options`);
  const read = readIsoTime(text, stated.toUpperCase());
  return read ? { at: read.at } : problem(`"${text}" is no time`);
}

const short = (text: string): string => text.slice(0, 40);
