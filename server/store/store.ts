import type { AggregateKind, AggregateState } from '@/server/domain/aggregate.ts';
import type { Refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';

/**
 * The record of the product (DESIGN.md laws 1–3, 8, 9). A command is acknowledged after COMMIT and applied once; its events
 * are numbered without gaps by the sealer; projections are written in the same transaction. Times are epoch ms, UTC.
 */

/** Streams are `<aggregate kind>/<id>`. `occurredAt` is when it was true, where that is not the server's now. */
export type NewEvent = {
  readonly stream: string;
  readonly kind: string;
  readonly content: unknown;
  readonly occurredAt?: number | null;
};

/** A refusal is stored with the command too: the same id gets the same refusal again. */
export type Outcome<A> = { readonly events: readonly NewEvent[]; readonly answer: A } | Refused;

export type Query = <Row extends object = Record<string, unknown>>(
  sql: string,
  params?: readonly unknown[],
) => Promise<Row[]>;

export type Loaded<K extends AggregateKind> = { readonly version: number; readonly state: AggregateState<K> };
export type Listed<K extends AggregateKind> = Loaded<K> & { readonly id: string; readonly changedAt: number };

/** `live` leaves out what is over (closed incidents, dismissed signals, warnings that ended). Newest change first. */
export type ListFilter = {
  readonly live?: boolean;
  readonly changedSince?: number;
  readonly district?: string;
  readonly department?: string;
  readonly limit?: number;
};

/** Reads with the identity of its actor: what row-level security hides is not there. No locks. */
export type ReadTx = {
  readonly now: number;
  readonly actor: Actor;
  readonly query: Query;
  find<K extends AggregateKind>(kind: K, id: string): Promise<Loaded<K> | null>;
  findAll<K extends AggregateKind>(kind: K, ids: readonly string[]): Promise<Map<string, Loaded<K>>>;
  list<K extends AggregateKind>(kind: K, filter?: ListFilter): Promise<Listed<K>[]>;
};

export type NewTimer = {
  readonly id: string;
  readonly dueAt: number;
  readonly kind: string;
  readonly stream: string;
  readonly content: unknown;
};
export type DueTimer = NewTimer & { readonly claimedAt: number };

export type SeenRow = {
  readonly feed: string;
  readonly dedupeKey: string;
  readonly revision: number;
  readonly contentHash: string;
};
/** `conflict`: the same key and revision came before with other content. */
export type SeenVerdict = 'new' | 'newer' | 'same' | 'older' | 'conflict';

export type Tx = ReadTx & {
  readonly commandId: string;
  /** Locks the projection row until the end of the command and returns it; null where there is none (or none to be seen). */
  load<K extends AggregateKind>(kind: K, id: string): Promise<Loaded<K> | null>;
  /** The same for several, locked in sorted order, so that two commands cannot wait for each other. */
  loadAll<K extends AggregateKind>(kind: K, ids: readonly string[]): Promise<Map<string, Loaded<K>>>;
  /** Same id again: moves the due time, unless it has fired. */
  schedule(timer: NewTimer): Promise<void>;
  cancelTimers(stream: string, kind?: string): Promise<void>;
  /** Marks a claimed timer as fired, together with what it did. False when it had fired or was cancelled. */
  fireTimer(id: string): Promise<boolean>;
  /** Idempotent intake: marks each as seen within this command and says what it is. */
  seen(rows: readonly SeenRow[]): Promise<SeenVerdict[]>;
};

export type CommandHead = {
  /** Made by the client; the same id with the same input gets the first answer, with other input `command_conflict`. */
  readonly id: string;
  readonly name: string;
  readonly actor: Actor;
  readonly input: unknown;
  /** Commands with the same word here run one after another, also across processes: what one finds, the next one sees. */
  readonly serial?: string;
};

export type SealedEvent = {
  readonly position: number;
  readonly stream: string;
  readonly version: number;
  readonly kind: string;
  readonly content: unknown;
  readonly actor: string;
  readonly actorName: string;
  readonly commandId: string;
  readonly occurredAt: number | null;
  readonly recordedAt: number;
};

/** Covers (from, upTo]; a viewer sees only part of it. */
export type Batch = { readonly from: number; readonly upTo: number; readonly events: readonly SealedEvent[] };

export type Change = {
  readonly type: AggregateKind;
  readonly id: string;
  readonly version: number;
  /** Null: no longer to be seen by this actor; what never was is not named at all. */
  readonly body: unknown;
};
export type Changes = { readonly from: number; readonly upTo: number; readonly changes: readonly Change[] };
/** Consistent: holds everything up to `position`, perhaps a little more (a later batch then brings nothing newer). */
export type Snapshot = { readonly position: number; readonly changes: readonly Change[] };

export type PositionRow = {
  readonly subject: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly lon: number;
  readonly lat: number;
  readonly speedMps: number | null;
  readonly headingDeg: number | null;
  readonly accuracyM: number | null;
  readonly fixed: boolean | null;
  readonly quality: 'good' | 'suspect' | 'bad' | 'missing';
};

export type ReadingRow = {
  readonly subject: string;
  readonly property: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly value: number | null;
  readonly unit: string | null;
  readonly quality: 'good' | 'suspect' | 'bad' | 'missing';
};

/** Columns, not rows: decoding rows into objects stalls the process. `resolution` says what retention has left. */
export type Resolution = 'full' | 'minute' | 'hour';
export type Track = {
  readonly subject: string;
  readonly resolution: Resolution;
  readonly at: readonly number[];
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly headingDeg: readonly (number | null)[];
  readonly speedMps: readonly (number | null)[];
};
export type Series = {
  readonly subject: string;
  readonly property: string;
  readonly resolution: Resolution;
  readonly at: readonly number[];
  readonly value: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
};
export type PositionAt = {
  readonly subject: string;
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly headingDeg: number | null;
  readonly speedMps: number | null;
};

export type History = {
  appendPositions(rows: readonly PositionRow[]): Promise<void>;
  appendReadings(rows: readonly ReadingRow[]): Promise<void>;
  track(subject: string, from: number, to: number): Promise<Track>;
  tracks(subjects: readonly string[], from: number, to: number): Promise<Track[]>;
  /** The last position of each subject at `at`, not older than `maxAgeMs` then (default 10 min). */
  positionsAt(at: number, maxAgeMs?: number): Promise<PositionAt[]>;
  series(subject: string, property: string, from: number, to: number): Promise<Series>;
  /** The last reading of each subject and property that is newer than `since`. */
  lastReadings(since: number): Promise<ReadingRow[]>;
};

export type RawMessage = {
  readonly id: string;
  readonly feed: string;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
};

export type NewQuarantined = {
  readonly id: string;
  readonly feed: string;
  readonly protocol: string;
  readonly receivedAt: number;
  readonly reason: string;
  readonly offset: number | null;
  readonly detail: string;
  readonly bytes: Uint8Array;
  /** Who sent it, as far as the transport knows (address, token's name). */
  readonly source: string | null;
};
export type Quarantined = NewQuarantined & { readonly decodedAt: number | null };
export type QuarantineFilter = {
  readonly feed?: string;
  readonly reason?: string;
  /** Without those that could be decoded later. */
  readonly open?: boolean;
  readonly before?: number;
  readonly limit?: number;
};

export type Quarantine = {
  add(rows: readonly NewQuarantined[]): Promise<void>;
  list(actor: Actor, filter?: QuarantineFilter): Promise<Quarantined[]>;
  get(actor: Actor, id: string): Promise<Quarantined | null>;
  count(actor: Actor, since?: number): Promise<{ feed: string; reason: string; open: number; decoded: number }[]>;
  markDecoded(id: string, at: number): Promise<boolean>;
};

export type RawMessages = {
  add(rows: readonly RawMessage[]): Promise<void>;
  get(actor: Actor, id: string, receivedAt: number): Promise<RawMessage | null>;
};

export type Timers = {
  /** Claims due timers for this process; a claim lapses after a minute, so a killed process loses none. */
  claim(limit?: number): Promise<DueTimer[]>;
  /** Gives a claim back, e.g. when its command could not be saved. */
  release(ids: readonly string[]): Promise<void>;
  nextDueAt(): Promise<number | null>;
};

export type StoreHealth = {
  readonly ready: boolean;
  /** Why it is not ready, in words; empty when it is. */
  readonly reasons: readonly string[];
  readonly database: 'up' | 'down';
  readonly since: number;
  readonly serverVersion: string;
  readonly sealedUpTo: number;
  readonly sealing: boolean;
  /** Age of the oldest event that waits for its number. */
  readonly unsealedMs: number;
  /** Positions and readings whose time lies outside of what history keeps. */
  readonly historySkipped: number;
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number };
};

export type DiskUse = {
  readonly totalBytes: number;
  readonly tables: readonly { readonly name: string; readonly bytes: number }[];
  /** From the last full day's growth of the partitioned tables; 0 until there was one. */
  readonly bytesPerDay: number;
};

export type Store = {
  /**
   * One transaction: work, then command row, events and projections; resolves after COMMIT with synchronous_commit=on.
   * Conflicts are retried a few times, then `version_conflict`. Database gone: `not_saved` within 3 s; its detail is
   * `unconfirmed` when the connection broke while committing: only repeating the same id can tell.
   */
  command<A>(head: CommandHead, work: (tx: Tx) => Promise<Outcome<A>>): Promise<A | Refused>;
  /** Throws StoreUnavailable when the database is gone. */
  read<T>(actor: Actor, work: (tx: ReadTx) => Promise<T>): Promise<T>;

  /** Position of the last sealed event, 0 where there is none. */
  sealedUpTo(): number;
  onSealed(listener: (upTo: number) => void): () => void;
  /** Resolves when all that was committed before the call is sealed. */
  settled(): Promise<number>;
  batch(actor: Actor, fromExclusive: number, upTo: number): Promise<Batch>;
  /** The records that changed in (from, upTo], each once, as they are now; without those that this actor never saw. */
  changes(actor: Actor, fromExclusive: number, upTo: number): Promise<Changes>;
  /** All live records that the actor may see, and those that ended since `endedSince` (default: a day ago). */
  snapshot(actor: Actor, options?: { readonly endedSince?: number }): Promise<Snapshot>;
  /** Every event of one stream that the actor may see, in order. */
  stream(actor: Actor, stream: string): Promise<readonly SealedEvent[]>;

  readonly history: History;
  readonly raw: RawMessages;
  readonly quarantine: Quarantine;
  readonly timers: Timers;

  health(): StoreHealth;
  disk(): Promise<DiskUse>;
  close(): Promise<void>;
};
