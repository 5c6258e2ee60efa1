import type { ZodType } from 'zod';
import type { Station } from '@/server/domain/station.ts';
import type { CrsName, FeedRecord } from '@/server/wire/record.ts';
import type { LinkBack } from './link-back.ts';
import type { Refusal } from './refusal.ts';

/** Bytes cut into frames. `rest` waits for more bytes; `noise` counts bytes that belonged to no frame. */
export type Framed = {
  readonly frames: Uint8Array[];
  readonly rest: Uint8Array;
  readonly noise: number;
  /** `rest` may be a frame already and only more bytes could tell: where the stream ends, it is to be decoded as one. */
  readonly closed?: boolean;
  /** `rest` says nothing by itself: where the stream ends, it is left. */
  readonly idle?: boolean;
};

/** What a department's mapping may know beside the message. Pure: the clock comes in. */
export type MapContext<Options = unknown> = {
  /** Epoch ms; null when decoding without a server. */
  readonly receivedAt: number | null;
  /** The datum the source declares where the message does not say. */
  readonly crs: CrsName;
  readonly options: Options;
};

export type DescribeContext = {
  readonly crs: CrsName;
  readonly department: string | null;
  /** Of the feed: how often what speaks by itself has to be heard. */
  readonly expectedIntervalS: number | null;
};
export type Description = {
  readonly stations: readonly Station[];
  /** It names all there are: what the same feed described before and is not in it is gone. */
  readonly whole: boolean;
};

export type TransportKind = 'tcp' | 'tcp-client' | 'udp' | 'mqtt' | 'http-push' | 'http-poll';

/** `serial` is the sequence number of our own messages on this connection; `now` our clock, epoch ms. */
export type Reply = {
  readonly serial: number;
  readonly accepted: boolean;
  readonly now: number;
  /** `address:port` a datagram came from; left out where the connection itself says where replies go. */
  readonly peer?: string;
};

export type Step<Message, State> = {
  readonly state: State;
  /** What to map and to answer: the message itself, the whole that this part completed, or null while parts are missing. */
  readonly message: Message | null;
  /** Why this message is not accepted (not signed on, part of too large a whole). */
  readonly refusal: Refusal | null;
  /** Earlier parts that were given up. */
  readonly expired: readonly Refusal[];
  /** What to answer where only the session knows it (which parts are missing); else what came is answered. */
  readonly answering?: Message;
};

/** Memory between the messages of one connection as a pure reducer: parts of a split message, who has signed on. Bounded by itself. */
export type Session<Message, State = unknown> = {
  readonly start: State;
  step(state: State, message: Message, now: number): Step<Message, State>;
  /** The connection is over: what never became whole. */
  end(state: State): readonly Refusal[];
};

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
  /**
   * The bytes as they may be kept and shown: passwords blanked, and what could be decoded still can (the quarantine decodes again). For any
   * bytes, whole frame or not. Absent where messages carry no password.
   */
  redact?(frame: Uint8Array): Uint8Array;
  /** `refused` members are parts of a message that could not be read (one item of a batch). */
  map(message: Message, context: MapContext<Options>): readonly (FeedRecord | Refusal)[];
  /** Things with a fixed place that a message itself describes (a catalogue's cameras, a timetable's stops), for the register; null where it describes none. */
  describe?(message: Message, context: DescribeContext): Description | null;
  /**
   * What is remembered between the messages of one connection; absent where every message stands alone.
   * `connected` is false when a file is read: parts are put together, but nobody signs on.
   */
  session?(options: Options, connected: boolean): Session<Message>;
  /** The bytes owed to the sender, or null. */
  answer?(message: Message, reply: Reply): Uint8Array | null;
  /** The bytes owed to the sender of a frame that `decode` refused, or null (a device that hears nothing resends for ever). */
  reject?(frame: Uint8Array, refusal: Refusal, reply: Reply): Uint8Array | null;
  /** A second link, which we open to where the peer says on the first one. */
  readonly linkBack?: LinkBack<Message, Options>;
};
