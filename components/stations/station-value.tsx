'use client';
import { useTranslations } from 'next-intl';
import { SaidMark } from '@/components/shell/marks/said-mark.tsx';
import { figure, unitSign, useReadingWords } from '@/components/shell/use-reading-words.ts';
import { cn } from '@/components/ui/cn.ts';
import type { ReadingNow } from '@/server/wire/realtime.ts';

const tones = { normal: '', notice: 'text-caution-text', alarm: 'text-serious-text', severe: 'text-critical-text' };

/** A value with its unit; where there is none, why. */
export function ValueText({ line, className }: { line: ReadingNow; className?: string }) {
  const t = useTranslations('domain.quality');
  const { value, unit, quality, state, freshness, maximum, said } = line;
  const faded = freshness === 'stale' ? 'is-stale' : freshness === 'late' ? 'is-late' : '';
  if (value === null)
    return (
      <span className={cn('text-ink-faint', className)}>
        <SaidMark said={said} /> {t(quality === 'good' ? 'missing' : quality)}
      </span>
    );
  return (
    <span
      className={cn('figures whitespace-nowrap', faded, tones[state], state !== 'normal' && 'font-semibold', className)}
    >
      <SaidMark said={said} className="me-1.5 align-middle" />
      {figure(value)}
      {maximum === null ? null : <span className="text-ink-faint">/{figure(maximum)}</span>}
      {unitSign(unit) === '' ? null : <span className="ms-0.5 text-ink-faint">{unitSign(unit)}</span>}
      {quality === 'suspect' ? <span className="ms-1 text-2xs text-caution-text">{t('suspect')}</span> : null}
    </span>
  );
}

/** The first few values of a station in one line of a list. */
export function ValueRow({ lines, most = 3 }: { lines: readonly ReadingNow[]; most?: number }) {
  const words = useReadingWords();
  return (
    <span className="flex min-w-0 items-baseline gap-x-4 overflow-hidden">
      {lines.slice(0, most).map((line) => (
        <span key={line.property} className="flex shrink-0 items-baseline gap-1.5">
          <span className="text-2xs text-ink-faint">{words.property(line.property)}</span>
          <ValueText line={line} />
        </span>
      ))}
      {lines.length > most ? <span className="text-2xs text-ink-faint">+{lines.length - most}</span> : null}
    </span>
  );
}
