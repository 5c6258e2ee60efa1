const pattern = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;
const daySeconds = 86_400;
const noonSeconds = daySeconds / 2;

/** `H:MM:SS` and past midnight of the service day (25:10:00) → seconds from its beginning; null where it is no time. */
export function secondsOf(text: string): number | null {
  const match = pattern.exec(text.trim());
  return match ? Number(match[1]) * 3_600 + Number(match[2]) * 60 + Number(match[3]) : null;
}

/** `YYYYMMDD` → year, month, day; null where the month has no such day. */
export function dateOf(text: string): { year: number; month: number; day: number } | null {
  if (!/^\d{8}$/.test(text)) return null;
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  const sound = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900;
  return sound ? { year, month, day } : null;
}

export function isTimezone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** How far a zone's wall clock is ahead of UTC at an instant, in ms. */
function offsetMs(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) - at;
}

/**
 * A time of a service day → epoch ms. It counts from noon minus twelve hours, which is midnight except on the two days a year
 * when clocks change (GTFS reference, "Time"). Null where the day is none.
 */
export function serviceInstant(date: string, seconds: number, zone: string): number | null {
  const day = dateOf(date);
  if (!day) return null;
  const wall = Date.UTC(day.year, day.month - 1, day.day, 12);
  // Clocks change at night: the offset around noon is that of noon.
  const noon = wall - offsetMs(zone, wall - offsetMs(zone, wall));
  return noon + (seconds - noonSeconds) * 1000;
}
