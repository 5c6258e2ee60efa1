import { type Station, stationId } from '@/server/domain/station.ts';
import type { ReadingUpdate } from '@/server/live/latest-readings.ts';
import type { CapacityRecord, ReadingRecord } from '@/server/wire/record.ts';

export type ReadingSource = {
  readonly feed: string;
  readonly department: string | null;
  readonly expectedIntervalS: number | null;
  readonly receivedAt: number;
};
type StationOf = (scheme: string, key: string) => Station | null;

/** Without a time of their own these say nothing of now. */
const notOfNow: ReadonlySet<string> = new Set(['backfill', 'late', 'clock_invalid', 'duplicate']);

/**
 * Whose line it is: a part belongs to its station (`<hospital>/<kind of bed>`, `<panel>/<component>`), and where it is not named like what it
 * counts, it is a line of its own.
 */
export function lineOf(stationOf: StationOf, subject: { scheme: string; key: string }, property: string) {
  const own = stationId(subject.scheme, subject.key);
  const station = stationOf(subject.scheme, subject.key);
  if (!station || station.id === own || !own.startsWith(`${station.id}/`)) return { station: own, property };
  const part = own.slice(station.id.length + 1);
  return { station: station.id, property: part === property ? property : `${property}:${part}` };
}

/** How long a time a value is about; a sum gives way to a mean of the same time, and extremes are no value of now at all. */
function intervalOf(record: ReadingRecord): number | null | undefined {
  if (record.statistic === 'min' || record.statistic === 'max') return undefined;
  if (record.statistic === 'sum' || record.statistic === 'count') return (record.intervalS ?? 0) + 1;
  return record.intervalS;
}

/** A reading or a capacity as the picture of now takes it; null where it is none of that. */
export function readingUpdate(
  record: ReadingRecord | CapacityRecord,
  source: ReadingSource,
  stationOf: StationOf,
): ReadingUpdate | null {
  const { flags, state } = record.quality;
  const intervalS = record.kind === 'reading' ? intervalOf(record) : null;
  const observedAt = record.kind === 'capacity' ? (record.asOf ?? record.observedAt) : record.observedAt;
  const past = observedAt === null && flags.some((flag) => notOfNow.has(flag));
  if (intervalS === undefined || past || flags.includes('test')) return null;
  const line = lineOf(stationOf, record.subject, record.kind === 'reading' ? record.property : record.resource);
  const said =
    record.kind === 'capacity' && record.state !== 'open' && record.state !== 'unknown' ? record.state : undefined;
  // Field by field: spreading costs more than all the rest, ten thousand times a second.
  return {
    station: line.station,
    property: line.property,
    feed: source.feed,
    department: source.department,
    expectedIntervalS: source.expectedIntervalS,
    receivedAt: source.receivedAt,
    value: record.kind === 'reading' ? record.value : record.available,
    unit: record.kind === 'reading' ? record.unit : '1',
    observedAt,
    quality: state,
    maximum: record.kind === 'reading' ? null : record.maximum,
    said,
    intervalS,
  };
}
