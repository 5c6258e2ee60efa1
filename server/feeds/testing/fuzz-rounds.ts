import { expect } from 'vitest';
import { type Refusal, refusalReasons } from '../refusal.ts';
import { alive } from './alive.ts';

/** How many damaged messages a run tries; `FUZZ_ROUNDS=1000000` for a long one. */
export const fuzzRounds = (usual = 20_000): number => Number(process.env.FUZZ_ROUNDS ?? usual);

/** For the test around it: a million of the slowest take a quarter of an hour. */
export const fuzzTimeout = { timeout: 3_600_000 };

/** A refusal with a reason that nobody knows is a fault. Without the ceremony of an expectation: it is asked a million times. */
export function knownReason({ refused, detail }: Refusal): void {
  if (!Object.hasOwn(refusalReasons, refused)) throw new Error(`refused for "${refused}": ${detail}`);
}

const parts = 8;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/**
 * Tries every round, and lets the event loop turn now and then, as it does between messages: what is closed is only then let go.
 * A long run says what it took; what is alive at its end may not be more than after its first eighth: a reader that keeps something of
 * every message shows there.
 */
export async function everyRound(rounds: number, each: (round: number) => void): Promise<void> {
  const long = rounds >= 100_000;
  const kept: number[] = [];
  const [began, rss] = [performance.now(), process.memoryUsage.rss()];
  for (let round = 1; round <= rounds; round++) {
    each(round - 1);
    if (round % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (long && round % Math.floor(rounds / parts) === 0) kept.push(alive());
  }
  if (!long) return;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.info(
    `${rounds} rounds in ${seconds} s; rss ${megabytes(rss)} → ${megabytes(process.memoryUsage.rss())} MB;`,
    `alive at each eighth ${kept.map(megabytes).join(' ')} MB`,
  );
  expect(kept.at(-1)! - kept[0]!).toBeLessThan(16e6);
}
