import type { ZodType } from 'zod';
import type { CrsName, FeedRecord } from '@/server/wire/record.ts';
import type { Refusal } from './refusal.ts';

/** Bytes cut into frames. `rest` waits for more bytes; `noise` counts bytes that belonged to no frame. */
export type Framed = { readonly frames: Uint8Array[]; readonly rest: Uint8Array; readonly noise: number };

/** What a department's mapping may know beside the message. Pure: the clock comes in. */
export type MapContext<Options = unknown> = {
  /** Epoch ms; null when decoding without a server. */
  readonly receivedAt: number | null;
  /** The datum the source declares where the message does not say. */
  readonly crs: CrsName;
  readonly options: Options;
};

export type TransportKind = 'tcp' | 'udp' | 'http-push' | 'http-poll';

/**
 * A protocol reads bytes. All of it is pure and none of it throws on any bytes (DESIGN.md §6):
 * `frame` cuts a stream, `decode` reads one frame into the protocol's own vocabulary, `map` turns that into records,
 * `answer` builds the reply that the protocol owes.
 */
export type Protocol<Message = unknown, Options = unknown> = {
  readonly id: string;
  readonly title: string;
  /** Standard and clause, e.g. "JT/T 808-2019 §4". */
  readonly standard: string;
  readonly transports: readonly TransportKind[];
  readonly options: ZodType<Options>;
  /** The default datum of positions (JT/T 808: wgs84). */
  readonly crs: CrsName;
  /** The most bytes one frame may take; `frame` must give up, not grow, past it. */
  readonly maxFrameBytes: number;
  /** For streams: where frames begin and end. For documents: the whole buffer is one frame. */
  frame(buffer: Uint8Array): Framed;
  decode(frame: Uint8Array): Message | Refusal;
  /** `refused` members are parts of a message that could not be read (one item of a batch). */
  map(message: Message, context: MapContext<Options>): readonly (FeedRecord | Refusal)[];
  /** The bytes owed to the sender, or null. `serial` is the sequence number of our own messages on this connection. */
  answer?(message: Message, reply: { readonly serial: number; readonly accepted: boolean }): Uint8Array | null;
};
