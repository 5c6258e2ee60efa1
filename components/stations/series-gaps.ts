import type { Answers } from '@/components/shell/trpc.ts';

/** As it is given: columns, each point standing for what lies between `first` and `last`. */
export type Series = Extract<Answers['history']['readings'], { readonly widthMs: number }>;

export type Gap = { readonly from: number; readonly to: number };

const intervalsInAGap = 2;
const enoughToLearn = 8;

/**
 * From how long a silence on the line is broken: twice what the register promises. Where it promises nothing, a source that is not registered
 * shows its own rhythm; a station that speaks only when something happens has none, and its line is never broken.
 */
export function gapAfterMs(series: Series, expectedIntervalS: number | null, registered: boolean): number {
  if (expectedIntervalS !== null) return intervalsInAGap * expectedIntervalS * 1_000;
  if (registered || series.at.length < enoughToLearn) return Number.POSITIVE_INFINITY;
  const steps = series.first.slice(1).map((first, at) => first - series.last[at]!);
  const usual = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)]!;
  return usual <= 0 ? Number.POSITIVE_INFINITY : 2 * intervalsInAGap * usual;
}

export function gapsOf(series: Series, afterMs: number): Gap[] {
  return series.first.slice(1).flatMap((first, at) => {
    const last = series.last[at]!;
    return first - last > afterMs ? [{ from: last, to: first }] : [];
  });
}

/** Rows for the chart; a row without a value stands in each gap and breaks the line. */
export type ChartRow = {
  readonly at: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export function chartRows(series: Series, afterMs: number): ChartRow[] {
  return series.at.flatMap((at, index): ChartRow[] => {
    const row = { at, mean: series.mean[index]!, low: series.low[index]!, high: series.high[index]! };
    const next = series.first[index + 1];
    const last = series.last[index]!;
    if (next === undefined || next - last <= afterMs) return [row];
    return [row, { at: (last + next) / 2, mean: null, low: null, high: null }];
  });
}

export type Summary = {
  readonly low: number;
  readonly high: number;
  readonly last: number;
  readonly lastAt: number;
  readonly points: number;
  readonly gaps: number;
};

export type Newest = { readonly at: number; readonly value: number; readonly unit: string | null };

/** The last point may be a mean of a piece of time; what is latest is the newest value itself. */
export function summaryOf(series: Series, afterMs: number, newest: Newest | null = null): Summary | null {
  const end = series.at.length - 1;
  if (end < 0) return null;
  const known = newest && newest.unit === series.unit && newest.at >= series.last[end]! ? newest : null;
  return {
    low: series.low.reduce((least, one) => Math.min(least, one)),
    high: series.high.reduce((most, one) => Math.max(most, one)),
    last: known?.value ?? series.mean[end]!,
    lastAt: known?.at ?? series.last[end]!,
    points: series.count.reduce((sum, one) => sum + one, 0),
    gaps: gapsOf(series, afterMs).length,
  };
}

/** The newest value of all, from the socket, where the series was read a moment before. */
export function withNewest(series: Series, newest: Newest | null): Series {
  const last = series.last.at(-1);
  if (!newest || (last !== undefined && newest.at <= last)) return series;
  if (series.unit !== null && newest.unit !== series.unit) return series;
  const { at, value } = newest;
  return {
    ...series,
    unit: series.unit ?? newest.unit,
    at: [...series.at, at],
    first: [...series.first, at],
    last: [...series.last, at],
    mean: [...series.mean, value],
    low: [...series.low, value],
    high: [...series.high, value],
    count: [...series.count, 1],
    doubtful: [...series.doubtful, 0],
  };
}
