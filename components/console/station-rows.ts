import { type ReadingState, type Station, type StationKind, thresholdLevels } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import type { ReadingNow, StationNow } from '@/server/wire/realtime.ts';

/** A station of the register with what it reads now. */
export type StationRow = {
  readonly key: string;
  readonly station: Station;
  readonly now: StationNow | null;
  readonly state: ReadingState;
  readonly freshness: Freshness;
  /** The line to look at first. */
  readonly lead: ReadingNow | null;
  readonly newestAt: number | null;
  /** How much of what there is at most is taken, 0 to 1 and beyond; 0 where nothing is counted. */
  readonly load: number;
};

const stateRank: Record<ReadingState, number> = { severe: 0, alarm: 1, notice: 2, normal: 3 };
const freshnessRank: Record<Freshness, number> = { stale: 0, late: 1, unknown: 2, fresh: 3 };
/** Who is silent comes before who is well: silence is no all clear. Who speaks only when something happens has nothing to say. */
const silenceRank = ({ station, freshness }: StationRow): number =>
  freshness === 'unknown' && station.expectedIntervalS === null ? 4 : freshnessRank[freshness];

export const isAbnormal = (row: Pick<StationRow, 'state'>): boolean =>
  (thresholdLevels as readonly string[]).includes(row.state);

/** The worst line; among equals the one that the register names first. */
function leadOf(station: Station, now: StationNow): ReadingNow | null {
  const places = new Map(station.measures.map((measure, index) => [measure.property, index]));
  const placeOf = (line: ReadingNow) => places.get(line.property) ?? places.size;
  let lead: ReadingNow | null = null;
  for (const line of now.readings) {
    const worse = lead && stateRank[line.state] - stateRank[lead.state];
    const saidMore = Number(line.said !== undefined) - Number(lead?.said !== undefined);
    if (
      !lead ||
      (worse ?? 0) < 0 ||
      (worse === 0 && (saidMore > 0 || (saidMore === 0 && placeOf(line) < placeOf(lead))))
    )
      lead = line;
  }
  return lead;
}

export const newestOf = (now: StationNow | null): number | null =>
  now?.readings.reduce<number | null>((newest, line) => {
    const at = line.observedAt ?? line.receivedAt;
    return newest === null || at > newest ? at : newest;
  }, null) ?? null;

const counted: ReadonlySet<StationKind> = new Set(['hospital', 'shelter', 'parking']);

/** A capacity says how many more there is room for; a count of visitors says how many are there. */
function loadOf(kind: StationKind, lead: ReadingNow | null): number {
  // Closed is as good as full, however many places it counts.
  if (lead?.said !== undefined && lead.said !== 'limited') return 1;
  if (!lead || lead.value === null || lead.maximum === null || lead.maximum <= 0) return 0;
  if (kind === 'scenic' && !lead.property.endsWith('site-visitors')) return lead.value / lead.maximum;
  return kind === 'scenic' || counted.has(kind) ? 1 - lead.value / lead.maximum : 0;
}

function rowOf(station: Station, now: StationNow | null): StationRow {
  const lead = now ? leadOf(station, now) : null;
  return {
    key: station.id,
    station,
    now,
    state: now?.state ?? 'normal',
    freshness: now?.freshness ?? 'unknown',
    lead,
    newestAt: newestOf(now),
    load: loadOf(station.kind, lead),
  };
}

const byUrgency = (a: StationRow, b: StationRow): number =>
  stateRank[a.state] - stateRank[b.state] ||
  silenceRank(a) - silenceRank(b) ||
  (a.station.kind === b.station.kind ? b.load - a.load : 0);

const collator = new Intl.Collator('zh-CN', { numeric: true });
const byName = (a: Station, b: Station): number =>
  a.kind.localeCompare(b.kind) || collator.compare(a.name, b.name) || a.id.localeCompare(b.id);

type Stations = ReadonlyMap<string, { readonly body: Station }>;
type Readings = ReadonlyMap<string, StationNow>;

/** By kind and name; comparing thousands of Chinese names each second would be felt. */
const named = new WeakMap<Stations, readonly Station[]>();
function byNames(stations: Stations): readonly Station[] {
  const known = named.get(stations);
  if (known) return known;
  const sorted = Array.from(stations.values(), ({ body }) => body)
    .filter(({ state }) => state === 'registered')
    .sort(byName);
  named.set(stations, sorted);
  return sorted;
}

/** Every station of the register, the worst first. */
export const stationRows = (stations: Stations, readings: Readings): StationRow[] =>
  byNames(stations)
    .map((station) => rowOf(station, readings.get(station.id) ?? null))
    .sort(byUrgency);

let last: { stations: Stations; readings: Readings; rows: readonly StationRow[] } | null = null;
/** The map, the layers panel and the list ask for the same rows: they are made once for each change. */
export function sharedStationRows(stations: Stations, readings: Readings): readonly StationRow[] {
  if (last?.stations !== stations || last.readings !== readings)
    last = { stations, readings, rows: stationRows(stations, readings) };
  return last.rows;
}

/** What one line says in a few characters: free of all, the share of what is approved, else the value. */
export type LeadText =
  | { readonly as: 'free'; readonly free: number; readonly of: number | null }
  | { readonly as: 'share'; readonly percent: number }
  | { readonly as: 'value'; readonly value: number; readonly unit: string | null }
  | { readonly as: 'none'; readonly quality: ReadingNow['quality'] }
  | null;

export function leadText(kind: StationKind, lead: ReadingNow | null): LeadText {
  if (!lead) return null;
  const { value, maximum, unit, quality } = lead;
  if (value === null) return { as: 'none', quality };
  if (kind === 'scenic' && maximum !== null && maximum > 0)
    return { as: 'share', percent: Math.round(loadOf(kind, lead) * 100) };
  return counted.has(kind) ? { as: 'free', free: value, of: maximum } : { as: 'value', value, unit };
}
