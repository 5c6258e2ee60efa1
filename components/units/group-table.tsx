'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import type { Group } from './unit-board.ts';

export type GroupTableProps = {
  title: string;
  groups: readonly Group[];
  nameOf: (code: string) => string;
  chosen: string | null;
  onChoose: (code: string | null) => void;
};

/** How many of each there are and how they stand; a click shows only those. */
export function GroupTable({ title, groups, nameOf, chosen, onChoose }: GroupTableProps) {
  const t = useTranslations('units');
  return (
    <table className="w-full text-sm" aria-label={title}>
      <thead>
        <tr className="text-2xs text-ink-faint">
          <th scope="col" className="px-3 py-1 text-start font-medium">
            {title}
          </th>
          <th scope="col" className="px-1 text-end font-medium">
            {t('standing.free')}
          </th>
          <th scope="col" className="px-1 text-end font-medium">
            {t('standing.engaged')}
          </th>
          <th scope="col" className="px-3 text-end font-medium">
            {t('standing.off')}
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ code, counts }) => (
          <tr key={code} className={cn('hover:bg-hover', chosen === code && 'bg-accent-wash')}>
            <th scope="row" className="px-3 text-start font-normal">
              <button
                type="button"
                aria-pressed={chosen === code}
                className="flex min-h-control-sm w-full items-center gap-1.5 text-start"
                onClick={() => onChoose(chosen === code ? null : code)}
              >
                <span className="min-w-0 flex-1 truncate">{nameOf(code)}</span>
                {counts.emergency ? (
                  <span className="text-xs font-semibold text-critical-text">
                    {t('emergencies', { count: counts.emergency })}
                  </span>
                ) : null}
              </button>
            </th>
            <td className={cn('figures px-1 text-end', counts.free === 0 && 'text-serious-text')}>{counts.free}</td>
            <td className="figures px-1 text-end text-ink-soft">{counts.engaged}</td>
            <td className="figures px-3 text-end text-ink-faint">{counts.off}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
