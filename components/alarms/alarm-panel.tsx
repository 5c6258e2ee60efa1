'use client';
import { BellOff, Check, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import { Heading } from '@/components/ui/panel.tsx';
import type { Rule } from '@/server/domain/rule.ts';
import type { AlarmRow } from './alarm-order.ts';
import { AlarmMarks } from './alarm-row.tsx';
import { useAlarmWords } from './use-alarm-words.ts';

export type AlarmPanelProps = {
  row: AlarmRow;
  /** Null: not to be seen by this viewer, or gone. */
  rule: Rule | null;
  busy: boolean;
  onAcknowledge: (() => void) | null;
  onShelve: (() => void) | null;
  onUnshelve: (() => void) | null;
  onClose: () => void;
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-xs text-ink-faint">{label}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);

/** One alarm in full: what follows if nobody acts, and what to do by when. */
export function AlarmPanel({ row, rule, busy, onAcknowledge, onShelve, onUnshelve, onClose }: AlarmPanelProps) {
  const t = useTranslations('alarms');
  const ui = useTranslations('ui');
  const codes = useCodeWords();
  const words = useAlarmWords();
  const formats = useFormats();
  const { alarm } = row;
  const value = words.readingOf(alarm);
  const keyHint = (key: string) => (
    <span aria-hidden className="text-2xs opacity-75">
      {key}
    </span>
  );
  return (
    <aside aria-label={t('detail')} className="flex min-h-0 flex-col border-s border-line bg-panel">
      <header className="flex items-start gap-2 border-b border-line px-3 py-2">
        <PriorityMark priority={alarm.priority} className="mt-1" />
        <div className="min-w-0 flex-1">
          <h2 className="text-base leading-snug font-semibold break-words">{words.of(alarm.title)}</h2>
          <p className="flex flex-wrap items-center gap-1.5 text-xs text-ink-soft">
            {alarm.name}
            <AlarmMarks row={row} />
          </p>
        </div>
        <Button look="quiet" size="icon-sm" aria-label={ui('close')} onClick={onClose}>
          <X />
        </Button>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3 text-sm">
        {rule ? (
          <section className="rounded-md border border-line bg-sunken p-2.5">
            <Heading>{t('consequence')}</Heading>
            <p className="font-medium">{words.of(rule.consequence)}</p>
            <Heading className="mt-1.5">{t('action')}</Heading>
            <p className="font-medium">{words.of(rule.action)}</p>
            {rule.respondWithinS === null ? null : (
              <p className="mt-1.5 text-xs text-ink-soft">
                {t('within', { time: formats.minutes(Math.max(1, rule.respondWithinS / 60)) })}{' '}
                <Duration
                  from={alarm.raisedAt}
                  to={alarm.acknowledged?.at ?? null}
                  targetMs={rule.respondWithinS * 1_000}
                />
              </p>
            )}
          </section>
        ) : null}
        <dl className="grid grid-cols-[5.5rem_1fr] gap-x-3 gap-y-1">
          <Fact label={t('value')}>
            <span className="figures">
              {[words.property(alarm.subject.property), value].filter(Boolean).join(' ') || '—'}
            </span>
          </Fact>
          <Fact label={t('owner')}>{codes.department(alarm.department) ?? t('desk')}</Fact>
          <Fact label={t('subject')}>
            {alarm.subject.station ? (
              <Link
                href={`/stations/${encodeURIComponent(alarm.subject.station)}`}
                prefetch={false}
                className="text-accent-text hover:underline"
              >
                {alarm.name}
              </Link>
            ) : (
              alarm.name
            )}
            <span className="figures block text-xs break-all text-ink-faint">
              {alarm.subject.scheme} {alarm.subject.key}
            </span>
          </Fact>
          {alarm.text ? <Fact label={t('said')}>{alarm.text}</Fact> : null}
          <Fact label={t('raised')}>
            {formats.dateTime(alarm.raisedAt)}
            {alarm.cycle > 1 ? (
              <span className="text-xs text-ink-faint"> {t('cycle', { count: alarm.cycle })}</span>
            ) : null}
          </Fact>
          <Fact label={t('observed')}>
            {alarm.observedAt === null ? ui('unknown') : formats.dateTime(alarm.observedAt)}
          </Fact>
          {alarm.clearedAt === null ? null : <Fact label={t('cleared')}>{formats.dateTime(alarm.clearedAt)}</Fact>}
          {alarm.acknowledged ? (
            <Fact label={t('acknowledged')}>
              {alarm.acknowledged.by.name} · {formats.dateTime(alarm.acknowledged.at)}
            </Fact>
          ) : null}
          {alarm.shelved ? (
            <Fact label={t('shelf.title')}>
              {t('shelf.until', { time: formats.dateTime(alarm.shelved.until) })} · {alarm.shelved.by.name}
              <span className="block text-ink-soft">{alarm.shelved.reason}</span>
            </Fact>
          ) : null}
          {rule ? (
            <Fact label={t('source')}>
              {words.of(rule.source.text)} <Badge>{t(rule.source.verified ? 'verified' : 'unverified')}</Badge>
            </Fact>
          ) : null}
          {alarm.signal ? (
            <Fact label={t('signal')}>
              <Link
                href={`/?open=signal/${encodeURIComponent(alarm.signal)}`}
                prefetch={false}
                className="text-accent-text hover:underline"
              >
                {t('openSignal')}
              </Link>
            </Fact>
          ) : null}
        </dl>
        {alarm.parts.length > 0 ? (
          <section>
            <Heading>{t('partList', { count: alarm.partCount })}</Heading>
            <ul className="flex flex-col gap-1">
              {alarm.parts.map((part) => (
                <li key={part.key} className="flex gap-2 border-s-2 border-line ps-2 text-sm">
                  <span className="figures shrink-0 text-xs text-ink-faint">{formats.time(part.at)}</span>
                  <span className="min-w-0 break-words">{part.text || part.key}</span>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      <footer className="flex shrink-0 flex-wrap items-center gap-1.5 border-t border-line px-3 py-2">
        {onAcknowledge ? (
          <Button look="primary" aria-disabled={busy} onClick={onAcknowledge}>
            <Check aria-hidden />
            {t('acknowledge')} {keyHint('A')}
          </Button>
        ) : null}
        {onShelve ? (
          <Button aria-disabled={busy} onClick={onShelve}>
            <BellOff aria-hidden />
            {t('shelf.do')} {keyHint('S')}
          </Button>
        ) : null}
        {onUnshelve ? (
          <Button aria-disabled={busy} onClick={onUnshelve}>
            {t('shelf.undo')} {keyHint('S')}
          </Button>
        ) : null}
        {alarm.priority === 'P1' && !onShelve ? <p className="text-2xs text-ink-faint">{t('shelf.never')}</p> : null}
      </footer>
    </aside>
  );
}
