import { type ReadingState, type Station, worseState } from '@/server/domain/station.ts';
import { ownText } from '@/server/wire/own-text.ts';
import type { StationNow } from '@/server/wire/realtime.ts';
import { believedAt } from './freshness.ts';
import {
  fillLine,
  freshestOf,
  judgeLine,
  measureFor,
  newLine,
  type ReadingLine,
  type ReadingUpdate,
  readingNow,
} from './reading-line.ts';

export type { ReadingUpdate } from './reading-line.ts';

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

type Held = {
  readonly id: string;
  feed: string;
  department: string | null;
  entry: Station | null;
  readonly lines: Map<string, ReadingLine>;
  /** The first of its lines' own; never later than that. */
  sameUntil: number;
  /** Until something changes. */
  told: StationNow | null;
};

const fresh = (): Pick<Held, 'lines' | 'sameUntil' | 'told'> => ({
  lines: new Map(),
  sameUntil: Number.POSITIVE_INFINITY,
  told: null,
});

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

  const measureOf = (held: Held, property: string) => measureFor(held.entry?.measures ?? [], property);

  function touch(held: Held, urgently: boolean): void {
    held.told = null;
    if (urgently) urgent.add(held);
    else changed.add(held);
  }

  function hold(id: string): Held {
    const known = stations.get(id);
    const held = known ?? { id, feed: '', department: null, entry: stationOf(id), ...fresh() };
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

  function lineOf(held: Held, property: string): ReadingLine | null {
    const known = held.lines.get(property);
    if (known || held.lines.size < linesMost) return known ?? null;
    let oldest: ReadingLine | null = null;
    for (const line of held.lines.values()) if (!oldest || line.at < oldest.at) oldest = line;
    if (oldest) held.lines.delete(oldest.property);
    return null;
  }

  function judge(held: Held, line: ReadingLine, now: number): boolean {
    const other = judgeLine(line, held.entry ? held.entry.expectedIntervalS : line.expectedIntervalS, now);
    if (line.sameUntil < held.sameUntil) held.sameUntil = line.sameUntil;
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
    const line = known ?? newLine(ownText(of.property), measureOf(held, of.property));
    if (!known) held.lines.set(line.property, line);
    const judgedOtherwise = line.quality !== of.quality || line.said !== (of.said ?? null);
    fillLine(line, of, at);
    held.feed = of.feed;
    held.department = of.department;
    touch(held, judge(held, line, of.receivedAt) || judgedOtherwise);
    counts.shown++;
    return 'shown';
  }

  function now(held: Held): StationNow {
    if (held.told) return held.told;
    let state: ReadingState = 'normal';
    for (const line of held.lines.values()) state = worseState(state, line.state);
    held.told = {
      station: held.id,
      department: held.entry?.department ?? held.department,
      feed: held.feed,
      state,
      freshness: freshestOf(held.lines.values()),
      readings: Array.from(held.lines.values(), readingNow),
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
        if (!other && at <= held.sameUntil) continue;
        held.sameUntil = Number.POSITIVE_INFINITY;
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
