import type { Random } from '../random.ts';

/** Pause before the next try: doubles up to the longest, with a random half so that thousands do not come back at once. */
export function backoffMs(
  failures: number,
  { firstMs, longestMs }: { firstMs: number; longestMs: number },
  rng: Random,
): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.round(full * rng.between(0.5, 1));
}
