import {
  type Measure,
  type ReadingState,
  type Station,
  stateOfValue,
  type Threshold,
  worseState,
} from '@/server/domain/station.ts';
import { type Freshness, freshnessClasses, freshnessCode } from '@/server/wire/frame.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';
import type { QualityState } from '@/server/wire/record.ts';
import { believedAt, freshnessAt } from './freshness.ts';

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
  /** Seconds that the value is about; null: a moment. */
  readonly intervalS: number | null;
  /** Of the feed; the register's own goes before it. */
  readonly expectedIntervalS: number | null;
};

/** `older`: history has it, the picture does not go back. `coarser`: an hour's mean does not cover a minute's value. */
export type ReadingOutcome = 'shown' | 'older' | 'coarser';

/** Who may see a station, and what is told of it. */
export type SeenStation = {
  readonly station: string;
  readonly department: string | null;
  readonly district: string | null;
  now(): StationNow;
};

export type LatestReadings = {
  readonly size: number;
  readonly counts: Readonly<Record<ReadingOutcome | 'evicted', number>>;
  update(of: ReadingUpdate): ReadingOutcome;
  /** Moves every line to the freshness of its age and to what the register says now; gives how many stations changed. */
  sweep(now: number): number;
  get(station: string): StationNow | null;
  all(): SeenStation[];
  /** What changed since the last call: first whose state, quality or freshness did, then at most `most` in all. */
  takeChanged(most: number): SeenStation[];
};

/** Stations that nobody has registered share at most so many places: anybody can make them up. */
export const mostStrangers = 4_000;
/** More lines than any station has factors; the one that was silent longest makes room. */
export const mostLines = 64;

type Line = {
  measure: Measure | null;
  property: string;
  value: number | null;
  unit: string | null;
  observedAt: number | null;
  /** Its time for the purpose of age and order. */
  at: number;
  receivedAt: number;
  quality: QualityState;
  intervalS: number;
  messageMaximum: number | null;
  expectedIntervalS: number | null;
  state: ReadingState;
  freshness: number;
};
type Held = {
  readonly id: string;
  feed: string;
  department: string | null;
  entry: Station | null;
  readonly lines: Map<string, Line>;
  /** Until something changes. */
  told: StationNow | null;
};

const nothing: readonly Threshold[] = [];
const classOf = (code: number): Freshness => freshnessClasses[code] ?? 'unknown';
/** From the freshest on; a line without a promised interval vouches for nothing. */
const freshest = (held: Held): number => {
  let best: number = freshnessCode.unknown;
  for (const { freshness } of held.lines.values()) if (freshness < best) best = freshness;
  return best;
};

/** The latest value of each line of each station, against the register's thresholds. `stationOf` is asked by id. */
export function createLatestReadings(
  stationOf: (id: string) => Station | null,
  bounds: { readonly strangers?: number; readonly lines?: number } = {},
): LatestReadings {
  const { strangers: strangersMost = mostStrangers, lines: linesMost = mostLines } = bounds;
  const stations = new Map<string, Held>();
  /** In the order in which they were last heard of. */
  const strangers = new Set<string>();
  const urgent = new Set<Held>();
  const changed = new Set<Held>();
  const counts = { shown: 0, older: 0, coarser: 0, evicted: 0 };

  /** A part's line (`temperature:3`) is held against what its property is. */
  const measureOf = (held: Held, property: string): Measure | null =>
    held.entry?.measures.find(
      (measure) => measure.property === property || property.startsWith(`${measure.property}:`),
    ) ?? null;

  function touch(held: Held, urgently: boolean): void {
    held.told = null;
    if (urgently) urgent.add(held);
    else changed.add(held);
  }

  function hold(id: string): Held {
    const known = stations.get(id);
    const held = known ?? { id, feed: '', department: null, entry: stationOf(id), lines: new Map(), told: null };
    if (!known) stations.set(id, held);
    if (held.entry) return held;
    strangers.delete(id);
    strangers.add(id);
    if (strangers.size > strangersMost) {
      const [oldest = ''] = strangers;
      strangers.delete(oldest);
      forget(oldest);
    }
    return held;
  }

  function forget(id: string): void {
    const held = stations.get(id);
    if (!held) return;
    stations.delete(id);
    counts.evicted++;
    // Told once more, without lines: whoever shows it lets it go.
    held.lines.clear();
    touch(held, true);
  }

  function lineOf(held: Held, property: string): Line | null {
    const known = held.lines.get(property);
    if (known || held.lines.size < linesMost) return known ?? null;
    let oldest: Line | null = null;
    for (const line of held.lines.values()) if (!oldest || line.at < oldest.at) oldest = line;
    if (oldest) held.lines.delete(oldest.property);
    return null;
  }

  /** Its state against the thresholds and its freshness at `now`; whether either changed. */
  function judge(held: Held, line: Line, now: number): boolean {
    const thresholds = line.measure?.thresholds ?? nothing;
    const state = line.value === null ? 'normal' : stateOfValue(line.value, thresholds);
    const promisedS = held.entry ? held.entry.expectedIntervalS : line.expectedIntervalS;
    const freshness = freshnessAt(now, line.at, promisedS === null ? 0 : Math.max(promisedS, line.intervalS) * 1000);
    const other = state !== line.state || freshness !== line.freshness;
    line.state = state;
    line.freshness = freshness;
    return other;
  }

  function update(of: ReadingUpdate): ReadingOutcome {
    const at = believedAt(of.observedAt, of.receivedAt);
    const intervalS = of.intervalS ?? 0;
    const held = hold(of.station);
    const known = lineOf(held, of.property);
    if (known && at < known.at) {
      counts.older++;
      return 'older';
    }
    if (known && intervalS > known.intervalS && at - known.at < intervalS * 1000) {
      counts.coarser++;
      return 'coarser';
    }
    const line: Line = known ?? {
      ...{ property: of.property, value: null, unit: null, observedAt: null, at, receivedAt: of.receivedAt },
      ...{ quality: 'missing', intervalS, messageMaximum: null, expectedIntervalS: null, state: 'normal' },
      ...{ freshness: -1, measure: measureOf(held, of.property) },
    };
    if (!known) held.lines.set(of.property, line);
    const judgedOtherwise = line.quality !== of.quality;
    // A bad value is never shown as a value: that it is bad is what there is to see.
    line.value = of.quality === 'bad' || of.quality === 'missing' ? null : of.value;
    line.unit = of.unit;
    line.observedAt = of.observedAt;
    line.at = at;
    line.receivedAt = of.receivedAt;
    line.quality = of.quality;
    line.intervalS = intervalS;
    line.messageMaximum = of.maximum;
    line.expectedIntervalS = of.expectedIntervalS;
    held.feed = of.feed;
    held.department = of.department;
    touch(held, judge(held, line, of.receivedAt) || judgedOtherwise);
    counts.shown++;
    return 'shown';
  }

  function now(held: Held): StationNow {
    if (held.told) return held.told;
    let state: ReadingState = 'normal';
    const readings: ReadingNow[] = [];
    for (const line of held.lines.values()) {
      const { property, value, unit, observedAt, receivedAt, quality, measure } = line;
      state = worseState(state, line.state);
      readings.push({
        ...{ property, value, unit: unit ?? measure?.unit ?? null, observedAt, receivedAt, quality, state: line.state },
        freshness: classOf(line.freshness),
        maximum: measure?.maximum ?? line.messageMaximum,
      });
    }
    held.told = {
      station: held.id,
      department: held.entry?.department ?? held.department,
      feed: held.feed,
      state,
      freshness: classOf(freshest(held)),
      readings,
    };
    return held.told;
  }

  const seen = (held: Held): SeenStation => ({
    station: held.id,
    department: held.entry?.department ?? held.department,
    district: held.entry?.district ?? null,
    now: () => now(held),
  });

  return {
    get size() {
      return stations.size;
    },
    counts,
    update,
    sweep(at) {
      let count = 0;
      for (const held of stations.values()) {
        const entry = stationOf(held.id);
        let other = entry !== held.entry;
        if (other) {
          held.entry = entry;
          for (const line of held.lines.values()) line.measure = measureOf(held, line.property);
          if (entry) strangers.delete(held.id);
          else strangers.add(held.id);
        }
        for (const line of held.lines.values()) if (judge(held, line, at)) other = true;
        if (!other) continue;
        touch(held, true);
        count++;
      }
      return count;
    },
    get(station) {
      const held = stations.get(station);
      return held ? now(held) : null;
    },
    all: () => Array.from(stations.values(), seen),
    takeChanged(most) {
      const taken: SeenStation[] = [];
      for (const from of [urgent, changed])
        for (const held of from) {
          if (from === changed && taken.length >= most) break;
          urgent.delete(held);
          changed.delete(held);
          taken.push(seen(held));
        }
      return taken;
    },
  };
}
