import type { ReadingsMessage, StationNow } from '@/server/wire/realtime.ts';
import { createListeners } from './listeners.ts';

/** What a selector may read. `all` gives the same map object until something in it changes. */
export type Readings = {
  get(station: string): StationNow | null;
  all(): ReadonlyMap<string, StationNow>;
  /** Server time of the newest message. */
  readonly at: number | null;
};
export type ReadingStore = Readings & {
  take(message: ReadingsMessage): void;
  /** Nobody vouches for any value any more (link lost): what was fresh or late is stale. */
  fade(): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
};

const vouched = ['fresh', 'late'];
const faded = (of: StationNow): StationNow =>
  of.readings.some((line) => vouched.includes(line.freshness))
    ? {
        ...of,
        freshness: 'stale',
        readings: of.readings.map((line) =>
          vouched.includes(line.freshness) ? { ...line, freshness: 'stale' } : line,
        ),
      }
    : of;

/** The latest readings of all stations, whole stations at a time. */
export function createReadingStore(): ReadingStore {
  const told = createListeners();
  let stations: ReadonlyMap<string, StationNow> = new Map();
  let at: number | null = null;
  return {
    get at() {
      return at;
    },
    get: (station) => stations.get(station) ?? null,
    all: () => stations,
    subscribe: told.add,
    take(message) {
      const next = new Map(message.all ? [] : stations);
      for (const of of message.stations) {
        // Without a line there is nothing to show any more: it made room for others.
        if (of.readings.length === 0) next.delete(of.station);
        else next.set(of.station, of);
      }
      stations = next;
      at = message.at;
      told.tell();
    },
    fade() {
      if (stations.size === 0) return;
      stations = new Map(Array.from(stations, ([id, of]) => [id, faded(of)]));
      told.tell();
    },
    clear() {
      stations = new Map();
      at = null;
      told.tell();
    },
  };
}
