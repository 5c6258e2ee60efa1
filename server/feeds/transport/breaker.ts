import type { RefusalReason } from '../refusal.ts';

/** When a connection does more harm than good. Small enough to cut a port scanner at once, large enough for one torn frame a minute. */
export const breakerLimits = {
  /** Unreadable frames one after the other. */
  badInARow: 5,
  /** Bytes that belong to no frame, since the last readable one. */
  noiseBytes: 16_384,
  /** The share of unreadable frames that is too much, once 64 have come. */
  badShare: 0.5,
};
export type BreakerLimits = typeof breakerLimits;

export type CutReason = 'bad_in_a_row' | 'noise' | 'mostly_bad';

export type Breaker = {
  readonly badInARow: number;
  readonly noiseBytes: number;
  /** Frames and unreadable ones; both are halved now and then, so that old times weigh less. */
  readonly seen: number;
  readonly bad: number;
};
export const freshBreaker: Breaker = { badInARow: 0, noiseBytes: 0, seen: 0, bad: 0 };

/** Reasons that speak against the sender or its line. The others are messages that are whole, but not ours to read. */
const harmful: ReadonlySet<RefusalReason> = new Set([
  'too_large',
  'truncated',
  'framing',
  'checksum',
  'length',
  'encoding',
  'syntax',
  'forbidden',
  'not_protocol',
  'unauthorized',
]);
export const isHarmful = (reason: RefusalReason): boolean => harmful.has(reason);

const count = ({ seen, bad }: Breaker, more: 0 | 1) =>
  seen >= 256 ? { seen: seen / 2 + 1, bad: bad / 2 + more } : { seen: seen + 1, bad: bad + more };

export const afterGood = (state: Breaker): Breaker => ({ badInARow: 0, noiseBytes: 0, ...count(state, 0) });
export const afterBad = (state: Breaker): Breaker => ({
  ...state,
  badInARow: state.badInARow + 1,
  ...count(state, 1),
});
export const afterNoise = (state: Breaker, bytes: number): Breaker => ({
  ...state,
  noiseBytes: state.noiseBytes + bytes,
});

/** Why this connection is to be cut, or null. */
export function judge(state: Breaker, limits: BreakerLimits = breakerLimits): CutReason | null {
  if (state.badInARow >= limits.badInARow) return 'bad_in_a_row';
  if (state.noiseBytes > limits.noiseBytes) return 'noise';
  if (state.seen >= 64 && state.bad > state.seen * limits.badShare) return 'mostly_bad';
  return null;
}
