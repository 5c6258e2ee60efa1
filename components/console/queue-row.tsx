'use client';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { WarningMark } from '@/components/shell/marks/scale-marks.tsx';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { activeAssignments } from '@/server/domain/incident.ts';
import type { QueueRow } from './queue-order.ts';

const edges = {
  P1: 'border-s-critical',
  P2: 'border-s-serious',
  P3: 'border-s-transparent',
  P4: 'border-s-transparent',
} as const;
/** A caller waits against the answering target; other signals have none. */
const answerMs = 15_000;

export type QueueRowViewProps = { row: QueueRow; active: boolean; open: boolean };

export function QueueRowView({ row, active, open }: QueueRowViewProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const title =
    row.of === 'signal'
      ? row.signal.title || row.signal.text || t(`domain.signalKind.${row.signal.kind}`)
      : row.incident.title || words.incidentKind(row.incident.kind) || t('incident.untitled');
  const place = row.of === 'signal' ? row.signal.place.text : row.incident.place.text;
  const calls = row.of === 'signal' && (row.signal.kind === 'call' || row.signal.kind === 'sos');
  const ended = row.of === 'incident' ? (row.incident.cycles.at(-1)?.clocks.T10 ?? null) : null;
  return (
    <div
      className={cn(
        'flex h-full gap-2 border-b border-line border-s-[3px] py-1.5 ps-2 pe-3',
        edges[row.priority],
        active && 'bg-hover',
        open && 'bg-accent-wash',
        !row.open && 'text-ink-faint',
      )}
    >
      <PriorityMark priority={row.priority} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <p className={cn('min-w-0 flex-1 truncate text-sm', row.waiting ? 'font-semibold' : 'font-medium')}>
            {title}
          </p>
          <Duration
            from={row.since}
            to={row.open ? null : ended}
            targetMs={row.waiting && calls ? answerMs : null}
            className="shrink-0 text-xs text-ink-soft"
          />
        </div>
        <div className="flex items-center gap-2 text-xs text-ink-faint">
          {row.of === 'signal' ? (
            <span className="inline-flex items-center gap-1 whitespace-nowrap">
              <SignalKindIcon kind={row.signal.kind} className="size-3.5" />
              {row.open ? t('console.queue.signal') : t(`domain.signalState.${row.signal.state}`)}
            </span>
          ) : (
            <IncidentStateMark state={row.incident.state} />
          )}
          <span className="min-w-0 truncate">{place || t('console.queue.noPlace')}</span>
        </div>
        <div className="flex items-center gap-1.5 overflow-hidden text-2xs text-ink-faint">
          {row.of === 'signal' ? (
            <>
              {row.signal.colour ? <WarningMark colour={row.signal.colour} /> : null}
              <RealityMark reality={row.signal.reality} />
              <span className="truncate">{words.department(row.signal.department)}</span>
            </>
          ) : (
            <>
              <span className="figures shrink-0">{row.incident.number}</span>
              <RealityMark reality={row.incident.reality} />
              {activeAssignments(row.incident).length ? (
                <span className="shrink-0">
                  {t('console.queue.units', { count: activeAssignments(row.incident).length })}
                </span>
              ) : null}
              <span className="truncate">{row.incident.owner?.name}</span>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
