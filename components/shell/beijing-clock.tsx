'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';

/** Beijing time wherever the browser stands; it always moves, which shows that the page lives. */
export function BeijingClock({ className, withDate = true }: { className?: string; withDate?: boolean }) {
  const format = useFormatter();
  const t = useTranslations('shell');
  const now = useNow();
  const date =
    now === null
      ? ''
      : format.dateTime(now, { month: '2-digit', day: '2-digit', weekday: 'short', timeZone: 'Asia/Shanghai' });
  const time =
    now === null
      ? '--:--:--'
      : format.dateTime(now, {
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: 'h23',
          timeZone: 'Asia/Shanghai',
        });
  return (
    <time
      title={t('clock')}
      dateTime={now === null ? undefined : new Date(now).toISOString()}
      className={cn('figures inline-flex items-baseline gap-2 whitespace-nowrap', className)}
    >
      {withDate ? <span className="hidden text-xs text-ink-faint lg:inline">{date}</span> : null}
      <span className="font-semibold tracking-tight">{time}</span>
    </time>
  );
}
