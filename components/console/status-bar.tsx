'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { AlarmStrip } from '@/components/alarms/alarm-count.tsx';
import { useConnection } from '@/components/live/use-live.ts';
import { ChordKeys } from '@/components/shell/keyboard-help.tsx';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { stationedOf } from '@/components/stationing/presence.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { stationedDepartments } from '@/server/domain/department.ts';
import type { Feed } from '@/server/domain/feed.ts';
import { type Department, isPresent } from '@/server/domain/presence.ts';
import { type Unit, unitStatus } from '@/server/domain/unit.ts';

export type StatusBarProps = {
  /** Before the records are here nothing is known, and nothing may look like "all right". */
  ready: boolean;
  departments: readonly Department[];
  feeds: readonly Feed[];
  units: Iterable<Unit>;
  /** Opens the command bar; null while it is open. */
  onCommand: (() => void) | null;
};

const stateOf = (of: Department): 'present' | 'away' | 'vacant' =>
  isPresent(of) ? 'present' : of.seats.some((seat) => seat.state === 'away') ? 'away' : 'vacant';

const marks = {
  present: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  away: (
    <path
      d="M5 1a4 4 0 0 1 0 8Z M5 1a4 4 0 1 0 0 8"
      fill="currentColor"
      fillOpacity="0.9"
      stroke="currentColor"
      strokeWidth="1"
    />
  ),
  vacant: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.2" />,
} as const;

/** Who is in the room, how the feeds are, what can be sent: one quiet line that colours only where something is wrong. */
export function StatusBar({ ready, departments, feeds, units, onCommand }: StatusBarProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const { lastSkip, skippedTicks, skippedReadings } = useConnection();
  const skipped = skippedTicks + skippedReadings;
  const bad = feeds.filter((feed) => feed.state === 'stale' || feed.state === 'down' || feed.state === 'late');
  const count = { available: 0, engaged: 0, emergency: 0 };
  for (const unit of units) {
    const status = unitStatus(unit);
    if (status === 'emergency') count.emergency += 1;
    else if (unit.assignments.length > 0) count.engaged += 1;
    else if (status === 'available' && unit.dispatchable) count.available += 1;
  }
  const stationed = stationedOf(departments, stationedDepartments);
  const present = stationed.filter((department) => stateOf(department) === 'present').length;
  const bar =
    'flex h-9 shrink-0 items-center gap-4 overflow-hidden border-t border-line bg-panel px-3 text-xs whitespace-nowrap text-ink-soft';
  if (!ready)
    return (
      <section aria-label={t('console.status.title')} className={bar}>
        {t('ui.loading')}
      </section>
    );
  const online = feeds.filter((feed) => feed.state === 'online').length;
  return (
    <section aria-label={t('console.status.title')} className={bar}>
      {onCommand ? (
        <button
          type="button"
          onClick={onCommand}
          className="inline-flex shrink-0 items-center gap-1.5 text-ink-faint hover:text-ink"
        >
          {t('commandBar.open')} <ChordKeys chord="ctrl+k" />
        </button>
      ) : null}
      <section aria-label={t('console.status.presence')} className="flex min-w-0 items-center gap-2.5">
        <Link href="/stationing" prefetch={false} className="shrink-0 text-ink-faint hover:text-ink">
          {t('console.status.present', { present, all: stationed.length })}
        </Link>
        <ul className="flex min-w-0 items-center gap-2.5 overflow-hidden">
          {stationed.map((department) => {
            const state = stateOf(department);
            return (
              <li
                key={department.id}
                title={t(`domain.seatState.${state}`)}
                className={cn('inline-flex items-center gap-1', state === 'vacant' && 'text-ink-faint')}
              >
                <svg viewBox="0 0 10 10" aria-hidden className="size-2.5 shrink-0">
                  {marks[state]}
                </svg>
                {words.department(department.id)}
                <span className="sr-only">{t(`domain.seatState.${state}`)}</span>
              </li>
            );
          })}
        </ul>
      </section>
      <section aria-label={t('console.status.units')} className="figures ms-auto flex shrink-0 items-center gap-3">
        <span className="inline-flex items-center gap-1">
          <UnitStatusMark status="available" /> {count.available}
        </span>
        <span>{t('console.status.engaged', { count: count.engaged })}</span>
        {count.emergency ? (
          <Badge tone="critical" filled>
            {t('domain.unitStatus.emergency')} {count.emergency}
          </Badge>
        ) : null}
      </section>
      <AlarmStrip />
      <Link href="/feeds" prefetch={false} className="shrink-0 hover:text-ink">
        {bad.length ? (
          <Badge tone={bad.some((feed) => feed.state === 'down') ? 'critical' : 'serious'}>
            {t('console.status.feedsBad', { bad: bad.length, all: feeds.length })}
          </Badge>
        ) : (
          t('console.status.feeds', { online, all: feeds.length })
        )}
      </Link>
      {lastSkip && skipped ? (
        <Badge tone="caution" className="hidden lg:inline-flex">
          {t('console.status.skipped', { count: skipped })}
        </Badge>
      ) : null}
    </section>
  );
}
