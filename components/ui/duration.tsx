'use client';
import { useTranslations } from 'next-intl';
import { useNow } from './clock.ts';
import { cn } from './cn.ts';
import { clockText } from './elapsed.ts';

export type DurationProps = {
  from: number;
  /** Stopped at; running while null. */
  to?: number | null;
  targetMs?: number | null;
  className?: string;
};

/** A stop-watch. Past its target it takes the hue, a mark and a word: colour is never the only sign. */
export function Duration({ from, to = null, targetMs = null, className }: DurationProps) {
  const t = useTranslations('ui.duration');
  const now = useNow();
  const end = to ?? now;
  if (end === null) return <span className={cn('figures', className)}>…</span>;
  const over = targetMs !== null && end - from > targetMs;
  return (
    <span className={cn('figures whitespace-nowrap', over && 'font-semibold text-serious-text', className)}>
      {over ? <span aria-hidden>▲ </span> : null}
      {clockText(end - from)}
      {over ? <span className="sr-only"> {t('over')}</span> : null}
    </span>
  );
}
