'use client';
import { ArrowLeft, Printer } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useConnection } from '@/components/live/use-live.ts';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { GradeMark, ResponseMark } from '@/components/shell/marks/scale-marks.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { Duration } from '@/components/ui/duration.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { Replay } from './replay.ts';
import { reviewRow } from './review-rows.ts';

/** What it was, how it ended, and which part of the sealed log this page is made of. */
export function ReviewHead({ of, replay, now }: { of: Incident; replay: Replay; now: Incident | null }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const formats = useFormats();
  const { serverPosition } = useConnection();
  const row = reviewRow(of);
  const first = replay.entries[0]?.position;
  const last = replay.entries.at(-1)?.position;
  return (
    <header className="flex flex-wrap items-start gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3 py-2">
      <Button asChild look="quiet" size="icon" className="print:hidden">
        <Link href="/review" prefetch={false} aria-label={t('review.back')}>
          <ArrowLeft />
        </Link>
      </Button>
      <div className="min-w-0 flex-1">
        <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-base font-semibold">
          <PriorityMark priority={of.priority} />
          <span className="figures text-ink-soft">{of.number}</span>
          <span className="min-w-0 break-words">
            {of.title || codes.incidentKind(of.kind) || t('incident.untitled')}
          </span>
        </h1>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-soft">
          <IncidentStateMark state={of.state} />
          <RealityMark reality={of.reality} />
          {of.grade ? <GradeMark grade={of.grade} /> : null}
          {of.response ? <ResponseMark level={of.response} /> : null}
          <span>{codes.incidentKind(of.kind) ?? t('ui.unknown')}</span>
          <span className="break-words">{of.place.text || t('incident.place.noPoint')}</span>
          <span className="figures">
            {formats.dateTime(row.beganAt)}
            {row.endedAt === null ? '' : ` – ${formats.dateTime(row.endedAt)}`}
          </span>
          <Duration from={row.beganAt} to={row.endedAt} />
        </p>
        <p className="figures mt-1 flex flex-wrap gap-x-3 text-2xs text-ink-faint">
          {first === undefined ? null : (
            <span title={t('review.log.positionHint')}>
              {t('review.positions', { first, last: last ?? first, count: replay.entries.length })}
            </span>
          )}
          {serverPosition === null ? null : <span>{t('review.sealed', { position: serverPosition })}</span>}
          {now && now.state !== of.state ? (
            <span className="text-accent-text print:hidden">
              {t('review.then', { state: t(`domain.incidentState.${now.state}`) })}
            </span>
          ) : null}
        </p>
      </div>
      <Button className="print:hidden" onClick={() => window.print()}>
        <Printer />
        {t('review.print')}
      </Button>
    </header>
  );
}
