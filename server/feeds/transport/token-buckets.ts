export type BucketLimits = { readonly perSecond: number; readonly burst: number };

/** At most so many keys are remembered; a forgotten one starts full, which only errs on the sender's side. */
const mostKeys = 10_000;

/** One bucket per key. `take` answers 0 when there was enough, else after how many milliseconds there will be. */
export function createTokenBuckets({ perSecond, burst }: BucketLimits) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const filled = (key: string, now: number) => {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    return Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
  };
  return {
    /** What is left, without taking. */
    waitMs(key: string, now: number): number {
      const tokens = filled(key, now);
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
    },
    take(key: string, now: number, amount = 1): number {
      const tokens = filled(key, now);
      const enough = tokens >= amount;
      buckets.delete(key);
      buckets.set(key, { tokens: enough ? tokens - amount : tokens, at: now });
      if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value as string);
      return enough ? 0 : Math.ceil(((amount - tokens) / perSecond) * 1000);
    },
  };
}
