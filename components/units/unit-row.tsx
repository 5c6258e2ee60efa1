'use client';
import { useTranslations } from 'next-intl';
import { useUnitDetail } from '@/components/live/use-live.ts';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { cn } from '@/components/ui/cn.ts';
import { type Unit, unitStatus } from '@/server/domain/unit.ts';
import { sinceOf } from './unit-board.ts';
import { useWatched } from './use-watched.ts';

export const rowColumns =
  'grid grid-cols-[minmax(9rem,1.4fr)_minmax(8rem,1.4fr)_minmax(7rem,1fr)_minmax(9rem,1.6fr)_5.5rem_6rem] items-center gap-3 px-3';

export type UnitRowProps = { unit: Unit; active: boolean; open: boolean; incident: string | null };

/** One unit: what it is, what it does, for which incident and since when, and how old its position is. */
export function UnitRow({ unit, active, open, incident }: UnitRowProps) {
  const t = useTranslations('units');
  const words = useCodeWords();
  const detail = useUnitDetail(unit.id);
  const since = sinceOf(unit);
  useWatched(unit.id);
  return (
    <div
      className={cn(rowColumns, 'h-full border-b border-line text-sm', active && 'bg-hover', open && 'bg-accent-wash')}
    >
      <span className="min-w-0 truncate">
        <span className="font-semibold">{unit.callSign}</span>{' '}
        <span className="text-xs text-ink-faint">{unit.name}</span>
      </span>
      <span className="min-w-0 truncate text-xs text-ink-soft">
        {[words.unitKind(unit.kind), ...unit.capabilities.map(words.capability)].join(' · ')}
      </span>
      <span className="min-w-0 truncate text-xs text-ink-soft">{words.department(unit.department) ?? t('nobody')}</span>
      <span className="flex min-w-0 items-center gap-2 text-xs">
        <UnitStatusMark status={unitStatus(unit)} />
        {unit.dispatchable ? null : <span className="text-ink-faint">{t('notDispatchable')}</span>}
        <span className="figures min-w-0 truncate text-ink-faint">{incident}</span>
      </span>
      <span className="text-end text-xs text-ink-soft">{since === null ? '—' : <Age at={since} />}</span>
      <span className="text-end">
        <Age
          at={detail?.observedAt ?? null}
          className={cn(
            'text-xs text-ink-faint',
            detail?.freshness === 'late' && 'is-late',
            detail?.freshness === 'stale' && 'is-stale',
          )}
        />
      </span>
    </div>
  );
}
