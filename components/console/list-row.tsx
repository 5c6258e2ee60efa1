'use client';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { ReadingStateMark } from '@/components/shell/marks/reading-state-mark.tsx';
import { Age } from '@/components/ui/age.tsx';
import { cn } from '@/components/ui/cn.ts';
import type { ListRow } from './list-rows.ts';

const edges = {
  normal: 'border-s-transparent',
  notice: 'border-s-caution',
  alarm: 'border-s-serious',
  severe: 'border-s-critical',
} as const;

/** One line of a list twin: what it is, how it stands, what it says and how old that is. */
export function ListRowView({ row, active, open }: { row: ListRow; active: boolean; open: boolean }) {
  const t = useTranslations();
  const vouched = row.freshness === 'fresh';
  return (
    <div
      className={cn(
        'flex h-full items-center gap-2 border-b border-line border-s-[3px] ps-2 pe-3',
        edges[row.state],
        active && 'bg-hover',
        open && 'bg-accent-wash',
      )}
    >
      {row.priority ? <PriorityMark priority={row.priority} /> : null}
      <div className="min-w-0 flex-1">
        <p className={cn('truncate text-sm', row.state === 'normal' ? 'font-medium' : 'font-semibold')}>{row.title}</p>
        <p className="truncate text-xs text-ink-faint">
          {[row.also, row.lonLat ? null : t('console.layers.notPlaced')].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className="flex shrink-0 flex-col items-end gap-0.5">
        <p className="flex items-center gap-1.5">
          {row.state === 'normal' ? null : <ReadingStateMark state={row.state} />}
          <span
            className={cn(
              'figures text-sm',
              row.freshness === 'late' && 'is-late',
              row.freshness === 'stale' && 'text-ink-faint',
            )}
          >
            {row.text}
          </span>
        </p>
        <p className="flex items-center gap-1.5 text-2xs text-ink-faint">
          {vouched ? null : (
            <span className={cn(row.freshness === 'stale' && 'is-stale')}>
              {t(`domain.freshness.${row.freshness}`)}
            </span>
          )}
          {row.at === null ? null : <Age at={row.at} />}
        </p>
      </div>
    </div>
  );
}
