/**
 * The server's clock less ours. Each message's time is older than its arrival by what the way took, so the greatest difference of the
 * last minute is the one that waited least.
 */
export type ClockOffset = { readonly offsetMs: number | null; sample(serverTime: number, arrivedAt: number): void };

export function createClockOffset(window = 30): ClockOffset {
  let samples: number[] = [];
  return {
    get offsetMs() {
      return samples.length ? Math.max(...samples) : null;
    },
    sample(serverTime, arrivedAt) {
      samples = [...samples.slice(1 - window), serverTime - arrivedAt];
    },
  };
}
