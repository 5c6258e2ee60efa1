'use client';
import { CloudSun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useConnection, useRecords } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { ScrollArea } from '@/components/ui/scroll-area.tsx';
import { Empty, Loading } from '@/components/ui/states.tsx';
import { stationedDepartments } from '@/server/domain/department.ts';
import { may } from '@/server/domain/policy.ts';
import type { Department, Seat } from '@/server/domain/presence.ts';
import { AwayDialog } from './away-dialog.tsx';
import { DepartmentCard } from './department-card.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { OwnOrders } from './own-orders.tsx';
import { OwnSeat } from './own-seat.tsx';
import { presenceOf, stationedOf } from './presence.ts';
import { SeatChanges } from './seat-changes.tsx';
import type { SeatMove } from './seat-moves.ts';
import { useSeatCommand } from './use-seat-command.ts';
import { useSeatName } from './use-seat-name.ts';

type Asking = { readonly about: 'away' | 'leave'; readonly department: Department; readonly seat: Seat };

/** Stationing 进驻: the ten departments in the room, my own seat, and what changed. */
export function Stationing() {
  const t = useTranslations('stationing');
  const codes = useCodeWords();
  const seatName = useSeatName();
  const { actor } = useSigned();
  const { position } = useConnection();
  const records = useRecords((all) => all.all('department'), { hz: 0 });
  const [asking, setAsking] = useState<Asking | null>(null);
  const command = useSeatCommand({ onSaved: () => setAsking(null) });
  const departments = Array.from(records.values(), (held) => held.body);
  const stationed = stationedOf(departments, stationedDepartments);
  const connected = departments.filter((of) => !of.stationed);
  const present = stationed.filter((of) => presenceOf(of) === 'present').length;
  const own = actor.roles.includes('liaison') ? (stationed.find((of) => of.id === actor.department) ?? null) : null;
  const version = Array.from(records.values(), (held) => held.version).reduce((sum, one) => sum + one, 0);

  function move(name: SeatMove, department: Department, seat: Seat) {
    if (name === 'away' || name === 'leave') return setAsking({ about: name, department, seat });
    command.run({ department: department.id, command: { move: name, seat: seat.id } });
  }

  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <ScrollArea label={t('title')} className="bg-panel">
        <div className="p-4">
          <header className="mb-3 flex items-baseline gap-3">
            <h1 className="text-lg font-semibold">{t('title')}</h1>
            {position === null ? null : (
              <p className="text-sm text-ink-soft">{t('summary', { present, all: stationed.length })}</p>
            )}
          </header>
          {position === null ? <Loading /> : null}
          {own ? <OwnOrders department={own.id} actor={actor} /> : null}
          {position !== null && stationed.length === 0 ? (
            <Empty title={may(actor, 'department.read') ? t('none') : t('mayNot')} />
          ) : null}
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-3">
            {stationed.map((of) => (
              <DepartmentCard
                key={of.id}
                of={of}
                actor={actor}
                own={of.id === own?.id}
                busy={command.busy}
                onLeave={(seat) => move('leave', of, seat)}
              />
            ))}
          </ul>
          {connected.length ? (
            <section
              aria-label={t('connectedOnly')}
              className="mt-4 flex items-start gap-2.5 rounded-md border border-dashed border-line-strong/60 p-3 text-sm"
            >
              <CloudSun className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden />
              <p>
                <span className="font-medium">{connected.map((of) => codes.department(of.id)).join(t('comma'))}</span>{' '}
                <span className="text-ink-soft">{t('connectedHint')}</span>
              </p>
            </section>
          ) : null}
        </div>
      </ScrollArea>
      <aside aria-label={t('side')} className="flex min-h-0 flex-col border-s border-line bg-panel">
        {own ? (
          <OwnSeat of={own} actor={actor} busy={command.busy} onMove={(name, seat) => move(name, own, seat)} />
        ) : position === null ? null : (
          <p className="border-b border-line p-3 text-sm text-ink-soft">{t('noSeat')}</p>
        )}
        <h2 className="px-3 pt-3 text-xs font-medium text-ink-faint">{t('changes')}</h2>
        <ScrollArea label={t('changes')} className="flex-1">
          {may(actor, 'department.read') ? <SeatChanges version={version} /> : null}
        </ScrollArea>
      </aside>
      {asking?.about === 'away' ? (
        <AwayDialog
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={(backBy, note) =>
            command.run({
              department: asking.department.id,
              command: { move: 'away', seat: asking.seat.id, backBy, note },
            })
          }
        />
      ) : null}
      {asking?.about === 'leave' ? (
        <LeaveDialog
          seat={seatName(asking.seat.name)}
          other={asking.seat.liaison?.id === actor.id ? null : (asking.seat.liaison?.name ?? '')}
          busy={command.busy}
          onClose={() => setAsking(null)}
          onSend={() =>
            command.run({ department: asking.department.id, command: { move: 'leave', seat: asking.seat.id } })
          }
        />
      ) : null}
    </div>
  );
}
