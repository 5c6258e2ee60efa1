import type { AggregateKind } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { LatestReadings } from '@/server/live/latest-readings.ts';
import type { LatestState } from '@/server/live/latest-state.ts';
import type { Ticker } from '@/server/live/tick.ts';

/** What the gateway asks of the rest; `main.ts` gives it. */

export type Authenticated = { readonly sessionId: string; readonly actor: Actor };

export type LoggedChange = {
  readonly type: AggregateKind;
  readonly id: string;
  readonly version: number;
  readonly body: unknown;
};

/** The store, as far as the socket needs it. Reads may throw when the database is gone; they are tried again. */
export type RecordLog = {
  sealedUpTo(): number;
  onSealed(listener: (upTo: number) => void): () => void;
  /** The records that changed in (from, upTo], each once, as the actor may see them. */
  changes(
    actor: Actor,
    from: number,
    upTo: number,
  ): Promise<{ readonly from: number; readonly upTo: number; readonly changes: readonly LoggedChange[] }>;
  snapshot(actor: Actor): Promise<{ readonly position: number; readonly changes: readonly LoggedChange[] }>;
};

export type Access = {
  /** Who the cookie belongs to; null when signed out, expired or revoked. */
  authenticate(cookieHeader: string | undefined): Promise<Authenticated | null>;
  /** The sessions that still hold, each with its actor as of now. */
  stillValid(sessionIds: readonly string[]): Promise<ReadonlyMap<string, Actor>>;
  /** Viewers with the same key see the same. */
  viewerClass(actor: Actor): string;
  /** The record as this actor may see it: masked, or with a null body. Asked at every emit, besides the store's own rules. */
  visible(actor: Actor, change: LoggedChange): LoggedChange;
  /** Whether units of this scope (department and district) are for this actor's eyes. */
  seesScope(actor: Actor, scope: string): boolean;
  seesFeeds(actor: Actor): boolean;
  /** Whether what stations of this scope read is for this actor's eyes. */
  seesStation(actor: Actor, scope: string): boolean;
};

export type LogLine = (level: 'info' | 'warn' | 'error', message: string, facts?: Record<string, unknown>) => void;

export type GatewayPorts = {
  readonly access: Access;
  readonly records: RecordLog;
  readonly state: LatestState;
  readonly ticker: Ticker;
  /** Null: none are told. */
  readonly readings: Pick<LatestReadings, 'all' | 'sweep' | 'takeChanged'> | null;
  /** Names the database that positions belong to. */
  readonly epoch: string;
  readonly now: () => number;
  readonly log: LogLine;
};

export type GatewayLimits = {
  readonly tickMs: number;
  readonly beatMs: number;
  readonly detailMs: number;
  readonly readingsMs: number;
  /** Stations that one message tells of, and that one tick tells of unless their state changed. */
  readonly readingsPart: number;
  readonly sessionCheckMs: number;
  /** Telemetry is skipped for a client with more than this waiting. */
  readonly bufferedBytes: number;
  readonly bufferedPackets: number;
  /** A client with more records than this waiting is cut; it resumes by position. */
  readonly recordPackets: number;
  readonly recordBytes: number;
  /** A client that has not said `seen` for this long while there was something to see is cut. */
  readonly unseenMs: number;
  readonly maxMessageBytes: number;
  readonly inputsPerS: number;
  readonly inputBurst: number;
  readonly clients: number;
  readonly clientsPerSession: number;
  readonly pingMs: number;
  /** `public`: only documented calls of Socket.IO, one emit per client and tick. */
  readonly sendPath: 'framed' | 'public';
};

export const defaultLimits: GatewayLimits = {
  tickMs: 250,
  beatMs: 2_000,
  detailMs: 1_000,
  readingsMs: 1_000,
  readingsPart: 1_000,
  sessionCheckMs: 5_000,
  bufferedBytes: 256 * 1024,
  bufferedPackets: 8,
  recordPackets: 1_000,
  recordBytes: 16 * 1024 * 1024,
  unseenMs: 30_000,
  maxMessageBytes: 64 * 1024,
  inputsPerS: 20,
  inputBurst: 60,
  clients: 5_000,
  clientsPerSession: 32,
  pingMs: 4_000,
  sendPath: 'framed',
};
