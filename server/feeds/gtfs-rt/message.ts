import type { QualityFlag } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';
import type { MessageOf } from './schema.ts';

export type TripUpdate = MessageOf<'TripUpdate'>;
export type StopTimeUpdate = MessageOf<'StopTimeUpdate'>;
export type VehiclePosition = MessageOf<'VehiclePosition'>;
export type TripDescriptor = MessageOf<'TripDescriptor'>;
export type Alert = MessageOf<'Alert'>;

/** A rule of the standard that was broken without making the whole unreadable; numbered as the GTFS Realtime validator numbers them. */
export type Deviation = {
  readonly rule: string;
  readonly detail: string;
  /** What the records of this entity carry because of it. */
  readonly flag: QualityFlag | null;
};

export type RtEntity = MessageOf<'FeedEntity'> & { readonly id: string; readonly deviations: readonly Deviation[] };

/** How an alert is to be told; worked out by the session, which knows what was told before. */
export type Issue = {
  /** `gtfs-rt,<entity>,<digest>`: what later messages about it refer to. */
  readonly reference: string;
  /** References of the earlier tellings that this one replaces. */
  readonly replaces: readonly string[];
  /** Epoch ms: an alert without an end is told again from time to time as long as it is in the feed. */
  readonly renewedAt: number | null;
};
export type EndedAlert = { readonly id: string; readonly reference: string; readonly at: number | null };

export type UnreadPart = { readonly id: string | null; readonly refusal: Refusal };

export type RtFeed = {
  readonly form: 'binary' | 'json' | 'text';
  readonly version: string;
  readonly incrementality: 'FULL_DATASET' | 'DIFFERENTIAL';
  /** Epoch ms of the header; null: none, or none that can be. */
  readonly producedAt: number | null;
  readonly feedVersion: string | null;
  readonly entities: readonly RtEntity[];
  readonly unreadable: readonly UnreadPart[];
  readonly deviations: readonly Deviation[];
  /** From a source that is polled, not out of a file. */
  readonly connected?: boolean;
  /** By entity id; absent where no session has looked: then every alert is told as it stands. */
  readonly issues?: Readonly<Record<string, Issue | null>>;
  readonly ended?: readonly EndedAlert[];
  /** Vehicles and trips that the snapshot before held and this one does not. */
  readonly gone?: readonly string[];
};
