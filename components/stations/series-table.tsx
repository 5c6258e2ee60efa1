'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { figure, unitSign } from '@/components/shell/use-reading-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { type Gap, gapsOf, type Series } from './series-gaps.ts';

/** One column, one number of decimals. */
const decimalsOf = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, figure(value).split('.')[1]?.length ?? 0), 0);

/** The chart as a table: the newest first, silences as rows of their own. */
export function SeriesTable({ series, gapAfterMs, label }: { series: Series; gapAfterMs: number; label: string }) {
  const t = useTranslations('stations');
  const formats = useFormats();
  const banded = series.widthMs > 0;
  const gaps = new Map<number, Gap>(gapsOf(series, gapAfterMs).map((gap) => [gap.from, gap]));
  const unit = unitSign(series.unit);
  const decimals = decimalsOf(series.mean);
  const written = (value: number) => value.toFixed(decimals);
  const number = 'figures text-end';
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
      tabIndex={0}
      aria-label={label}
      className="min-h-0 flex-1 overflow-auto"
    >
      <Table aria-label={label}>
        <thead className="sticky top-0 z-10">
          <tr>
            <Th>{t('table.time')}</Th>
            <Th className="text-end">{t(banded ? 'table.mean' : 'table.value', { unit })}</Th>
            {banded ? (
              <>
                <Th className="text-end">{t('table.low', { unit })}</Th>
                <Th className="text-end">{t('table.high', { unit })}</Th>
                <Th className="text-end">{t('table.count')}</Th>
              </>
            ) : null}
            <Th>{t('table.quality')}</Th>
          </tr>
        </thead>
        <tbody>
          {series.at
            .map((_, row) => series.at.length - 1 - row)
            .flatMap((row) => {
              const gap = gaps.get(series.last[row]!);
              const doubtful = series.doubtful[row]!;
              return [
                gap ? (
                  <Tr key={`gap-${gap.from}`} className="text-ink-faint">
                    <Td colSpan={banded ? 6 : 3} className="text-xs">
                      {t('table.gap', { from: formats.dateTime(gap.from), to: formats.dateTime(gap.to) })}
                    </Td>
                  </Tr>
                ) : null,
                <Tr key={series.at[row]}>
                  <Td className="figures whitespace-nowrap">{formats.dateTime(series.at[row]!)}</Td>
                  <Td className={number}>{written(series.mean[row]!)}</Td>
                  {banded ? (
                    <>
                      <Td className={number}>{written(series.low[row]!)}</Td>
                      <Td className={number}>{written(series.high[row]!)}</Td>
                      <Td className={number}>{series.count[row]}</Td>
                    </>
                  ) : null}
                  <Td>
                    {doubtful > 0 ? <Badge tone="caution">{t('table.doubtful', { count: doubtful })}</Badge> : null}
                  </Td>
                </Tr>,
              ];
            })}
        </tbody>
      </Table>
    </section>
  );
}
