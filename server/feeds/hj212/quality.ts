import type { Quality, QualityFlag } from '@/server/wire/record.ts';

type Judgement = readonly [state: Quality['state'], flag: QualityFlag | null];

/**
 * The mark that a station sets to each value (HJ 212-2017 table 6; the numbers are ambient air of 2005). Only N counts for compliance.
 * T and S are values to look at, the others are an instrument that was not measuring what it is there for.
 */
const marks: Readonly<Record<string, Judgement>> = {
  N: ['good', null],
  F: ['bad', 'maintenance'],
  M: ['bad', 'maintenance'],
  S: ['suspect', 'manual'],
  D: ['bad', 'sensor_fault'],
  C: ['bad', 'calibration'],
  T: ['suspect', 'over_range'],
  B: ['bad', 'sensor_fault'],
  P: ['bad', 'sensor_fault'],
  '0': ['bad', 'calibration'],
  '1': ['good', null],
  '2': ['bad', 'sensor_fault'],
  '3': ['good', null],
};

/** Without a mark a value is what it is; a mark nobody knows is kept under suspicion. */
export function judgeMark(mark: string | null): Judgement {
  if (mark === null || mark === '') return ['good', null];
  return marks[mark.toUpperCase()] ?? ['suspect', 'enum_unknown'];
}

const harmless: ReadonlySet<QualityFlag> = new Set(['backfill', 'checksum_variant', 'unit_assumed', 'length_bad']);

/** The worst of what the mark, the value and the other flags say. */
export function qualityOf(mark: Quality['state'], hasValue: boolean, flags: readonly QualityFlag[]): Quality {
  const all = flags.length > 1 ? [...new Set(flags)] : [...flags];
  if (!hasValue) return { state: 'missing', flags: all };
  if (mark === 'bad') return { state: 'bad', flags: all };
  return { state: mark === 'good' && all.every((flag) => harmless.has(flag)) ? 'good' : 'suspect', flags: all };
}
