import { expect } from 'vitest';
import { type Refusal, refusalReasons } from '../refusal.ts';

/** How many damaged messages a run tries; `FUZZ_ROUNDS=1000000` for a long one. */
export const fuzzRounds = (usual = 20_000): number => Number(process.env.FUZZ_ROUNDS ?? usual);

/** For the test around it: a million of the slowest take a quarter of an hour. */
export const fuzzTimeout = { timeout: 3_600_000 };

/** A refusal with a reason that nobody knows is a fault. Without the ceremony of an expectation: it is asked a million times. */
export function knownReason({ refused, detail }: Refusal): void {
  if (!Object.hasOwn(refusalReasons, refused)) throw new Error(`refused for "${refused}": ${detail}`);
}

const windows = 8;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/**
 * Tries every round, and lets the event loop turn now and then, as it does between messages: what is closed is only then let go.
 * A long run says what it took; what was alive at the least in its last eighth, buffers included, may not be more than in its second:
 * a reader that keeps something of every message shows there.
 */
export async function everyRound(rounds: number, each: (round: number) => void): Promise<void> {
  const least = Array.from({ length: windows }, () => Number.POSITIVE_INFINITY);
  const [began, rss] = [performance.now(), process.memoryUsage.rss()];
  for (let round = 0; round < rounds; round++) {
    each(round);
    if (round % 500 !== 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    const { heapUsed, external } = process.memoryUsage();
    const window = Math.floor((round / rounds) * windows);
    least[window] = Math.min(least[window]!, heapUsed + external);
  }
  if (rounds < 100_000) return;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.info(
    `${rounds} rounds in ${seconds} s; rss ${megabytes(rss)} → ${megabytes(process.memoryUsage.rss())} MB;`,
    `least alive by eighths ${least.map(megabytes).join(' ')} MB`,
  );
  expect(least.at(-1)! - least[1]!).toBeLessThan(32e6);
}
