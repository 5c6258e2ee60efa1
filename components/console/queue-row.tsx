'use client';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { WarningMark } from '@/components/shell/marks/scale-marks.tsx';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { placeWords } from '@/components/shell/place-words.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { activeAssignments } from '@/server/domain/incident.ts';
import type { QueueRow } from './queue-order.ts';
import { overdueKinds } from './queue-overdue.ts';

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
  const place = placeWords(row.of === 'signal' ? row.signal.place : row.incident.place);
  const returns = row.of === 'incident' && row.open ? (row.incident.cycles.at(-1)?.returns ?? 0) : 0;
  const calls = row.of === 'signal' && (row.signal.kind === 'call' || row.signal.kind === 'sos');
  const ended =
    row.of === 'incident' ? (row.incident.cycles.at(-1)?.clocks.T10 ?? row.incident.changedAt) : row.signal.receivedAt;
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
        <div className="flex items-center gap-1.5 overflow-hidden text-xs whitespace-nowrap text-ink-faint">
          {row.of === 'signal' ? (
            <>
              <SignalKindIcon kind={row.signal.kind} className="size-3.5 shrink-0" />
              {row.open ? null : <span className="shrink-0">{t(`domain.signalState.${row.signal.state}`)}</span>}
              {row.signal.colour ? <WarningMark colour={row.signal.colour} /> : null}
              <RealityMark reality={row.signal.reality} />
              {row.behind > 0 ? <Badge>{t('console.queue.together', { count: row.behind + 1 })}</Badge> : null}
              <span className="min-w-0 truncate">{place || t('console.queue.noPlace')}</span>
              {row.signal.colour ? null : (
                <span className="ms-auto shrink-0 ps-1">{words.department(row.signal.department)}</span>
              )}
            </>
          ) : (
            <>
              <IncidentStateMark state={row.incident.state} />
              {overdueKinds.map((kind) =>
                row.overdue[kind] > 0 ? (
                  <Badge key={kind} tone={kind === 'checkIns' ? 'critical' : 'serious'}>
                    {t(`console.queue.overdue.${kind}`, { count: row.overdue[kind] })}
                  </Badge>
                ) : null,
              )}
              {returns > 0 && row.incident.state !== 'verified' ? (
                <Badge tone="serious">{t('incident.returned', { count: returns })}</Badge>
              ) : null}
              {row.incident.major ? (
                <Badge tone="critical" filled>
                  {t('room.upgrade.mark')}
                </Badge>
              ) : null}
              <RealityMark reality={row.incident.reality} />
              <span className="min-w-0 truncate">{place || t('console.queue.noPlace')}</span>
              <span className="figures ms-auto shrink-0 ps-1">
                {activeAssignments(row.incident).length
                  ? t('console.queue.units', { count: activeAssignments(row.incident).length })
                  : row.incident.number?.slice(-4)}
              </span>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
