import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';
import type { FeedsMessage, UnitDetail } from '@/server/wire/realtime.ts';
import type { Connection } from './connection-store.ts';
import { live } from './live.ts';
import { paced } from './paced.ts';
import type { Readings } from './reading-store.ts';
import type { Records } from './record-store.ts';

/** Equal at the first level: enough for lists and small objects that a selector builds anew. */
export function shallowEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  // Their entries are no keys: two of them would always look alike.
  if (a instanceof Map || a instanceof Set) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.is((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

export type UseSelectorOptions = {
  /** At most this often; lists take 2 (DESIGN.md §8), which is the default. 0: at once, for one record or a count. */
  readonly hz?: number;
  readonly equal?: (a: unknown, b: unknown) => boolean;
};

type Source<S> = S & { subscribe(listener: () => void): () => void };

function useSelected<S, T>(source: Source<S>, selector: (of: S) => T, options: UseSelectorOptions): T {
  const { hz = 2, equal = shallowEqual } = options;
  const held = useRef<{ value: T } | null>(null);
  const subscribe = useCallback((listener: () => void) => paced(source.subscribe, hz)(listener), [source, hz]);
  const read = (): T => {
    const value = selector(source);
    if (held.current && equal(held.current.value, value)) return held.current.value;
    held.current = { value };
    return value;
  };
  return useSyncExternalStore(subscribe, read, read);
}

/** What the selector makes of the records; renders only when that changes. */
export const useRecords = <T>(selector: (records: Records) => T, options: UseSelectorOptions = {}): T =>
  useSelected(live.records, selector, options);

/** The same of the stations' latest readings. */
export const useReadings = <T>(selector: (readings: Readings) => T, options: UseSelectorOptions = {}): T =>
  useSelected(live.readings, selector, options);

/** One record, at once. */
export const useRecord: <K extends Parameters<Records['get']>[0]>(
  type: K,
  id: string | null,
) => ReturnType<typeof live.records.get<K>> = (type, id) =>
  useRecords((records) => (id === null ? null : records.get(type, id)), { hz: 0, equal: Object.is });

export const useConnection = (): Connection =>
  useSyncExternalStore(live.connection.subscribe, live.connection.current, live.connection.current);

export const useFeedRates = (): FeedsMessage | null =>
  useSyncExternalStore(live.subscribeFeeds, live.getFeeds, live.getFeeds);

/** Exact age, speed and source of a unit that is being watched (`live.watch`). */
export function useUnitDetail(unit: string | null): UnitDetail | null {
  const read = useMemo(() => () => (unit === null ? null : live.getDetail(unit)), [unit]);
  return useSyncExternalStore(live.subscribeDetails, read, read);
}
