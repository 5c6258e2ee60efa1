import type { Assist } from '@/server/assist/assist.ts';
import type { Protocol } from '@/server/feeds/contract.ts';
import type { Intake } from '@/server/feeds/intake.ts';
import type { LatestState } from '@/server/live/latest-state.ts';
import type { OpDeps } from '@/server/ops/op.ts';
import type { City } from '@/server/places/load-city.ts';
import type { TravelTime } from '@/server/places/travel/travel-time.ts';

/** A feed as the page lists it: what is configured, beside what the record says. */
export type ListedFeed = {
  readonly id: string;
  readonly title: string;
  readonly protocol: string;
  readonly standard: string;
  readonly department: string | null;
  readonly address: string;
  readonly expectedIntervalS: number | null;
  readonly crs: string;
  /** It speaks of people who called: its raw bytes are for whoever may read callers' lines. */
  readonly personal: boolean;
};

/** What procedures are given by `main.ts`, beside who asks. */
export type ApiDeps = OpDeps & {
  readonly city: City;
  readonly travel: TravelTime;
  readonly live: LatestState;
  readonly assist: Assist;
  readonly intake: Intake;
  readonly feeds: readonly ListedFeed[];
  readonly protocolById: (id: string) => Protocol | null;
  /** Reads quarantined bytes again by today's reader; how many records came of it, or why not. */
  readonly redecode: (row: {
    feed: string;
    protocol: string;
    bytes: Uint8Array;
    receivedAt: number;
  }) => Promise<{ records: number } | { refused: string; detail: string }>;
  /** Raisings that waited since the start because nobody here knows who said so. */
  readonly heldBackAlarms: () => number;
  readonly now: () => number;
};
