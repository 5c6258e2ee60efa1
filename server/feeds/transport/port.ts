import type { FeedRecord } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';

/** Where bytes came from. `receivedAt` is our clock, epoch ms. */
export type Origin = {
  readonly receivedAt: number;
  /** The peer as the transport knows it: `address:port` of a socket, the name of a push source, the URL that was polled. */
  readonly source: string;
  /** One id per connection or request: messages of one origin arrive in order. */
  readonly connection: string;
};

/** One message that was read: what was sent (kept raw for 7 days), and what it became. */
export type Delivery = {
  /** The frame as it stood on the wire. */
  readonly raw: Uint8Array;
  /** The message in the protocol's own vocabulary. */
  readonly message: unknown;
  readonly records: readonly FeedRecord[];
  /** Parts of the message that could not be read (one item of a batch); they belong into the quarantine. */
  readonly refusals: readonly Refusal[];
  /** Parts of the message that are stored already and were left out. */
  readonly repeated?: number;
  /** More of a message whose first part was delivered, and its bytes with it. */
  readonly continued?: boolean;
};

export const transportStates = ['starting', 'up', 'degraded', 'down', 'stopped'] as const;
export type TransportState = (typeof transportStates)[number];

/** What a transport says about itself under its feed id (STYLE.md): never only to a log. */
export type TransportStatus = {
  readonly state: TransportState;
  readonly at: number;
  /** A code for the screen to translate, e.g. `listening`, `connection_cut`, `address_in_use`. */
  readonly code: string;
  /** Plain values that go into the translated sentence. */
  readonly facts: Readonly<Record<string, string | number>>;
};

/**
 * The one door from transports into the platform. A transport owns bytes, buffers and replies; whoever implements this port
 * owns records, raw storage, quarantine and counters. Nothing here may throw synchronously; a rejected promise counts as "not accepted".
 */
export type FeedPort = {
  /** Bytes came in, whatever becomes of them (rates, last sign of life). */
  received(feedId: string, byteCount: number, origin: Origin): void;
  /**
   * Resolves after the records are stored, or on their way where no loss is possible. `false` = not accepted (store down, feed switched
   * off): the sender is told so where its protocol can, and sends again. A message without records (heartbeat) is delivered too.
   */
  records(feedId: string, delivery: Delivery, origin: Origin): Promise<boolean>;
  /** A message that could not be read, with its bytes, for the quarantine. */
  refused(feedId: string, refusal: Refusal, bytes: Uint8Array, origin: Origin): Promise<void>;
  /** Bytes that belonged to no frame. */
  noise(feedId: string, byteCount: number, origin: Origin): void;
  /** A change of state, or a notice (same state, another code: a sender was cut off). Notices come at most once a second. */
  status(feedId: string, status: TransportStatus): void;
};
