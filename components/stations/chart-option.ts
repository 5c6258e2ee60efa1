import type { EChartsCoreOption } from 'echarts/core';
import type { Threshold, ThresholdLevel } from '@/server/domain/station.ts';
import type { ChartRow, Gap } from './series-gaps.ts';

export type ChartColours = Record<'ink' | 'soft' | 'faint' | 'line' | 'raised' | 'mean' | ThresholdLevel, string>;
export type ChartWords = {
  readonly levels: Readonly<Record<ThresholdLevel, string>>;
  readonly mean: string;
  readonly range: string;
  /** Of one point, with its unit. */
  value(value: number): string;
  time(at: number): string;
};
export type ChartOf = {
  readonly rows: readonly ChartRow[];
  readonly gaps: readonly Gap[];
  readonly thresholds: readonly Threshold[];
  readonly from: number;
  readonly to: number;
  /** Points stand for pieces of time: their range is drawn behind the line. */
  readonly banded: boolean;
  readonly colours: ChartColours;
  readonly words: ChartWords;
  /** Pixels of the page's root letter: the chart grows with the page. */
  readonly rem: number;
};

/** The axis counts in UTC; moved by Beijing's offset its days begin where ours do. */
const zoneMs = 8 * 3_600_000;
const two = (value: number): string => String(value).padStart(2, '0');
const dayMs = 86_400_000;

/** A threshold is drawn where it matters to what is seen: the next one above and below always, others while near. */
export function shownThresholds(thresholds: readonly Threshold[], low: number, high: number): Threshold[] {
  const near = 4;
  return (['above', 'below'] as const).flatMap((when) => {
    const distance = ({ value }: Threshold) => (when === 'above' ? value - high : low - value);
    const all = thresholds.filter((one) => one.when === when);
    const next = Math.min(...all.map(distance).filter((one) => one > 0), Number.POSITIVE_INFINITY);
    const reach = near * Math.max(high - low, Number.isFinite(next) ? next : 0);
    return all.filter((one) => distance(one) <= Math.max(reach, Number.isFinite(next) ? next : 0));
  });
}

const mostAreas = 200;
const dashes: Record<ThresholdLevel, number[] | 'solid'> = { notice: [2, 4], alarm: [7, 4], severe: 'solid' };

export function chartOption(of: ChartOf): EChartsCoreOption {
  const { rows, gaps, from, to, banded, colours, words, rem } = of;
  const values = rows.flatMap(({ low, high }) => (low === null || high === null ? [] : [low, high]));
  const low = values.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const thresholds = values.length > 0 ? shownThresholds(of.thresholds, low, high) : [...of.thresholds];
  const all = [low, high, ...thresholds.map(({ value }) => value)].filter(Number.isFinite);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = (most - least || Math.abs(most) || 1) * 0.06;
  const small = Math.round(rem * 0.72);
  const byAt = new Map(rows.map((row) => [row.at + zoneMs, row]));
  const label = (moved: number): string => {
    const date = new Date(moved);
    const day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
    return moved % dayMs === 0 ? day : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  };
  const line = { type: 'line' as const, showSymbol: false, connectNulls: false, animation: false };
  const points = (pick: (row: ChartRow) => number | null) => rows.map((row) => [row.at + zoneMs, pick(row)]);
  const single = rows.filter(({ mean }) => mean !== null).length === 1;
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: 'inherit', fontSize: small, color: colours.soft },
    grid: { left: rem * 3.6, right: rem * 6, top: rem * 1, bottom: rem * 1.9 },
    tooltip: {
      trigger: 'axis',
      // Units and names come from outside: letters, never markup.
      renderMode: 'richText',
      backgroundColor: colours.raised,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: small },
      axisPointer: { type: 'line', lineStyle: { color: colours.faint, width: 1 } },
      formatter: (given: unknown) => {
        const moved = (given as readonly { axisValue: number }[])[0]?.axisValue ?? 0;
        const row = byAt.get(moved);
        if (!row || row.mean === null || row.low === null || row.high === null) return words.time(moved - zoneMs);
        const range = banded ? `\n${words.range} ${words.value(row.low)} – ${words.value(row.high)}` : '';
        return `${words.time(row.at)}\n${words.mean} ${words.value(row.mean)}${range}`;
      },
    },
    xAxis: {
      type: 'time',
      min: from + zoneMs,
      max: to + zoneMs,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { lineStyle: { color: colours.line } },
      axisLabel: { color: colours.faint, fontSize: small, hideOverlap: true, formatter: label },
      splitLine: { show: true, lineStyle: { color: colours.line, opacity: 0.5 } },
    },
    yAxis: {
      type: 'value',
      min: all.length > 0 ? least - margin : 0,
      max: all.length > 0 ? most + margin : 1,
      axisLabel: {
        color: colours.faint,
        fontSize: small,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => String(Number(value.toPrecision(6))),
      },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.5 } },
    },
    series: [
      ...(banded
        ? [
            { ...line, name: 'low', stack: 'band', stackStrategy: 'all', silent: true, data: points((row) => row.low) },
            {
              ...line,
              name: 'band',
              stack: 'band',
              stackStrategy: 'all',
              silent: true,
              data: points((row) => (row.high === null || row.low === null ? null : row.high - row.low)),
              areaStyle: { color: colours.mean, opacity: 0.22 },
            },
          ].map((one) => ({ ...one, lineStyle: { opacity: 0 } }))
        : []),
      {
        ...line,
        name: 'mean',
        showSymbol: single,
        symbolSize: rem * 0.5,
        data: points((row) => row.mean),
        lineStyle: { color: colours.mean, width: Math.max(1.5, rem * 0.1) },
        itemStyle: { color: colours.mean },
        z: 3,
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: thresholds.map(({ level, value, when }) => ({
            yAxis: value,
            lineStyle: { color: colours[level], type: dashes[level], width: Math.max(1, rem * 0.08) },
            label: {
              formatter: `${words.levels[level]} ${when === 'above' ? '>' : '<'} ${Number(value.toPrecision(6))}`,
              position: 'end',
              color: colours[level],
              fontSize: small,
            },
          })),
        },
        markArea: {
          silent: true,
          animation: false,
          itemStyle: { color: colours.faint, opacity: 0.09 },
          data: gaps.slice(0, mostAreas).map((gap) => [{ xAxis: gap.from + zoneMs }, { xAxis: gap.to + zoneMs }]),
        },
      },
    ],
  };
}
