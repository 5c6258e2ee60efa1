import type { Priority } from '@/server/domain/scale.ts';
import { type ReadingState, type StationKind, stationKinds } from '@/server/domain/station.ts';
import type { Freshness } from '@/server/wire/frame.ts';
import type { AlertRow } from './alert-rows.ts';
import { isAbnormal, type StationRow } from './station-rows.ts';
import type { VesselRow } from './vessel-rows.ts';

/** Everything a layer shows has a row here; `list/<name>` in the address. */
export const listNames = ['abnormal', 'stations', ...stationKinds, 'alerts', 'vessels'] as const;
export type ListName = (typeof listNames)[number];
export const isListName = (name: string): name is ListName => (listNames as readonly string[]).includes(name);
export const isKind = (name: ListName): name is StationKind => (stationKinds as readonly string[]).includes(name);

export type ListRow = {
  readonly key: string;
  /** What Enter opens; null: nothing but its place on the map. */
  readonly opens: string | null;
  readonly title: string;
  readonly also: string;
  readonly text: string;
  readonly lonLat: readonly [number, number] | null;
  readonly at: number | null;
  readonly state: ReadingState;
  readonly priority: Priority | null;
  readonly freshness: Freshness;
};

export type ListWords = {
  readonly lead: (row: StationRow) => string;
  readonly kind: (kind: StationKind) => string;
  readonly department: (id: string | null) => string | null;
  readonly heading: (headingDeg: number | null) => string;
  /** When a ship that is watched was last seen. */
  readonly seenAt: (unit: string) => number | null;
};

const stationRow = (row: StationRow, words: ListWords): ListRow => ({
  key: row.key,
  opens: `station/${row.key}`,
  title: row.station.name,
  also: [words.kind(row.station.kind), words.department(row.station.department)].filter(Boolean).join(' · '),
  text: words.lead(row),
  lonLat: row.station.lonLat,
  at: row.newestAt,
  state: row.state,
  priority: null,
  freshness: row.freshness,
});

const alertRow = (row: AlertRow): ListRow => ({
  key: row.key,
  opens: row.signal ? `signal/${row.signal}` : null,
  title: row.text,
  also: '',
  text: '',
  lonLat: row.lonLat,
  at: row.at,
  state: 'normal',
  priority: row.priority,
  freshness: 'fresh',
});

const vesselRow = (row: VesselRow, words: ListWords, at: number | null): ListRow => ({
  key: row.key,
  opens: null,
  title: row.name,
  also: words.heading(row.headingDeg),
  text: '',
  lonLat: row.lonLat,
  at,
  state: 'normal',
  priority: null,
  freshness: row.freshness,
});

export type ListSources = {
  readonly stations: readonly StationRow[];
  readonly alerts: readonly AlertRow[];
  readonly vessels: readonly VesselRow[];
};

/** The rows of a list in the order of its source: the worst first. */
export function listRows(name: ListName, { stations, alerts, vessels }: ListSources, words: ListWords): ListRow[] {
  if (name === 'alerts') return alerts.map(alertRow);
  if (name === 'vessels') return vessels.map((row) => vesselRow(row, words, words.seenAt(row.key)));
  const of =
    name === 'abnormal'
      ? stations.filter(isAbnormal)
      : name === 'stations'
        ? stations
        : stations.filter((row) => row.station.kind === name);
  return of.map((row) => stationRow(row, words));
}

export type KindCount = { count: number; abnormal: number; silent: number; newestAt: number | null };

/** What there is of each kind, for the panel of layers. */
export function countKinds(rows: readonly StationRow[]): ReadonlyMap<StationKind, KindCount> {
  const counts = new Map<StationKind, KindCount>();
  for (const row of rows) {
    const { kind } = row.station;
    const of = counts.get(kind) ?? { count: 0, abnormal: 0, silent: 0, newestAt: null };
    of.count++;
    if (isAbnormal(row)) of.abnormal++;
    if (row.freshness === 'stale') of.silent++;
    if (row.newestAt !== null && (of.newestAt === null || row.newestAt > of.newestAt)) of.newestAt = row.newestAt;
    counts.set(kind, of);
  }
  return counts;
}
