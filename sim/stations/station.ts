import { readFileSync } from 'node:fs';
import type { LonLat } from '../geo.ts';

/** One line of the register of stations, as far as the simulator uses it. The file is data: whoever runs the city names it. */
export type Measure = {
  readonly property: string;
  readonly unit: string | null;
  /** What an ordinary day lies between; null: nothing is known. */
  readonly usual: readonly [number, number] | null;
  readonly maximum: number | null;
};
export type Station = {
  readonly scheme: string;
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly at: LonLat;
  readonly district: string;
  /** Null: it speaks only when something happens. */
  readonly intervalS: number | null;
  readonly measures: readonly Measure[];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOf = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const pairOf = (value: unknown): [number, number] | null => {
  if (!Array.isArray(value)) return null;
  const [low, high] = value.map(numberOf);
  return low != null && high != null ? [low, high] : null;
};

function stationOf(line: string, number: number): Station {
  const row: unknown = JSON.parse(line);
  const at = isObject(row) ? pairOf(row.lonLat) : null;
  if (!isObject(row) || !at || typeof row.scheme !== 'string' || typeof row.key !== 'string')
    throw new Error(`站点名录第 ${number} 行不完整`);
  const measures = Array.isArray(row.measures) ? row.measures.filter(isObject) : [];
  return {
    scheme: row.scheme,
    key: row.key,
    kind: String(row.kind),
    name: String(row.name),
    at,
    district: String(row.district ?? ''),
    intervalS: numberOf(row.expectedIntervalS),
    measures: measures.map((measure) => ({
      property: String(measure.property),
      unit: typeof measure.unit === 'string' ? measure.unit : null,
      usual: pairOf(measure.usual),
      maximum: numberOf(measure.maximum),
    })),
  };
}

export const readStations = (text: string): Station[] =>
  text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => stationOf(line, number));

/** Evenly thinned: every scheme keeps its first station, and about its share of the others. */
export function thinned(stations: readonly Station[], most: number): Station[] {
  if (stations.length <= most) return [...stations];
  const given = new Map<string, number>();
  return stations.filter(({ scheme }) => {
    const sum = (given.get(scheme) ?? 1) + most / stations.length;
    given.set(scheme, sum >= 1 ? sum - 1 : sum);
    return sum >= 1;
  });
}

export const stationsFrom = (file: string, most: number): Station[] =>
  thinned(readStations(readFileSync(file, 'utf8')), most);
