'use client';
import { useTranslations } from 'next-intl';
import { useReadingWords, withUnit } from '@/components/shell/use-reading-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Empty } from '@/components/ui/states.tsx';
import type { Measure, Station } from '@/server/domain/station.ts';
import type { ReadingNow } from '@/server/wire/realtime.ts';
import { freshnessLimits } from './freshness-limits.ts';
import { isJudged } from './station-lines.ts';
import { FreshnessMark, ReadingStateMark } from './station-marks.tsx';
import { ValueText } from './station-value.tsx';

export type ValueLine = {
  readonly property: string;
  readonly now: ReadingNow | null;
  readonly measure: Measure | null;
};

/** What it reads, in the register's order; what it should read and has not is a line too. */
export function valueLines(entry: Station | null, readings: readonly ReadingNow[]): ValueLine[] {
  const measures = entry?.measures ?? [];
  const byProperty = new Map(readings.map((line) => [line.property, line]));
  return [
    ...measures.map((measure) => ({
      property: measure.property,
      now: byProperty.get(measure.property) ?? null,
      measure,
    })),
    ...readings
      .filter(({ property }) => !measures.some((measure) => measure.property === property))
      .map((now) => ({ property: now.property, now, measure: null })),
  ];
}

export type StationValuesProps = {
  lines: readonly ValueLine[];
  entry: Station | null;
  shown: string | null;
  onShow: (property: string) => void;
};

/** Each line is the button that shows its course. */
export function StationValues({ lines, entry, shown, onShow }: StationValuesProps) {
  const t = useTranslations('stations');
  const levels = useTranslations('domain.readingState');
  const words = useReadingWords();
  if (lines.length === 0) return <Empty title={t('noValues')} />;
  return (
    <ul aria-label={t('values')} className="flex flex-col">
      {lines.map(({ property, now, measure }) => (
        <li key={property} className="border-b border-line">
          <button
            type="button"
            aria-pressed={shown === property}
            onClick={() => onShow(property)}
            className={cn(
              'flex w-full flex-col gap-1 px-3 py-2 text-start outline-offset-[-2px]',
              shown === property ? 'bg-accent-wash' : 'hover:bg-hover/60',
            )}
          >
            <span className="flex w-full items-baseline justify-between gap-3">
              <span className="min-w-0 truncate text-sm">
                {words.property(property)} <span className="font-mono text-2xs text-ink-faint">{property}</span>
              </span>
              {now ? <ValueText line={now} className="text-lg" /> : <span className="text-ink-faint">—</span>}
            </span>
            <span className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-2xs text-ink-faint">
              {now ? (
                <>
                  <ReadingStateMark state={now.state} />
                  {isJudged({ entry, freshness: now.freshness }) ? <FreshnessMark freshness={now.freshness} /> : null}
                  <Age at={now.observedAt ?? now.receivedAt} {...freshnessLimits(entry?.expectedIntervalS ?? null)} />
                </>
              ) : (
                t('neverHeard')
              )}
              {measure?.thresholds.map(({ level, when, value, source }) => (
                <span key={`${level} ${when} ${value}`} className="figures" title={source ?? undefined}>
                  {levels(level)} {when === 'above' ? '>' : '<'} {withUnit(value, measure.unit)}
                </span>
              ))}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
