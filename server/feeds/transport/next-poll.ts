/** What was away is noticed soon after it is back; asking as often as that was agreed anyway. */
const longestPauseMs = 2 * 60_000;
const jitter = 0.1;

/** Doubles with each failure in a row up to two minutes (or the interval, where that is longer), then a tenth either way. */
export function nextPollMs(of: {
  intervalMs: number;
  failures: number;
  retryAfterMs: number | null;
  random: number;
}): number {
  const backed = Math.min(of.intervalMs * 2 ** Math.min(of.failures, 20), Math.max(longestPauseMs, of.intervalMs));
  const spread = backed * (1 + jitter * (2 * of.random - 1));
  return Math.round(Math.max(spread, of.retryAfterMs ?? 0));
}
