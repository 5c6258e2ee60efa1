'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import type { Department, Seat } from '@/server/domain/presence.ts';
import type { Actor } from '@/server/domain/role.ts';
import { isOverdue, presenceOf, vacantSince } from './presence.ts';
import { PresenceMark } from './presence-mark.tsx';
import { possibleSeatMoves } from './seat-moves.ts';
import { useSeatName } from './use-seat-name.ts';

export type DepartmentCardProps = {
  of: Department;
  actor: Actor;
  own: boolean;
  busy: boolean;
  /** A lead may check somebody else out. */
  onLeave: (seat: Seat) => void;
};

const edges = { present: 'border-s-good', away: 'border-s-caution', vacant: 'border-s-line-strong' } as const;

/** One department: its seats, who sits there since when, until when somebody is away. */
export function DepartmentCard({ of, actor, own, busy, onLeave }: DepartmentCardProps) {
  const t = useTranslations('stationing');
  const codes = useCodeWords();
  const formats = useFormats();
  const seatName = useSeatName();
  const now = useNow();
  const state = presenceOf(of);
  const gone = vacantSince(of);
  return (
    <li className={cn('flex flex-col gap-2 rounded-md border border-line border-s-[3px] bg-raised p-3', edges[state])}>
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold">{codes.department(of.id)}</h2>
        {own ? <Badge>{t('own')}</Badge> : null}
        <PresenceMark state={state} className="text-sm font-medium" />
      </div>
      {gone !== null ? (
        <p className="text-xs text-ink-soft">
          {t('vacantFor')} <Duration from={gone} />
        </p>
      ) : null}
      <ul className="flex flex-col gap-1.5">
        {of.seats.map((seat) => {
          const taken = seat.state === 'present' || seat.state === 'away';
          const overdue = now !== null && isOverdue(seat, now);
          const mayLeave = !own && possibleSeatMoves(of, seat, { now: now ?? 0, actor }).includes('leave');
          return (
            <li key={seat.id} className="flex min-h-control-sm items-start gap-2 border-t border-line pt-1.5 text-sm">
              <PresenceMark
                state={seat.state === 'present' || seat.state === 'away' ? seat.state : 'vacant'}
                bare
                className="mt-1"
              />
              <div className="min-w-0 flex-1">
                <p className="flex items-baseline gap-2">
                  <span className="shrink-0 text-xs text-ink-faint">{seatName(seat.name)}</span>
                  <span className={cn('min-w-0 truncate', taken ? 'font-medium' : 'text-ink-faint')}>
                    {taken ? seat.liaison?.name : t('vacant')}
                  </span>
                </p>
                {taken && seat.since !== null ? (
                  <p className="text-xs text-ink-faint">
                    {t(seat.state === 'away' ? 'awaySince' : 'presentSince', { time: formats.time(seat.since) })}{' '}
                    <Duration from={seat.since} />
                  </p>
                ) : null}
                {seat.state === 'away' ? (
                  <p className={cn('text-xs', overdue ? 'font-semibold text-serious-text' : 'text-caution-text')}>
                    {seat.backBy === null
                      ? t('noBackBy')
                      : overdue
                        ? t('overdueSince', { time: formats.time(seat.backBy) })
                        : t('backBy', { time: formats.time(seat.backBy) })}
                  </p>
                ) : null}
                {seat.note ? <p className="text-xs break-words text-ink-soft">{seat.note}</p> : null}
              </div>
              {mayLeave ? (
                <Button
                  size="sm"
                  look="quiet"
                  disabled={busy}
                  onClick={() => onLeave(seat)}
                  aria-label={t('leave.titleOther', { name: seat.liaison?.name ?? '' })}
                >
                  {t('checkOut')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </li>
  );
}
