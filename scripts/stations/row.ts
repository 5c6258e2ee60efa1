import type { StationKind, ThresholdLevel } from '@/server/domain/station.ts';
import type { LonLat } from '@/sim/geo.ts';

export type RowThreshold = {
  readonly level: ThresholdLevel;
  readonly when: 'above' | 'below';
  readonly value: number;
};
export type RowMeasure = {
  readonly property: string;
  readonly unit: string | null;
  readonly thresholds?: readonly RowThreshold[];
  readonly maximum?: number;
  /** Between what it lies on an ordinary day: for the simulator; the register does not keep it. */
  readonly usual?: readonly [number, number];
};
/** One line of `stations.jsonl`; see the README beside it. */
export type StationRow = {
  readonly scheme: string;
  readonly key: string;
  readonly kind: StationKind;
  readonly name: string;
  readonly department: string;
  readonly lonLat: LonLat;
  readonly district: string;
  readonly address: string;
  readonly verticalDatum: 'wusong' | 'local' | 'unknown';
  readonly expectedIntervalS: number | null;
  readonly measures: readonly RowMeasure[];
};

export type Line = {
  readonly property: string;
  readonly unit: string | null;
  readonly usual?: readonly [number, number];
  readonly notice?: number;
  readonly alarm?: number;
  readonly severe?: number;
  readonly when?: 'above' | 'below';
  readonly maximum?: number;
};

export const measureOf = ({ property, unit, usual, maximum, when = 'above', ...levels }: Line): RowMeasure => {
  const thresholds = (['notice', 'alarm', 'severe'] as const).flatMap((level) => {
    const value = levels[level];
    return value === undefined ? [] : [{ level, when, value }];
  });
  return {
    property,
    unit,
    ...(thresholds.length > 0 ? { thresholds } : {}),
    ...(maximum === undefined ? {} : { maximum }),
    ...(usual ? { usual } : {}),
  };
};

export const digits = (value: number, width: number): string => String(value).padStart(width, '0');
export const rounded = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;
