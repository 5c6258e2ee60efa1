'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { clockText } from '@/components/ui/elapsed.ts';
import { currentCycle, type Incident } from '@/server/domain/incident.ts';
import { clockRows, runningTarget } from './clock-rows.ts';

/** The present cycle at a glance: which clocks are stamped, and the one that runs against a target. */
export function ClockStrip({ of }: { of: Incident }) {
  const t = useTranslations();
  const formats = useFormats();
  const cycle = currentCycle(of).clocks;
  // Joined to another or voided: nothing waits for it any more.
  const stopped = of.state === 'merged' || of.state === 'voided';
  const running = stopped || of.state === 'suspended' || of.state === 'transferred' ? null : runningTarget(cycle);
  const rows = clockRows(cycle);
  const last = rows.findLastIndex((row) => row.at !== null);
  return (
    <div className="flex flex-col gap-1.5">
      <ol className="flex gap-0.5" aria-label={t('incident.clock.title')}>
        {rows.map((row, index) => (
          <li
            key={row.name}
            title={`${row.name} ${t(`domain.clock.${row.name}`)}${row.at === null ? '' : ` ${formats.time(row.at)}`}`}
            className={cn(
              'h-1.5 flex-1 rounded-full',
              row.at !== null ? 'bg-ink-soft' : index < last ? 'bg-line-strong/50' : 'bg-line',
            )}
          >
            <span className="sr-only">
              {row.name} {t(`domain.clock.${row.name}`)} {row.at === null ? t('ui.none') : formats.time(row.at)}
            </span>
          </li>
        ))}
      </ol>
      <div className="flex items-baseline justify-between gap-2 text-xs text-ink-faint">
        <span>
          {t('incident.clock.since')}{' '}
          <Duration
            from={cycle.T0 ?? of.openedAt}
            to={cycle.T10 ?? (stopped ? of.changedAt : null)}
            className="text-ink"
          />
        </span>
        {running?.target && running.from !== null ? (
          <span>
            {t(`domain.clockTarget.${running.target.id as 'answer'}`)}{' '}
            <Duration from={running.from} targetMs={running.target.withinS * 1000} className="text-sm text-ink" /> /{' '}
            {clockText(running.target.withinS * 1000)}
          </span>
        ) : null}
      </div>
    </div>
  );
}
