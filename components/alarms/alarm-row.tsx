'use client';
import { BellOff, BellRing, Check, Repeat, Waves } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { type AlarmRow, isUnseen } from './alarm-order.ts';
import { useAlarmWords } from './use-alarm-words.ts';

const edges = {
  P1: 'border-s-critical',
  P2: 'border-s-serious',
  P3: 'border-s-transparent',
  P4: 'border-s-transparent',
} as const;

/** Why it is not like the others: over, chattering, on for a day, collected. Words beside the marks, never colour alone. */
export function AlarmMarks({ row }: { row: AlarmRow }) {
  const t = useTranslations('alarms.mark');
  const { alarm, stale, grade } = row;
  return (
    <>
      {alarm.state === 'cleared' ? <Badge tone="good">{t('cleared')}</Badge> : null}
      {alarm.chatteringSince === null ? null : (
        <Badge tone="caution">
          <Repeat aria-hidden />
          {t('chattering')}
        </Badge>
      )}
      {stale ? <Badge tone="caution">{t('stale')}</Badge> : null}
      {alarm.quiet === 'flood' ? (
        <Badge tone="notice">
          <Waves aria-hidden />
          {t('collected')}
        </Badge>
      ) : null}
      {alarm.shelved && !row.shelved ? (
        <Badge tone="notice">
          <BellOff aria-hidden />
          {grade === 'I' || grade === 'II' ? t('notHidden', { grade }) : t('back')}
        </Badge>
      ) : null}
      <RealityMark reality={alarm.reality} />
    </>
  );
}

export function AlarmRowView({ row, active, open }: { row: AlarmRow; active: boolean; open: boolean }) {
  const t = useTranslations('alarms');
  const codes = useCodeWords();
  const words = useAlarmWords();
  const { alarm } = row;
  const unseen = isUnseen(row);
  const over = alarm.state === 'cleared';
  const value = words.readingOf(alarm);
  return (
    <div
      className={cn(
        'flex h-full gap-2 border-b border-line border-s-[3px] py-1.5 ps-2 pe-3',
        alarm.raises === 'status' ? 'border-s-transparent' : edges[alarm.priority],
        active && 'bg-hover',
        open && 'bg-accent-wash',
      )}
    >
      <PriorityMark priority={alarm.priority} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <p className={cn('min-w-0 flex-1 truncate text-sm', unseen ? 'font-semibold' : 'text-ink-soft')}>
            {words.of(alarm.title)} <span className="text-ink-faint">·</span> {alarm.name}
            {alarm.partCount > 1 ? ` ${t('parts', { count: alarm.partCount })}` : ''}
          </p>
          <Duration
            from={alarm.raisedAt}
            to={over ? alarm.clearedAt : null}
            className="shrink-0 text-xs text-ink-soft"
          />
        </div>
        <div className="flex items-center gap-1.5 overflow-hidden text-xs whitespace-nowrap text-ink-faint">
          {alarm.raises === 'status' ? (
            <span>{t('line')}</span>
          ) : unseen ? (
            <span className="inline-flex items-center gap-1 font-medium text-ink">
              <BellRing aria-hidden className="size-3.5" />
              {t('unseen')}
            </span>
          ) : (
            <span className="inline-flex items-center gap-1">
              <Check aria-hidden className="size-3.5" />
              {t('seenBy', { name: alarm.acknowledged?.by.name ?? '' })}
            </span>
          )}
          <AlarmMarks row={row} />
          <span className="figures min-w-0 truncate">
            {[words.property(alarm.subject.property), value].filter(Boolean).join(' ')}
          </span>
          <span className="ms-auto shrink-0 ps-1">{codes.department(alarm.department) ?? t('desk')}</span>
        </div>
      </div>
    </div>
  );
}
