export type ElapsedUnit = 'second' | 'minute' | 'hour' | 'day';

/** The largest whole unit, as a glance needs it: 59 s, 3 min, 2 h, 4 d. A time ahead of us counts as now. */
export function largestUnit(ms: number): { unit: ElapsedUnit; count: number } {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { unit: 'second', count: seconds };
  if (seconds < 3600) return { unit: 'minute', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hour', count: Math.floor(seconds / 3600) };
  return { unit: 'day', count: Math.floor(seconds / 86_400) };
}

const two = (value: number) => String(value).padStart(2, '0');

/** 0:07, 12:40, 1:02:09, 3d 04:10: a running clock whose width hardly changes. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export type Freshness = 'fresh' | 'late' | 'stale' | 'unknown';

/** What cannot be known to be fresh is unknown, never fresh (DESIGN.md law 6). */
export function freshnessOf(
  at: number | null,
  now: number | null,
  limits: { lateMs: number; staleMs: number },
): Freshness {
  if (at === null) return 'unknown';
  if (now === null || now - at < limits.lateMs) return 'fresh';
  return now - at < limits.staleMs ? 'late' : 'stale';
}
