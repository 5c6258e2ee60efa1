import type { BucketLimits } from '../token-buckets.ts';

export const brokerLimits = {
  /** Clients of all sources together; a gateway per sensor is usual. */
  connections: 2_000,
  perSource: 1_000,
  /** One packet; more than any batch of readings needs. */
  packetBytes: 1024 * 1024,
  /** Before it has signed on. */
  connectBytes: 16 * 1024,
  connectTimeoutMs: 10_000,
  /** Of a client that names no interval of its own. */
  idleS: 3_600,
  /** Messages handed over and not yet answered for, per connection. Past it the socket is paused. */
  pending: 32,
  aliases: 16,
  /** A message up to this size is done in its packet's turn; of a longer one its records have turns of their own. */
  hadTurnBytes: 4_096,
  /** What a sender does not take of our answers. */
  unsentBytes: 64 * 1024,
  stopMs: 5_000,
  messages: { perSecond: 500, burst: 5_000 } as BucketLimits,
  volume: { perSecond: 1_000_000, burst: 15_000_000 } as BucketLimits,
  /** Wrong tokens from one address. */
  failures: { perSecond: 0.5, burst: 20 } as BucketLimits,
};
export type BrokerLimits = typeof brokerLimits;
