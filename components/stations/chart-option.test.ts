import { describe, expect, it } from 'vitest';
import type { Threshold } from '@/server/domain/station.ts';
import { type ChartOf, chartOption, shownThresholds } from './chart-option.ts';

const threshold = (level: Threshold['level'], value: number, when: Threshold['when'] = 'above'): Threshold => ({
  ...{ level, value, when, source: null },
});
const colours = {
  ...{
    ink: '#1',
    soft: '#2',
    faint: '#3',
    line: '#4',
    raised: '#5',
    mean: '#6',
    notice: '#7',
    alarm: '#8',
    severe: '#9',
  },
};
const words = {
  ...{ levels: { notice: '注意', alarm: '告警', severe: '严重' }, mean: '均值', range: '范围' },
  value: (value: number) => `${value} m`,
  time: (at: number) => `t${at}`,
};
const at = Date.parse('2026-07-01T16:00:00Z');
const option = (more: Partial<ChartOf> = {}) =>
  chartOption({
    rows: [
      { at, mean: 7.3, low: 7.1, high: 7.5 },
      { at: at + 600_000, mean: null, low: null, high: null },
      { at: at + 1_200_000, mean: 7.4, low: 7.4, high: 7.4 },
    ],
    gaps: [{ from: at, to: at + 1_200_000 }],
    thresholds: [threshold('alarm', 8.7)],
    ...{ from: at - 1, to: at + 1_200_000, banded: true, colours, words, rem: 16 },
    ...more,
  }) as unknown as {
    xAxis: { axisLabel: { formatter: (value: number) => string } };
    yAxis: { min: number; max: number };
    tooltip: { renderMode: string; formatter: (of: unknown) => string };
    series: {
      name: string;
      connectNulls: boolean;
      data: [number, number | null][];
      markLine: never;
      markArea: never;
    }[];
  };

describe('which thresholds are drawn', () => {
  const flood = [threshold('notice', 8.1), threshold('alarm', 8.7), threshold('severe', 10.2)];
  it('the next one always, others while they do not flatten the line', () => {
    expect(shownThresholds(flood, 7, 7.7).map(({ value }) => value)).toEqual([8.1, 8.7, 10.2]);
    expect(shownThresholds([threshold('notice', 50), threshold('alarm', 5_000)], 1, 2).map((one) => one.value)).toEqual(
      [50],
    );
  });
  it('those that were passed, and those below', () => {
    expect(shownThresholds(flood, 8, 12).map(({ value }) => value)).toEqual([8.1, 8.7, 10.2]);
    const stock = [threshold('notice', 4, 'below'), threshold('alarm', 1, 'below')];
    expect(shownThresholds(stock, 6, 20).map(({ value }) => value)).toEqual([4, 1]);
  });
});

describe('the chart', () => {
  it('breaks its line and its band where nothing was heard', () => {
    const { series } = option();
    expect(series.map(({ name }) => name)).toEqual(['low', 'band', 'mean']);
    for (const one of series) {
      expect(one.connectNulls).toBe(false);
      expect(one.data[1]?.[1]).toBeNull();
    }
    expect(series[2]?.markArea).toMatchObject({ data: [[{}, {}]] });
    expect(option({ banded: false }).series.map(({ name }) => name)).toEqual(['mean']);
  });

  it('has its days where those of Beijing begin', () => {
    const { series, xAxis } = option();
    const moved = series[0]!.data[0]![0];
    expect(xAxis.axisLabel.formatter(moved)).toBe('07-02');
    expect(xAxis.axisLabel.formatter(moved + 5_400_000)).toBe('01:30');
  });

  it('shows the threshold within its axis and says its words without markup', () => {
    const { yAxis, tooltip, series } = option();
    expect(yAxis.max).toBeGreaterThan(8.7);
    expect(tooltip.renderMode).toBe('richText');
    expect(tooltip.formatter([{ axisValue: series[0]!.data[0]![0] }])).toBe(`t${at}\n均值 7.3 m\n范围 7.1 m – 7.5 m`);
    expect(tooltip.formatter([{ axisValue: 5 }])).toContain('t');
  });

  it('stands without a single value', () => {
    const { yAxis, series } = option({ rows: [], gaps: [], thresholds: [] });
    expect(yAxis).toMatchObject({ min: 0, max: 1 });
    expect(series[2]?.data).toEqual([]);
  });
});
