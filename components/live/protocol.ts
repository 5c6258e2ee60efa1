import type { Bounds } from '@/server/wire/cell-grid.ts';
import type {
  Beat,
  DetailsMessage,
  FeedsMessage,
  ReadingsMessage,
  RecordBatch,
  RecordChange,
  SlotsMessage,
  Told,
  ViewMode,
  Welcome,
} from '@/server/wire/realtime.ts';

/** What the page and its worker say to each other. */
export type Look = { readonly mode: ViewMode; readonly bounds: Bounds | null };

export type ToEngine =
  | { readonly do: 'start'; readonly url: string }
  | { readonly do: 'look'; readonly look: Look }
  | { readonly do: 'watch'; readonly slots: readonly number[] }
  /** The page has applied records up to here. */
  | { readonly do: 'applied'; readonly position: number; readonly epoch: string }
  /** A range did not join on; `position` null: a snapshot, please. */
  | { readonly do: 'resync'; readonly position: number | null }
  | { readonly do: 'spare'; readonly buffer: ArrayBuffer }
  | { readonly do: 'retry' }
  | { readonly do: 'stop' };

/** The far-zoom counts of one cell, with its mean position in world mercator. */
export type PlacedTotal = {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  readonly counts: readonly number[];
  readonly notFresh: number;
};

export type Link = 'connecting' | 'connected' | 'lost' | 'signed-out';

export type FromEngine =
  | { readonly say: 'link'; readonly link: Link; readonly heardAt: number | null; readonly attempts: number }
  | { readonly say: 'welcome'; readonly welcome: Welcome; readonly arrivedAt: number }
  | { readonly say: 'beat'; readonly beat: Beat; readonly arrivedAt: number }
  /** All units, laid out as `unit-columns.ts` says; the page copies them and gives the buffer back. */
  | {
      readonly say: 'units';
      readonly buffer: ArrayBuffer;
      readonly capacity: number;
      readonly high: number;
      readonly tick: number;
      readonly timeMs: number;
    }
  | { readonly say: 'totals'; readonly totals: readonly PlacedTotal[] }
  | { readonly say: 'slots'; readonly message: SlotsMessage }
  | { readonly say: 'details'; readonly message: DetailsMessage }
  | { readonly say: 'records'; readonly batch: RecordBatch }
  | {
      readonly say: 'snapshot';
      readonly position: number;
      readonly epoch: string;
      readonly changes: readonly RecordChange[];
    }
  | { readonly say: 'feeds'; readonly message: FeedsMessage }
  | { readonly say: 'readings'; readonly message: ReadingsMessage }
  | { readonly say: 'told'; readonly told: Told }
  | { readonly say: 'fault'; readonly fault: string; readonly count: number };
