const offsetMs = 8 * 3_600_000;

/** The fields of a moment in Beijing time (GMT+8, no summer time), two or four digits each. */
export function beijingTime(atMs: number) {
  const iso = new Date(atMs + offsetMs).toISOString();
  return {
    year: iso.slice(0, 4),
    month: iso.slice(5, 7),
    day: iso.slice(8, 10),
    hour: iso.slice(11, 13),
    minute: iso.slice(14, 16),
    second: iso.slice(17, 19),
  };
}

/** `YYYYMMDDhhmmss`, for numbers of calls, cases and warnings. */
export function beijingStamp(atMs: number): string {
  const t = beijingTime(atMs);
  return t.year + t.month + t.day + t.hour + t.minute + t.second;
}

/** CAP's dateTime: an explicit offset, no `Z`, no fraction (CAP 1.2 §3.3.2). */
export function beijingDateTime(atMs: number): string {
  const t = beijingTime(atMs);
  return `${t.year}-${t.month}-${t.day}T${t.hour}:${t.minute}:${t.second}+08:00`;
}
