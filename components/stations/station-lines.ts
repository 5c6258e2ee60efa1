import type { ReadingState, Station, StationKind } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';

/** One station of the list: of the register, or one that sends and that nobody has registered. */
export type StationLine = {
  readonly id: string;
  readonly entry: Station | null;
  readonly now: StationNow | null;
  readonly name: string;
  readonly kind: StationKind | null;
  readonly department: string | null;
  readonly state: ReadingState;
  readonly freshness: Freshness;
  readonly newestAt: number | null;
  /** The worst first, then in the order of the register. */
  readonly readings: readonly ReadingNow[];
};

const stateRank: Record<ReadingState, number> = { severe: 0, alarm: 1, notice: 2, normal: 3 };
/** Silence is no all clear: who is silent comes before who is well. */
const freshnessRank: Record<Freshness, number> = { stale: 0, late: 1, unknown: 2, fresh: 3 };

const atOf = (line: ReadingNow): number => line.observedAt ?? line.receivedAt;

function readingsOf(entry: Station | null, now: StationNow | null): readonly ReadingNow[] {
  if (!now) return [];
  const places = new Map(entry?.measures.map((measure, index) => [measure.property, index]));
  const placeOf = ({ property }: ReadingNow) => places.get(property) ?? places.size;
  return now.readings.length < 2
    ? now.readings
    : [...now.readings].sort((a, b) => stateRank[a.state] - stateRank[b.state] || placeOf(a) - placeOf(b));
}

export function lineOf(id: string, entry: Station | null, now: StationNow | null): StationLine {
  return {
    id,
    entry,
    now,
    name: entry?.name ?? id.slice(id.indexOf('/') + 1),
    kind: entry?.kind ?? null,
    department: entry?.department ?? now?.department ?? null,
    state: now?.state ?? 'normal',
    freshness: now?.freshness ?? 'unknown',
    newestAt: now?.readings.reduce<number | null>((newest, one) => Math.max(newest ?? 0, atOf(one)), null) ?? null,
    readings: readingsOf(entry, now),
  };
}

/** Who speaks only when something happens has promised nothing: of its silence nothing is known, and nothing is said. */
export const isJudged = ({ entry, freshness }: Pick<StationLine, 'entry' | 'freshness'>): boolean =>
  freshness !== 'unknown' || (entry !== null && entry.expectedIntervalS !== null);

type Stations = ReadonlyMap<string, { readonly body: Station }>;
type Readings = ReadonlyMap<string, StationNow>;

const collator = new Intl.Collator('zh-CN', { numeric: true });
/** Thousands of Chinese names are compared once for each change of the register, not each second. */
const sorted = new WeakMap<Stations, readonly Station[]>();
function byName(stations: Stations): readonly Station[] {
  const known = sorted.get(stations);
  if (known) return known;
  const list = Array.from(stations.values(), ({ body }) => body)
    .filter(({ state }) => state === 'registered')
    .sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1));
  sorted.set(stations, list);
  return list;
}

/** By name; who is not registered comes first, since somebody has to see to it. */
export function stationLines(stations: Stations, readings: Readings): StationLine[] {
  const strangers = [...readings.values()].filter(({ station }) => stations.get(station)?.body.state !== 'registered');
  return [
    ...strangers.sort((a, b) => (a.station < b.station ? -1 : 1)).map((now) => lineOf(now.station, null, now)),
    ...byName(stations).map((entry) => lineOf(entry.id, entry, readings.get(entry.id) ?? null)),
  ];
}

export const shownStates = ['all', 'abnormal', 'silent', 'well', 'unheard', 'unregistered'] as const;
export type ShownState = (typeof shownStates)[number];

const holds: Record<ShownState, (line: StationLine) => boolean> = {
  all: () => true,
  abnormal: (line) => line.state !== 'normal',
  silent: (line) => line.freshness === 'stale',
  well: (line) => line.state === 'normal' && line.freshness === 'fresh',
  unheard: (line) => line.now === null,
  unregistered: (line) => line.entry === null,
};

export type StationFilter = {
  readonly state: ShownState;
  readonly kind: StationKind | null;
  readonly department: string | null;
  /** What the text asked for; null: nothing was asked. */
  readonly found: ReadonlySet<string> | null;
};

export const filtered = (lines: readonly StationLine[], filter: StationFilter): StationLine[] =>
  lines.filter(
    (line) =>
      holds[filter.state](line) &&
      (filter.kind === null || line.kind === filter.kind) &&
      (filter.department === null || line.department === filter.department) &&
      (filter.found === null || filter.found.has(line.id)),
  );

export const countStates = (lines: readonly StationLine[]): Record<ShownState, number> => {
  const counts = Object.fromEntries(shownStates.map((state) => [state, 0])) as Record<ShownState, number>;
  for (const line of lines) for (const state of shownStates) if (holds[state](line)) counts[state]++;
  return counts;
};

export const orders = ['urgency', 'name', 'age'] as const;
export type Order = (typeof orders)[number];

/** Stable: what is equal stays by name. Nothing jumps because a value changed, unless its state did. */
export function ordered(lines: readonly StationLine[], order: Order): StationLine[] {
  if (order === 'name') return [...lines];
  if (order === 'age') return [...lines].sort((a, b) => (a.newestAt ?? 0) - (b.newestAt ?? 0));
  return [...lines].sort(
    (a, b) =>
      stateRank[a.state] - stateRank[b.state] ||
      Number(b.entry === null) - Number(a.entry === null) ||
      freshnessRank[a.freshness] - freshnessRank[b.freshness],
  );
}
