'use client';
import { Unplug } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useConnection } from '@/components/live/use-live.ts';
import { Duration } from '@/components/ui/duration.tsx';

/** Large, at once, and over the picture: what hangs here is old. The picture stays, because old is better than nothing. */
export function WallLost() {
  const t = useTranslations('wall');
  const format = useFormatter();
  const { state, lostSince, lastHeardAt, recordsDelayedSince, clockOffsetMs } = useConnection();
  const lost = state === 'lost' && lostSince !== null;
  if (!lost && recordsDelayedSince === null) return null;
  const time = (at: number) =>
    format.dateTime(at, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZone: 'Asia/Shanghai',
    });
  const of = lost ? (lastHeardAt ?? lostSince) + (clockOffsetMs ?? 0) : (recordsDelayedSince ?? 0);
  return (
    <div
      role="alert"
      className="absolute inset-x-0 bottom-0 z-20 flex flex-wrap items-center gap-x-[0.6em] bg-critical-text px-[0.6em] py-[0.25em] leading-[1.25] font-semibold text-canvas"
    >
      <Unplug className="size-[1.4em]" aria-hidden />
      <span className="text-[1.5em]">{t(lost ? 'lost' : 'delayed')}</span>
      {lost ? <Duration from={lostSince + (clockOffsetMs ?? 0)} className="text-[1.5em]" /> : null}
      <span>{t('lostHint', { time: time(of) })}</span>
    </div>
  );
}
