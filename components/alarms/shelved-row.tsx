'use client';
import { useTranslations } from 'next-intl';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import type { AlarmRow } from './alarm-order.ts';
import { useAlarmWords } from './use-alarm-words.ts';

/** What is put aside: until when, by whom, and why. */
export function ShelvedRowView({ row, active }: { row: AlarmRow; active: boolean }) {
  const t = useTranslations('alarms');
  const formats = useFormats();
  const words = useAlarmWords();
  const { alarm } = row;
  const { shelved } = alarm;
  return (
    <div className={cn('flex h-full gap-2 border-b border-line py-1.5 ps-2.5 pe-3', active && 'bg-accent-wash')}>
      <PriorityMark priority={alarm.priority} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <p className="min-w-0 flex-1 truncate text-sm">
            {words.of(alarm.title)} <span className="text-ink-faint">·</span> {alarm.name}
          </p>
          {shelved ? (
            <span className="figures shrink-0 text-xs text-ink-soft">
              {t('shelf.until', { time: formats.dateTime(shelved.until) })}
            </span>
          ) : null}
        </div>
        <p className="truncate text-xs text-ink-faint">
          {shelved?.by.name} · {shelved?.reason}
          {alarm.state === 'active' ? '' : ` · ${t('mark.cleared')}`}
        </p>
      </div>
    </div>
  );
}
