'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { stationedDepartments } from '@/server/domain/department.ts';
import type { Department } from '@/server/domain/presence.ts';
import { isOverdue, presenceOf, speaksFor, stationedOf } from './presence.ts';
import { PresenceMark } from './presence-mark.tsx';

export type PresencePanelProps = {
  departments: Iterable<Department>;
  /** False where persons are not to be named (a wall). */
  names?: boolean;
  className?: string;
};

/** Who is in the room, one line a department: for the console and wherever else there is little room. */
export function PresencePanel({ departments, names = true, className }: PresencePanelProps) {
  const t = useTranslations('stationing');
  const codes = useCodeWords();
  const now = useNow();
  const stationed = stationedOf(departments, stationedDepartments);
  return (
    <ul aria-label={t('presence')} className={cn('flex flex-col', className)}>
      {stationed.map((of) => {
        const state = presenceOf(of);
        const seat = speaksFor(of);
        const overdue = seat !== null && now !== null && isOverdue(seat, now);
        return (
          <li key={of.id} className="flex min-h-[1.9em] items-center gap-[0.6em] border-b border-line last:border-0">
            <PresenceMark state={state} bare />
            <span className={cn('min-w-0 flex-1 truncate', state === 'vacant' && 'text-ink-soft')}>
              {codes.department(of.id)}
            </span>
            {names && seat?.liaison ? <span className="truncate text-ink-soft">{seat.liaison.name}</span> : null}
            {seat ? (
              <span
                className={cn('shrink-0 text-[0.9em]', overdue ? 'font-semibold text-serious-text' : 'text-ink-soft')}
              >
                {overdue ? t('overdue') : seat.since === null ? null : <Duration from={seat.since} />}
              </span>
            ) : (
              <span className="shrink-0 text-[0.9em] text-ink-soft">{t('vacant')}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
