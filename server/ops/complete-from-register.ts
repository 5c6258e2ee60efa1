import type { Measure, Station, Threshold } from '@/server/domain/station.ts';
import type { CapacityRecord, FeedRecord, ReadingRecord } from '@/server/wire/record.ts';

/** The level at which somebody may have to act: what a message's own limit would say. */
const limitOf = (thresholds: readonly Threshold[]): number | null =>
  thresholds.find(({ level, when }) => level === 'alarm' && when === 'above')?.value ?? null;

function completeReading(record: ReadingRecord, measure: Measure): ReadingRecord {
  const guessed = record.quality.flags.includes('unit_assumed');
  const named = measure.unit !== null && (record.unit === null || guessed);
  const unit = named ? measure.unit : record.unit;
  // A limit in another unit than the value's would be worse than none.
  const limit = record.limit ?? (unit === measure.unit ? limitOf(measure.thresholds) : null);
  if (unit === record.unit && limit === record.limit && !(named && guessed)) return record;
  const flags = named ? record.quality.flags.filter((flag) => flag !== 'unit_assumed') : record.quality.flags;
  const settled = record.quality.state === 'suspect' && guessed && flags.length === 0;
  return { ...record, unit, limit, quality: { state: settled ? 'good' : record.quality.state, flags } };
}

const completeCapacity = (record: CapacityRecord, measure: Measure): CapacityRecord =>
  record.maximum !== null || measure.maximum === null ? record : { ...record, maximum: measure.maximum };

/**
 * What a message leaves out and the register knows: where its station stands, in what it measures, and what is too much. What the message
 * says itself stands. Pure; the same record where nothing is missing.
 */
export function completeFromRegister(record: FeedRecord, station: Station | null): FeedRecord {
  if (!station || record.kind === 'position' || record.kind === 'call' || record.kind === 'case') return record;
  const placed: FeedRecord =
    record.geometry || !station.lonLat
      ? record
      : { ...record, geometry: { type: 'Point', coordinates: station.lonLat }, geometrySource: 'register' };
  if (placed.kind === 'reading') {
    const measure = station.measures.find(({ property }) => property === placed.property);
    return measure ? completeReading(placed, measure) : placed;
  }
  if (placed.kind !== 'capacity') return placed;
  const measure = station.measures.find(({ property }) => property === placed.resource);
  return measure ? completeCapacity(placed, measure) : placed;
}
