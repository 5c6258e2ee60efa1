'use client';
import { Siren } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { type Late, lateIn } from './room-late.ts';

const shown = 4;

/** What is overdue, in the incident's head: each with how long. Nothing overdue is nothing shown. */
export function RoomLateList({ of, onOpen }: { of: Incident; onOpen: (kind: Late['kind']) => void }) {
  const t = useTranslations('room.late');
  const clocks = useTranslations('domain.clockTarget');
  const told = useTranslations('domain.escalation');
  const codes = useCodeWords();
  const all = lateIn(of);
  if (all.length === 0) return null;
  const nameOf = (late: Late): string =>
    late.kind === 'clock'
      ? clocks(late.name as 'answer')
      : late.kind === 'order'
        ? (codes.department(late.name) ?? late.name)
        : late.name;
  return (
    <ul aria-label={t('title', { count: all.length })} className="flex flex-wrap gap-1">
      {all.slice(0, shown).map((late) => (
        <li key={`${late.kind}/${late.id}`} className="max-w-full">
          <button
            type="button"
            className="flex max-w-full items-center gap-1 rounded-sm border border-serious-text/40 px-1.5 text-2xs text-serious-text hover:bg-hover"
            onClick={() => onOpen(late.kind)}
          >
            <span aria-hidden>{late.kind === 'checkIn' ? '■' : '▲'}</span>
            <span className="truncate">{t(late.kind, { name: nameOf(late) })}</span>
            {late.kind === 'order' && late.toldTo ? (
              <span className="shrink-0">{t('told', { to: told(late.toldTo) })}</span>
            ) : null}
            <Duration from={late.since} className="text-inherit" />
          </button>
        </li>
      ))}
      {all.length > shown ? (
        <li className="text-2xs text-serious-text">{t('more', { count: all.length - shown })}</li>
      ) : null}
    </ul>
  );
}

/** Made a major incident: where it stands, on every list. */
export function MajorMark({ of }: { of: Pick<Incident, 'major'> }) {
  const t = useTranslations('room.upgrade');
  return of.major ? (
    <Badge tone="critical" filled title={of.major.reason}>
      <Siren aria-hidden /> {t('mark')}
    </Badge>
  ) : null;
}
