'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { newId } from '@/components/shell/new-id.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Menu, MenuRow, MenuTitle } from '@/components/ui/menu.tsx';
import { type CheckIn, isRunning } from '@/server/domain/follow-up.ts';
import { activeAssignments, type Incident } from '@/server/domain/incident.ts';
import { FollowSection } from './follow-section.tsx';
import type { FollowUp } from './use-follow-up.ts';
import { WordsDialog } from './words-dialog.tsx';

const everyMinutes = [5, 10, 20, 30, 60] as const;

/** Who has to be heard of on the scene, and who was not. */
export function CheckInList({ of, may, command }: { of: Incident; may: boolean; command: FollowUp }) {
  const t = useTranslations('followUp.checkIn');
  const [ending, setEnding] = useState<CheckIn | null>(null);
  const rows = [...of.checkIns].filter(isRunning).sort((a, b) => a.dueAt - b.dueAt);
  const followed = new Set(rows.map((one) => one.assignment));
  const others = activeAssignments(of).filter((held) => !followed.has(held.id));
  return (
    <FollowSection
      title={t('title', { count: rows.length })}
      action={
        may && others.length ? (
          <Menu
            label={t('start')}
            trigger={
              <Button size="sm" look="quiet">
                {t('start')}
              </Button>
            }
          >
            {others.map((held) => (
              <div key={held.id}>
                <MenuTitle>{held.callSign}</MenuTitle>
                {everyMinutes.map((minutes) => (
                  <MenuRow
                    key={minutes}
                    onSelect={() =>
                      command.run({
                        command: {
                          act: 'startCheckIn',
                          checkIn: newId(),
                          assignment: held.id,
                          name: held.callSign,
                          everyS: minutes * 60,
                        },
                      })
                    }
                  >
                    {t('every', { minutes })}
                  </MenuRow>
                ))}
              </div>
            ))}
          </Menu>
        ) : null
      }
    >
      {rows.length === 0 ? <p className="text-xs text-ink-faint">{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {rows.map((one) => (
          <Row
            key={one.id}
            of={one}
            may={may}
            busy={command.busy}
            onHear={() => command.run({ command: { act: 'hearCheckIn', checkIn: one.id } })}
            onEnd={() =>
              one.overdueSince === null
                ? command.run({ command: { act: 'endCheckIn', checkIn: one.id, reason: '' } })
                : setEnding(one)
            }
          />
        ))}
      </ul>
      {ending ? (
        <WordsDialog
          title={`${t('end')} · ${ending.name}`}
          label={t('why')}
          required
          busy={command.busy}
          onClose={() => setEnding(null)}
          onSend={(reason) => {
            command.run({ command: { act: 'endCheckIn', checkIn: ending.id, reason } });
            setEnding(null);
          }}
        />
      ) : null}
    </FollowSection>
  );
}

type RowProps = { of: CheckIn; may: boolean; busy: boolean; onHear: () => void; onEnd: () => void };

function Row({ of, may, busy, onHear, onEnd }: RowProps) {
  const t = useTranslations('followUp.checkIn');
  const formats = useFormats();
  const began = of.last?.at ?? of.startedAt;
  return (
    <li className={cn('flex items-center gap-2 py-1.5 text-sm', of.overdueSince !== null && 'text-critical-text')}>
      <span className="min-w-0 flex-1 truncate">
        <span className="font-medium">{of.name}</span>{' '}
        <span className="text-xs text-ink-faint">
          {of.last ? t('last', { time: formats.time(of.last.at) }) : t('notYet')}{' '}
          <Duration from={began} targetMs={of.dueAt - began} />
        </span>
      </span>
      {of.overdueSince !== null ? (
        <Badge tone="critical" filled>
          {t('overdue')}
        </Badge>
      ) : null}
      {may ? (
        <>
          <Button size="sm" aria-disabled={busy} onClick={() => !busy && onHear()}>
            {t('hear')}
          </Button>
          <Button size="sm" look="quiet" aria-disabled={busy} onClick={() => !busy && onEnd()}>
            {t('end')}
          </Button>
        </>
      ) : null}
    </li>
  );
}
