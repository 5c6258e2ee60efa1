/** Pure: whether to ask again after failures. Opens after `most` in a row, then lets one through after each rest. */
export type Breaker = { readonly failures: number; readonly openedAt: number | null; readonly reason: string | null };
export type BreakerLimits = { readonly most: number; readonly restMs: number };

export const closedBreaker: Breaker = { failures: 0, openedAt: null, reason: null };
export const breakerLimits: BreakerLimits = { most: 3, restMs: 30_000 };

export const mayAsk = (of: Breaker, now: number, { restMs } = breakerLimits): boolean =>
  of.openedAt === null || now - of.openedAt >= restMs;

/** Whoever asks after a rest asks for everybody: until the answer is there the others rest on. */
export const asking = (of: Breaker, now: number): Breaker => (of.openedAt === null ? of : { ...of, openedAt: now });

export const succeeded = (): Breaker => closedBreaker;

export function failed(
  of: Breaker,
  reason: string,
  { now, most = breakerLimits.most }: { now: number; most?: number },
): Breaker {
  const failures = of.failures + 1;
  return { failures, reason, openedAt: failures >= most ? now : null };
}
