import {
  afterBad,
  afterGood,
  type Breaker,
  type BreakerLimits,
  breakerLimits,
  type CutReason,
  freshBreaker,
  judge,
} from './breaker.ts';

export const sourceBreakerLimits = { firstMs: 30_000, longestMs: 10 * 60_000, ...breakerLimits };
export type SourceBreakerLimits = typeof sourceBreakerLimits & BreakerLimits;

type Held = { readonly breaker: Breaker; readonly openUntil: number; readonly openings: number };
export type Opened = { readonly reason: CutReason; readonly until: number };

/** The least recently heard is forgotten first; it starts afresh, which only errs on the sender's side. */
const mostSources = 10_000;
const fresh: Held = { breaker: freshBreaker, openUntil: 0, openings: 0 };

/**
 * One breaker per source. A source that says nothing readable is not listened to for a while, then gets one try: good, and all is
 * forgotten; bad, and the next pause is twice as long.
 */
export function createSourceBreaker(given: Partial<SourceBreakerLimits> = {}) {
  const limits = { ...sourceBreakerLimits, ...given };
  const sources = new Map<string, Held>();
  const put = (source: string, held: Held): void => {
    sources.delete(source);
    sources.set(source, held);
    if (sources.size > mostSources) sources.delete(sources.keys().next().value as string);
  };

  return {
    /** 0: it may speak. */
    waitMs: (source: string, now: number): number => Math.max(0, (sources.get(source)?.openUntil ?? 0) - now),
    good(source: string): void {
      const held = sources.get(source);
      put(source, { breaker: afterGood(held?.breaker ?? freshBreaker), openUntil: 0, openings: 0 });
    },
    /** What came could not be read; says so where that was one too many. */
    bad(source: string, now: number): Opened | null {
      const held = sources.get(source) ?? fresh;
      const breaker = afterBad(held.breaker);
      const reason = judge(breaker, limits);
      if (!reason) {
        put(source, { ...held, breaker });
        return null;
      }
      const pauseMs = Math.min(limits.longestMs, limits.firstMs * 2 ** Math.min(held.openings, 20));
      const until = now + pauseMs;
      // One more bad one opens it again.
      const probing = { ...freshBreaker, badInARow: limits.badInARow - 1 };
      put(source, { breaker: probing, openUntil: until, openings: held.openings + 1 });
      return { reason, until };
    },
  };
}
export type SourceBreaker = ReturnType<typeof createSourceBreaker>;
