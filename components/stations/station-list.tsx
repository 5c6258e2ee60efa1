'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { VirtualList } from '@/components/ui/virtual-list.tsx';
import { freshnessLimits } from './freshness-limits.ts';
import { isJudged, type StationLine } from './station-lines.ts';
import { FreshnessMark, ReadingStateMark } from './station-marks.tsx';
import { ValueRow } from './station-value.tsx';

const columns =
  'grid grid-cols-[8.5rem_minmax(11rem,1.4fr)_8rem_8rem_minmax(0,2.2fr)_10.5rem] items-center gap-x-3 px-3';

export type StationListProps = {
  lines: readonly StationLine[];
  active: string | null;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
  /** Null where the viewer may not register. */
  onRegister: ((line: StationLine) => void) | null;
  empty: ReactNode;
};

/** Every station on one line; only what is in view is drawn. Enter opens it. */
export function StationList({ lines, active, onActive, onOpen, onRegister, empty }: StationListProps) {
  const t = useTranslations('stations');
  const codes = useCodeWords();
  const words = useTranslations('domain');
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div aria-hidden className={cn(columns, 'h-control-sm shrink-0 border-b border-line text-xs text-ink-faint')}>
        <span>{t('column.state')}</span>
        <span>{t('column.station')}</span>
        <span>{t('column.kind')}</span>
        <span>{t('column.department')}</span>
        <span>{t('column.values')}</span>
        <span>{t('column.age')}</span>
      </div>
      <VirtualList
        label={t('list')}
        rows={lines}
        keyOf={(line) => line.id}
        active={active}
        onActive={onActive}
        onOpen={onOpen}
        rowRem={2.5}
        empty={empty}
        render={(line, { active: here }) => (
          <div
            data-station={line.id}
            className={cn(
              columns,
              'h-full border-b border-line text-sm',
              here ? 'bg-accent-wash' : 'hover:bg-hover/60',
            )}
          >
            <span className="flex flex-wrap gap-1 overflow-hidden">
              <ReadingStateMark state={line.state} />
              {isJudged(line) ? <FreshnessMark freshness={line.freshness} /> : null}
            </span>
            <span className="min-w-0">
              <span className="flex items-center gap-1.5">
                <span className="truncate font-medium" title={line.name}>
                  {line.name}
                </span>
                {line.entry ? null : <Badge tone="caution">{t('unregistered')}</Badge>}
              </span>
              <span className="block truncate font-mono text-2xs text-ink-faint">{line.id}</span>
            </span>
            <span className="truncate text-xs text-ink-soft">
              {line.kind ? words(`stationKind.${line.kind}`) : '—'}
            </span>
            <span className="truncate text-xs text-ink-soft">{codes.department(line.department) ?? '—'}</span>
            {line.readings.length > 0 ? (
              <ValueRow lines={line.readings} />
            ) : (
              <span className="text-xs text-ink-faint">
                {line.entry && line.entry.expectedIntervalS === null ? t('onEvent') : t('neverHeard')}
              </span>
            )}
            <span className="flex items-center justify-between gap-2 text-xs">
              {line.newestAt === null ? null : (
                <Age at={line.newestAt} {...freshnessLimits(line.entry?.expectedIntervalS ?? null)} />
              )}
              {line.entry === null && onRegister ? (
                // biome-ignore lint/a11y/noStaticElementInteractions: an option holds no button; the station's page has it
                // biome-ignore lint/a11y/useKeyWithClickEvents: for the mouse; by the keyboard Enter opens the station's page
                <span
                  onClick={(event) => {
                    event.stopPropagation();
                    onRegister(line);
                  }}
                  className="inline-flex h-control-sm items-center rounded-md border border-line-strong/60 bg-raised px-2 font-medium hover:bg-hover"
                >
                  {t('register')}
                </span>
              ) : null}
            </span>
          </div>
        )}
      />
    </div>
  );
}
