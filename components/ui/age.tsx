'use client';
import { useTranslations } from 'next-intl';
import { useNow } from './clock.ts';
import { cn } from './cn.ts';
import { freshnessOf, largestUnit } from './elapsed.ts';

export type AgeProps = {
  /** Epoch ms of the fact; null where it is not known. */
  at: number | null;
  lateMs?: number;
  staleMs?: number;
  className?: string;
};

/** How old a fact is. Late is dimmed, stale is outlined and says so in words. */
export function Age({
  at,
  lateMs = Number.POSITIVE_INFINITY,
  staleMs = Number.POSITIVE_INFINITY,
  className,
}: AgeProps) {
  const t = useTranslations('ui.age');
  const now = useNow();
  const freshness = freshnessOf(at, now, { lateMs, staleMs });
  if (at === null) return <span className={cn('is-stale text-ink-faint', className)}>{t('unknown')}</span>;
  const { unit, count } = largestUnit((now ?? at) - at);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      data-freshness={freshness}
      className={cn(
        'whitespace-nowrap',
        freshness === 'late' && 'is-late',
        freshness === 'stale' && 'is-stale',
        className,
      )}
    >
      {now === null ? '…' : t(unit, { count })}
      {freshness === 'stale' ? <span className="sr-only">{t('stale')}</span> : null}
    </time>
  );
}
