'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useConnection } from '@/components/live/use-live.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useNow } from '@/components/ui/clock.ts';
import { cn } from '@/components/ui/cn.ts';
import { linkOf } from './link-state.ts';

const zone = 'Asia/Shanghai';

/** Beijing time with its date, whether the wall is connected, and how old its picture is. */
export function WallHead({ upright }: { upright: boolean }) {
  const t = useTranslations('wall');
  const app = useTranslations('app');
  const format = useFormatter();
  const { demo } = useSigned();
  const connection = useConnection();
  const now = useNow();
  const link = linkOf(connection, now);
  return (
    <header
      className={cn('flex shrink-0 flex-wrap items-center leading-[1.25]', upright ? 'gap-x-[0.4em]' : 'gap-x-[0.8em]')}
    >
      <h1 className="font-semibold whitespace-nowrap">
        {app('city')} <span className={cn(demo && 'sr-only')}>{app('name')}</span>
      </h1>
      {demo ? (
        <span className="border-[0.06em] border-dashed border-ink-soft px-[0.3em] leading-[1.15] whitespace-nowrap text-ink-soft">
          {app('demo')}
        </span>
      ) : null}
      <p
        className={cn(
          'flex items-center gap-[0.35em] whitespace-nowrap',
          link.state === 'live' ? 'text-ink-soft' : 'font-semibold text-caution-text',
        )}
      >
        <svg
          viewBox="0 0 16 16"
          aria-hidden
          className={cn('size-[0.6em]', link.state === 'live' ? 'text-good-text' : 'text-caution-text')}
        >
          {link.state === 'live' ? (
            <circle cx="8" cy="8" r="7" fill="currentColor" />
          ) : (
            <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="3" />
          )}
        </svg>
        {t(`link.${link.state}`)}
        {link.ageS === null ? null : <span className="figures min-w-[2.4em]">{t('age', { seconds: link.ageS })}</span>}
      </p>
      <time
        dateTime={now === null ? undefined : new Date(now).toISOString()}
        className="figures ms-auto flex items-baseline gap-[0.6em] whitespace-nowrap"
      >
        {/* Trouble takes the room of the date: the head stays one line. */}
        {link.state === 'live' || upright ? (
          <span className="text-ink-soft">
            {now === null
              ? ''
              : format.dateTime(now, { month: '2-digit', day: '2-digit', weekday: 'short', timeZone: zone })}
          </span>
        ) : null}
        <span className="text-[1.15em] font-semibold">
          {now === null
            ? '--:--:--'
            : format.dateTime(now, {
                hour: '2-digit',
                minute: '2-digit',
                second: '2-digit',
                hourCycle: 'h23',
                timeZone: zone,
              })}
        </span>
      </time>
    </header>
  );
}
