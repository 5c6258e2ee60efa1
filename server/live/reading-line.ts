import { type Measure, type ReadingState, stateOfValue } from '@/server/domain/station.ts';
import { type Freshness, freshnessClasses, freshnessCode } from '@/server/wire/frame.ts';
import type { ReadingNow, SaidState } from '@/server/wire/realtime.ts';
import type { QualityState } from '@/server/wire/record.ts';
import { freshnessAt, freshnessHoldsUntil } from './freshness.ts';

/** One value of one thing that a station measures or counts. */
export type ReadingUpdate = {
  /** `<scheme>/<key>`. */
  readonly station: string;
  readonly feed: string;
  /** Of the feed; the register's own goes before it. */
  readonly department: string | null;
  readonly property: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly observedAt: number | null;
  readonly receivedAt: number;
  readonly quality: QualityState;
  /** What the message says is the most; the register's own goes before it. */
  readonly maximum: number | null;
  /** What the source says of it in words: closed, full. */
  readonly said?: SaidState | null;
  /** Seconds that the value is about; null: a moment. */
  readonly intervalS: number | null;
  /** Of the feed; the register's own goes before it. */
  readonly expectedIntervalS: number | null;
};

/** What is held of a property, and how it stands. */
export type ReadingLine = {
  readonly property: string;
  measure: Measure | null;
  value: number | null;
  unit: string | null;
  observedAt: number | null;
  /** Its time for the purpose of age and order. */
  at: number;
  receivedAt: number;
  quality: QualityState;
  intervalS: number;
  messageMaximum: number | null;
  said: SaidState | null;
  expectedIntervalS: number | null;
  state: ReadingState;
  freshness: number;
  /** Until when it stands as judged, if nothing comes: most lines are not looked at again before. */
  sameUntil: number;
};

export const newLine = (property: string, measure: Measure | null): ReadingLine => ({
  property,
  measure,
  value: null,
  unit: null,
  observedAt: null,
  at: 0,
  receivedAt: 0,
  quality: 'missing',
  intervalS: 0,
  messageMaximum: null,
  said: null,
  expectedIntervalS: null,
  state: 'normal',
  freshness: -1,
  sameUntil: 0,
});

/** A part's line (`temperature:3`) is held against what its property is. */
export const measureFor = (measures: readonly Measure[], property: string): Measure | null =>
  measures.find((measure) => measure.property === property || property.startsWith(`${measure.property}:`)) ?? null;

export function fillLine(line: ReadingLine, of: ReadingUpdate, at: number): void {
  // A bad value is never shown as a value: that it is bad is what there is to see.
  line.value = of.quality === 'bad' || of.quality === 'missing' ? null : of.value;
  line.unit = of.unit;
  line.observedAt = of.observedAt;
  line.at = at;
  line.receivedAt = of.receivedAt;
  line.quality = of.quality;
  line.intervalS = of.intervalS ?? 0;
  line.messageMaximum = of.maximum;
  line.said = of.said ?? null;
  line.expectedIntervalS = of.expectedIntervalS;
}

/** Its state against the thresholds and its freshness at `now`; whether either changed. `promisedS`: how often it has to come. */
export function judgeLine(line: ReadingLine, promisedS: number | null, now: number): boolean {
  const state = line.value === null ? 'normal' : stateOfValue(line.value, line.measure?.thresholds ?? []);
  const intervalMs = promisedS === null ? 0 : Math.max(promisedS, line.intervalS) * 1000;
  const freshness = freshnessAt(now, line.at, intervalMs);
  const other = state !== line.state || freshness !== line.freshness;
  line.state = state;
  line.freshness = freshness;
  line.sameUntil = freshnessHoldsUntil(now, line.at, intervalMs);
  return other;
}

export const freshnessName = (code: number): Freshness => freshnessClasses[code] ?? 'unknown';

/** Of all lines the freshest; one without a promised interval vouches for nothing. */
export function freshestOf(lines: Iterable<ReadingLine>): Freshness {
  let best: number = freshnessCode.unknown;
  for (const { freshness } of lines) if (freshness < best) best = freshness;
  return freshnessName(best);
}

export const readingNow = (line: ReadingLine): ReadingNow => ({
  property: line.property,
  value: line.value,
  unit: line.unit ?? line.measure?.unit ?? null,
  observedAt: line.observedAt,
  receivedAt: line.receivedAt,
  quality: line.quality,
  state: line.state,
  freshness: freshnessName(line.freshness),
  maximum: line.measure?.maximum ?? line.messageMaximum,
  ...(line.said === null ? {} : { said: line.said }),
});
