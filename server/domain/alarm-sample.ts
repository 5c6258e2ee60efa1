import type { FeedState } from './feed.ts';
import type { statistics } from './rule.ts';

/**
 * What a rule is asked about: one record of a feed, or the state of a feed, with what matters for alarms only. `at` is when it was true and never
 * lies ahead of our clock: a device whose clock ran a year ahead once would else not be believed for a year.
 */
type About = {
  readonly scheme: string;
  readonly key: string;
  readonly at: number;
  readonly observedAt: number | null;
  readonly lonLat: readonly [number, number] | null;
};
export type ReadingSample = About & {
  readonly of: 'reading';
  readonly property: string;
  readonly statistic: (typeof statistics)[number];
  readonly intervalS: number | null;
  readonly value: number;
  readonly unit: string | null;
  readonly limit: number | null;
};
export type CapacitySample = About & {
  readonly of: 'capacity';
  readonly property: string;
  readonly value: number;
  readonly maximum: number | null;
  readonly name: string | null;
};
export type PositionSample = About & { readonly of: 'position'; readonly flags: ReadonlySet<string> };
export type AlertSample = About & {
  readonly of: 'alert';
  readonly event: string;
  readonly text: string;
  /** What this message is called by those that end it. */
  readonly reference: string;
  /** Null: it says that something is so. Else it ends these; none named: whatever its subject said before. */
  readonly ends: readonly string[] | null;
  /** The call that it came as: people have its signal in hand already. */
  readonly call: string | null;
};
export type FeedSample = About & { readonly of: 'feed'; readonly state: FeedState };
export type AlarmSample = ReadingSample | CapacitySample | PositionSample | AlertSample | FeedSample;

/** Units that one another's numbers can be told in; everything else has to be the same. */
const factors: Readonly<Record<string, readonly [string, number]>> = {
  m: ['length', 1],
  cm: ['length', 0.01],
  mm: ['length', 0.001],
  km: ['length', 1_000],
  'm/s': ['speed', 1],
  'km/h': ['speed', 1 / 3.6],
  'mg/m3': ['density', 1],
  'ug/m3': ['density', 0.001],
  'g/m3': ['density', 1_000],
  'mm/h': ['rain', 1],
};

/** Null: they cannot be compared. Nobody who says no unit means another one than is asked for. */
export function inUnit(value: number, from: string | null, to: string | null): number | null {
  if (from === null || to === null || from === to) return value;
  const [one, other] = [factors[from], factors[to]];
  if (!one || !other || one[0] !== other[0]) return null;
  return (value * one[1]) / other[1];
}
