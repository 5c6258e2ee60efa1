import type { FeedRecord } from '@/server/wire/record.ts';

const timeKeys = new Set([
  'observedAt',
  'sourceAt',
  'relayedAt',
  'effectiveAt',
  'onsetAt',
  'expiresAt',
  'asOf',
  'at',
  'due',
]);
/** Lists whose members have times of their own. `extras` and others are plain values and left alone. */
const timedLists = new Set(['stages', 'calls']);

function withIsoTimes(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      if (timeKeys.has(key) && typeof value === 'number') return [key, isoTime(value)];
      if (timedLists.has(key) && Array.isArray(value)) return [key, value.map(withIsoTimes)];
      return [key, value];
    }),
  );
}

/** The years of a Date end somewhere, those of a broken clock do not. */
const isoTime = (at: number): string | null => (Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null);

/** A record as JSON (DESIGN.md §6): times ISO 8601 in UTC; what depends on the run, our receive time, is left out. */
export function recordToJson(record: FeedRecord): Record<string, unknown> {
  const { receivedAt: _, ...facts } = record;
  return withIsoTimes(facts);
}
