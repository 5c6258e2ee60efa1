import { freshnessCode } from '@/server/wire/frame.ts';

/**
 * PRODUCT.md §10: what stops is stale within two heartbeats. Late after one and a half, with a floor, because a report that
 * comes each second is not late for a moment's jitter. Where no interval is promised, nothing is claimed: unknown.
 */
export const lateAfter = 1.5;
export const staleAfter = 2;
export const floorMs = 3_000;
/** A source's clock may run ahead by this much before it is not believed. */
export const aheadMs = 5_000;

/** When a fact was true for the purpose of its age: the source's own time, unless that lies in the future or is missing. */
export const believedAt = (sourceAt: number | null, receivedAt: number): number =>
  sourceAt === null || sourceAt > receivedAt + aheadMs ? receivedAt : Math.min(sourceAt, receivedAt);

const lateAgeMs = (intervalMs: number): number => Math.max(intervalMs * lateAfter, floorMs);
const staleAgeMs = (intervalMs: number): number => Math.max(intervalMs * staleAfter, floorMs * 2);

/** Until when `freshnessAt` gives the same answer as at `now`, if nothing comes. */
export function freshnessHoldsUntil(now: number, observedAt: number, expectedIntervalMs: number): number {
  if (!(observedAt > 0) || !(expectedIntervalMs > 0)) return Number.POSITIVE_INFINITY;
  const late = observedAt + lateAgeMs(expectedIntervalMs);
  if (now <= late) return late;
  const stale = observedAt + staleAgeMs(expectedIntervalMs);
  return now <= stale ? stale : Number.POSITIVE_INFINITY;
}

/** `expectedIntervalMs` ≤ 0: none is promised. Gives the code that travels in the frame. */
export function freshnessAt(now: number, observedAt: number, expectedIntervalMs: number): number {
  if (!(observedAt > 0) || !(expectedIntervalMs > 0)) return freshnessCode.unknown;
  const age = now - observedAt;
  if (age > staleAgeMs(expectedIntervalMs)) return freshnessCode.stale;
  return age > lateAgeMs(expectedIntervalMs) ? freshnessCode.late : freshnessCode.fresh;
}
