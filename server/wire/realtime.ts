import { z } from 'zod';
import type { AggregateKind, AggregateStates } from '@/server/domain/aggregate.ts';
import type { ReadingState } from '@/server/domain/station.ts';
import type { GridSpec } from './cell-grid.ts';
import type { Freshness } from './frame.ts';
import type { CapacityRecord, QualityState } from './record.ts';

/**
 * What the socket carries. Records: every event, in order, never skipped, acknowledged by position. Telemetry: latest wins, may skip, and
 * says so. The socket takes three things only: subscribe, viewport, seen (DESIGN.md law 5).
 */
export const socketPath = '/socket.io';

/** Past this many positions a client takes a snapshot instead of the batches it missed. */
export const resumeLimit = 2_000;
/** Positions one batch covers at most, and records one part of a snapshot holds. */
export const batchSpan = 500;
export const snapshotPart = 500;
export const beatMs = 2_000;
/** A browser says "connection lost" when it has heard nothing for this long. */
export const lostAfterMs = 6_000;
export const maxWatched = 200;
export const maxViewCells = 8_192;

const position = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** `epoch` is what the position belongs to, from the welcome: this database as this viewer sees it. Another one means snapshot. */
export const subscribeInput = z.object({ position: position.nullable(), epoch: z.string().max(128).nullable() });
export type SubscribeInput = z.infer<typeof subscribeInput>;

/**
 * What a screen looks at. `cells`: these cells. `city`: all cells. `totals`: far zoom, counts per cell. `none`: no telemetry.
 * `watch`: slots whose exact age, speed and source are wanted (selected, listed).
 */
export const viewModes = ['cells', 'city', 'totals', 'none'] as const;
export const viewportInput = z.object({
  mode: z.enum(viewModes),
  cells: z.array(z.number().int().min(0).max(65_535)).max(maxViewCells),
  watch: z.array(z.number().int().min(0).max(65_534)).max(maxWatched),
});
export type ViewportInput = z.infer<typeof viewportInput>;
export type ViewMode = (typeof viewModes)[number];

export const seenInput = z.object({ upTo: position });
export type SeenInput = z.infer<typeof seenInput>;

/** One record as it is now. `body` null: gone, or not (any more) for this viewer. */
export type RecordChange<K extends AggregateKind = AggregateKind> = {
  [T in K]: {
    readonly type: T;
    readonly id: string;
    readonly version: number;
    readonly body: AggregateStates[T] | null;
  };
}[K];

/** Covers (from, upTo]; what this viewer may not see of it is left out, the range is whole all the same. */
export type RecordBatch = { readonly from: number; readonly upTo: number; readonly changes: readonly RecordChange[] };

/** Everything at `position`, in `parts` messages; it counts when the last part is there. */
export type SnapshotPart = {
  readonly position: number;
  readonly part: number;
  readonly parts: number;
  readonly changes: readonly RecordChange[];
};

export type RangeVerdict = 'next' | 'old' | 'gap';
/** Whether a batch joins on to what is known. An overlap is fine: versions sort it out. */
export const rangeVerdict = (known: number, range: { readonly from: number; readonly upTo: number }): RangeVerdict => {
  if (range.upTo <= known) return 'old';
  return range.from <= known ? 'next' : 'gap';
};

export type Welcome = {
  readonly epoch: string;
  readonly serverTime: number;
  readonly tickMs: number;
  readonly grid: GridSpec;
  readonly sealedUpTo: number;
};

export type Beat = {
  readonly serverTime: number;
  readonly position: number;
  readonly tick: number;
};

/** Which unit a slot stands for; null: nobody any more. `all`: what was known before is void. */
export type SlotsMessage = { readonly all: boolean; readonly slots: readonly (readonly [number, string | null])[] };

export type UnitDetail = {
  readonly slot: number;
  readonly unit: string;
  readonly lonLat: readonly [number, number] | null;
  readonly observedAt: number | null;
  readonly receivedAt: number | null;
  readonly ageMs: number | null;
  readonly speedMps: number | null;
  readonly source: string | null;
  readonly freshness: Freshness;
  readonly statusCode: number;
};
export type DetailsMessage = { readonly at: number; readonly units: readonly UnitDetail[] };

/** Rates of a feed, measured; its state is a record. */
export type FeedRate = {
  readonly feed: string;
  readonly messagesPerS: number;
  readonly rejectedPerS: number;
  readonly lastMessageAt: number | null;
  readonly lastGoodAt: number | null;
  readonly connections: number;
};
/** The latest value of one thing that a station measures or counts. Telemetry: latest wins. */
export type ReadingNow = {
  readonly property: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly observedAt: number | null;
  readonly receivedAt: number;
  readonly quality: QualityState;
  /** Against the thresholds of the register. */
  readonly state: ReadingState;
  readonly freshness: Freshness;
  /** What its source or the register says is the most; null where neither does. */
  readonly maximum: number | null;
  /** What its source says beside the number: a hospital that is closed or on diversion has beds and takes nobody. Left out where it is open. */
  readonly said?: SaidState;
};
export type SaidState = Exclude<CapacityRecord['state'], 'open' | 'unknown'>;
/** `station` is the id of the register, `<scheme>/<key>`, also where the register does not know it. */
export type StationNow = {
  readonly station: string;
  readonly department: string | null;
  readonly feed: string;
  /** Of its lines the worst. */
  readonly state: ReadingState;
  /** Of its lines the freshest. */
  readonly freshness: Freshness;
  readonly readings: readonly ReadingNow[];
};
/** `all`: what was known before is void. Whole stations, so that a skipped message costs nothing but time. */
export type ReadingsMessage = { readonly all: boolean; readonly at: number; readonly stations: readonly StationNow[] };

export type FeedsMessage = { readonly at: number; readonly feeds: readonly FeedRate[] };

/** What the operator is told about the link itself. */
export type Told =
  | { readonly kind: 'telemetry-skipped'; readonly ticks: number; readonly since: number; readonly total: number }
  | { readonly kind: 'readings-skipped'; readonly ticks: number; readonly since: number; readonly total: number }
  | { readonly kind: 'records-delayed'; readonly since: number }
  | { readonly kind: 'records-flowing' }
  | { readonly kind: 'input-refused'; readonly event: string; readonly reason: 'shape' | 'rate' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'too-slow' };

export type ServerEvents = {
  welcome: (message: Welcome) => void;
  beat: (message: Beat) => void;
  records: (batch: RecordBatch) => void;
  snapshot: (part: SnapshotPart) => void;
  telemetry: (message: Uint8Array | ArrayBuffer) => void;
  slots: (message: SlotsMessage) => void;
  details: (message: DetailsMessage) => void;
  feeds: (message: FeedsMessage) => void;
  readings: (message: ReadingsMessage) => void;
  told: (message: Told) => void;
};

export type ClientEvents = {
  subscribe: (input: SubscribeInput) => void;
  viewport: (input: ViewportInput) => void;
  seen: (input: SeenInput) => void;
};
