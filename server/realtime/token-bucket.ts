/** How often somebody may speak: `burst` at once, `perS` in the long run. */
export type TokenBucket = { take(now: number): boolean };

export function createTokenBucket(perS: number, burst: number): TokenBucket {
  let tokens = burst;
  let at: number | null = null;
  return {
    take(now) {
      const passed = at === null ? 0 : Math.max(0, now - at);
      at = now;
      tokens = Math.min(burst, tokens + (passed * perS) / 1000);
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
