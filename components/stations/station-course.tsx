'use client';
import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { unitSign, useReadingWords, withUnit } from '@/components/shell/use-reading-words.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { ChartCanvas } from './chart-canvas.tsx';
import { chartOption } from './chart-option.ts';
import { chartRows, gapAfterMs, gapsOf, type Newest, type Series, summaryOf, withNewest } from './series-gaps.ts';
import { SeriesTable } from './series-table.tsx';
import type { StationLine } from './station-lines.ts';
import type { ValueLine } from './station-values.tsx';
import { useChartColours } from './use-chart-colours.ts';
import { useReadingsExport } from './use-readings-export.ts';
import { type Span, spans, useSeries } from './use-series.ts';

export type StationCourseProps = {
  line: StationLine;
  value: ValueLine;
  span: Span;
  onSpan: (span: Span) => void;
  as: 'chart' | 'table';
  onAs: (as: 'chart' | 'table') => void;
  mayRead: boolean;
};

const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** How one value went: a chart, the same as a table, and as a file. */
export function StationCourse({ line, value, span, onSpan, as, onAs, mayRead }: StationCourseProps) {
  const t = useTranslations('stations');
  const levels = useTranslations('domain.readingState');
  const locale = useLocale();
  const formats = useFormats();
  const words = useReadingWords();
  const refusalWords = useRefusalWords();
  const colours = useChartColours();
  const [size] = useState(rem);
  const { property, now, measure } = value;
  const { query, from, to } = useSeries(line.id, property, span, mayRead);
  const file = useReadingsExport();
  const newest = useMemo(
    (): Newest | null =>
      now && now.value !== null && now.quality !== 'bad' && now.observedAt !== null
        ? { at: now.observedAt, value: now.value, unit: now.unit }
        : null,
    [now],
  );
  const series = useMemo(
    (): Series | null => (query.data ? withNewest(query.data, newest) : null),
    [query.data, newest],
  );
  const after = series ? gapAfterMs(series, line.entry?.expectedIntervalS ?? null, line.entry !== null) : 0;
  const summary = series ? summaryOf(series, after, newest) : null;
  const name = words.property(property);

  // biome-ignore lint/correctness/useExhaustiveDependencies: words change with the locale only
  const option = useMemo(() => {
    if (!series || !colours || series.at.length === 0) return null;
    return chartOption({
      rows: chartRows(series, after),
      gaps: gapsOf(series, after),
      thresholds: measure && (measure.unit === null || measure.unit === series.unit) ? measure.thresholds : [],
      ...{ from, to, colours, rem: size },
      banded: series.widthMs > 0,
      words: {
        levels: { notice: levels('notice'), alarm: levels('alarm'), severe: levels('severe') },
        mean: t(series.widthMs > 0 ? 'chart.mean' : 'chart.value'),
        range: t('chart.range'),
        value: (of) => withUnit(of, series.unit),
        time: formats.dateTime,
      },
    });
  }, [series, colours, after, measure, from, to, size, locale]);

  const told = summary
    ? t('chart.summary', {
        ...{ name, span: t(`span.${span}`), points: summary.points, gaps: summary.gaps },
        low: withUnit(summary.low, series?.unit ?? null),
        high: withUnit(summary.high, series?.unit ?? null),
        last: withUnit(summary.last, series?.unit ?? null),
        at: formats.dateTime(summary.lastAt),
      })
    : t('chart.nothing');
  const refusal = query.error ? refusalOf(query.error) : null;
  return (
    <section aria-label={t('chart.title', { name })} className="flex min-h-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
        <h2 className="text-sm font-semibold">
          {name}
          {series && unitSign(series.unit) ? (
            <span className="ms-1 font-normal text-ink-faint">{unitSign(series.unit)}</span>
          ) : null}
        </h2>
        <ToggleGroup
          label={t('chart.span')}
          value={span}
          onValueChange={onSpan}
          choices={spans.map((one) => ({ value: one, label: t(`span.${one}`) }))}
        />
        <ToggleGroup
          label={t('chart.as')}
          value={as}
          onValueChange={onAs}
          choices={[
            { value: 'chart', label: t('chart.chart') },
            { value: 'table', label: t('chart.table') },
          ]}
        />
        {series && series.otherUnits > 0 ? (
          <Badge tone="caution">{t('chart.otherUnits', { count: series.otherUnits })}</Badge>
        ) : null}
        <Button
          size="sm"
          className="ms-auto"
          disabled={file.busy || !mayRead}
          onClick={() => file.save({ station: line.id, name: line.name, property, from, to })}
        >
          <Download aria-hidden />
          {file.rows === null ? t('chart.export') : t('chart.exporting', { count: file.rows })}
        </Button>
      </header>
      {!mayRead ? (
        <Empty title={t('chart.mayNot')} className="flex-1" />
      ) : query.isError && !series ? (
        <Failed
          className="flex-1"
          title={refusal ? refusalWords(refusal).text : undefined}
          onRetry={refusal ? undefined : () => void query.refetch()}
        />
      ) : !series ? (
        <Loading className="flex-1" />
      ) : series.at.length === 0 ? (
        <Empty title={t('chart.nothing')} className="flex-1" />
      ) : as === 'chart' ? (
        <ChartCanvas option={option} label={told} />
      ) : (
        <SeriesTable series={series} gapAfterMs={after} label={t('table.title', { name, span: t(`span.${span}`) })} />
      )}
      {summary ? <p className="figures px-3 py-1.5 text-2xs text-ink-faint">{told}</p> : null}
    </section>
  );
}
