'use client';
import { useTranslations } from 'next-intl';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import type { Answers } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { largestUnit } from '@/components/ui/elapsed.ts';

export type Candidate = Answers['unit']['candidates'][number];

export type CandidateRowProps = { of: Candidate; selected: boolean; active: boolean };

/** A pick with its reasons: status, distance and time with their source, age of the fix; a gap says why. */
export function CandidateRow({ of, selected, active }: CandidateRowProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const formats = useFormats();
  const off = of.check === 'not-available' || of.check === 'full';
  const age = of.fix ? largestUnit(of.fix.ageMs) : null;
  const stale = of.fix !== null && of.fix.freshness !== 'fresh' && of.fix.freshness !== 'late';
  return (
    <div
      className={cn(
        'flex h-full items-center gap-2.5 border-b border-line border-s-2 border-s-transparent px-3',
        active && 'bg-hover',
        selected && 'border-s-accent bg-accent-wash',
        off && 'opacity-60',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'flex size-4.5 shrink-0 items-center justify-center rounded-sm border text-2xs font-bold',
          selected ? 'border-primary bg-primary text-primary-ink' : 'border-line-strong',
        )}
      >
        {selected ? '✓' : ''}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-semibold">{of.callSign}</span>
          <span className="truncate text-xs text-ink-faint">
            {[words.unitKind(of.kind), words.department(of.department)].filter(Boolean).join(' · ')}
          </span>
          {of.wanted ? <Badge tone="notice">{t('dispatch.wanted')}</Badge> : null}
        </div>
        <div className="flex items-center gap-2 text-xs text-ink-soft">
          <UnitStatusMark status={of.status} />
          {of.check === 'free' ? null : <span className="text-ink-faint">{t(`dispatch.check.${of.check}`)}</span>}
        </div>
      </div>
      <div className="figures shrink-0 text-end text-xs leading-snug">
        {of.travel ? (
          <>
            <span className="block text-sm font-semibold">{formats.distance(of.travel.distanceM)}</span>
            <span className="block text-ink-faint" title={t('dispatch.estimateHint')}>
              {t('dispatch.estimate', { minutes: Math.max(1, Math.round(of.travel.seconds / 60)) })}
              {of.travel.acrossRiver ? ` · ${t('dispatch.acrossRiver')}` : ''}
            </span>
          </>
        ) : (
          <span className="block text-ink-faint">{of.fix ? t('dispatch.stale') : t('dispatch.noFix')}</span>
        )}
        <span
          className={cn(
            'block text-2xs text-ink-faint',
            of.fix?.freshness === 'late' && 'is-late',
            stale && 'is-stale',
          )}
        >
          {age ? t('dispatch.fix', { age: t(`ui.age.${age.unit}`, { count: age.count }) }) : t('ui.age.unknown')}
        </span>
      </div>
    </div>
  );
}
