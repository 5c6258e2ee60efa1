'use client';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import type { Department, Seat } from '@/server/domain/presence.ts';
import type { Actor } from '@/server/domain/role.ts';
import { isOverdue } from './presence.ts';
import { PresenceMark } from './presence-mark.tsx';
import { possibleSeatMoves, type SeatMove } from './seat-moves.ts';
import { useSeatName } from './use-seat-name.ts';

const chords: Record<SeatMove, string> = { take: 'c', away: 'w', back: 'b', relieve: 'r', leave: 'x' };

export type OwnSeatProps = {
  of: Department;
  actor: Actor;
  busy: boolean;
  onMove: (move: SeatMove, seat: Seat) => void;
};

/** A liaison's own department: every possible step as one button with its key. */
export function OwnSeat({ of, actor, busy, onMove }: OwnSeatProps) {
  const t = useTranslations();
  const codes = useCodeWords();
  const formats = useFormats();
  const seatName = useSeatName();
  const now = useNow() ?? 0;
  const mine = of.seats.find(
    (seat) => seat.liaison?.id === actor.id && (seat.state === 'present' || seat.state === 'away'),
  );
  /** Nobody sits on two seats. */
  const offered = (seat: Seat, move: SeatMove) =>
    !mine || seat.id === mine.id || (move !== 'take' && move !== 'relieve');
  const seats = of.seats.map((seat) => ({
    seat,
    moves: possibleSeatMoves(of, seat, { now, actor }).filter((move) => offered(seat, move)),
  }));
  /** A key means my own seat; without one, the first on which it is possible. */
  const target = (move: SeatMove): Seat | null => seats.find(({ moves }) => moves.includes(move))?.seat ?? null;
  useHotkeys(
    (Object.keys(chords) as SeatMove[]).map((move) => ({
      chord: chords[move],
      label: t(`domain.seatMove.${move}`),
      group: t('stationing.mine'),
      enabled: !busy && target(move) !== null,
      run: () => {
        const seat = target(move);
        if (seat) onMove(move, seat);
      },
    })),
  );
  return (
    <section aria-label={t('stationing.mine')} className="flex flex-col gap-3 border-b border-line p-3">
      <h2 className="flex items-baseline gap-2 text-sm font-semibold">
        {t('stationing.mine')}
        <span className="text-xs font-normal text-ink-faint">{codes.department(of.id)}</span>
      </h2>
      {mine ? null : <p className="text-sm text-ink-soft">{t('stationing.notIn')}</p>}
      <ul className="flex flex-col gap-2">
        {seats.map(({ seat, moves }) => {
          const taken = seat.state === 'present' || seat.state === 'away';
          const isMine = seat.id === mine?.id;
          return (
            <li
              key={seat.id}
              className={cn('rounded-md border border-line p-2.5', isMine && 'border-accent bg-accent-wash')}
            >
              <p className="flex items-center gap-2 text-sm">
                <span className="text-ink-soft">{seatName(seat.name)}</span>
                <span className="min-w-0 flex-1 truncate font-medium">{taken ? seat.liaison?.name : ''}</span>
                <PresenceMark state={seat.state === 'present' || seat.state === 'away' ? seat.state : 'vacant'} />
              </p>
              {taken && seat.since !== null ? (
                <p className="mt-0.5 text-xs text-ink-soft">
                  {t(seat.state === 'away' ? 'stationing.awaySince' : 'stationing.presentSince', {
                    time: formats.time(seat.since),
                  })}{' '}
                  <Duration from={seat.since} />
                  {seat.backBy !== null ? (
                    <span className={cn('ms-2', isOverdue(seat, now) && 'font-semibold text-serious-text')}>
                      {t(isOverdue(seat, now) ? 'stationing.overdueSince' : 'stationing.backBy', {
                        time: formats.time(seat.backBy),
                      })}
                    </span>
                  ) : null}
                </p>
              ) : null}
              {moves.length ? (
                <div className="mt-2 flex flex-wrap gap-2">
                  {moves.map((move, index) => (
                    <Button
                      key={move}
                      size={isMine || !mine ? 'md' : 'sm'}
                      look={index === 0 && (isMine || !mine) ? 'primary' : 'plain'}
                      disabled={busy}
                      onClick={() => onMove(move, seat)}
                    >
                      {t(`domain.seatMove.${move}`)}
                      {target(move)?.id === seat.id ? <Kbd>{chords[move].toUpperCase()}</Kbd> : null}
                    </Button>
                  ))}
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
