'use client';
import { useLocale, useTranslations } from 'next-intl';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import type { Answers } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { largestUnit } from '@/components/ui/elapsed.ts';

export type Candidate = Answers['unit']['candidates'][number];

export type PickReason = { readonly text: string; readonly source: string | null };

export type CandidateRowProps = {
  of: Candidate;
  selected: boolean;
  active: boolean;
  /** It is recommended, and why. */
  pick: PickReason | null;
  /** Whether the incident has a point that a distance could be told to. */
  placeKnown: boolean;
};

/** A pick with its reasons: status, distance and time with their source, age of the fix; a gap says why. */
export function CandidateRow({ of, selected, active, pick, placeKnown }: CandidateRowProps) {
  const t = useTranslations();
  const locale = useLocale();
  const words = useCodeWords();
  const formats = useFormats();
  const off = of.check === 'not-available' || of.check === 'full';
  const age = of.fix ? largestUnit(of.fix.ageMs) : null;
  const stale = of.fix !== null && of.fix.freshness !== 'fresh' && of.fix.freshness !== 'late';
  type Travel = NonNullable<Candidate['travel']>;
  const hint = ({ source, gap }: Travel) => (gap ? t(`dispatch.travelGap.${gap}`) : t(`dispatch.travelHint.${source}`));
  const overRiver = ({ crossing }: Travel) => {
    const name = crossing && (locale === 'en' ? (crossing.nameEn ?? crossing.name) : crossing.name);
    return name ? t('dispatch.crossing', { name }) : t('dispatch.acrossRiver');
  };
  return (
    <div
      className={cn(
        'flex h-full items-center gap-2.5 border-b border-line border-s-2 border-s-transparent px-3',
        active && 'bg-hover',
        selected && 'border-s-accent bg-accent-wash',
        active && selected && 'ring-1 ring-accent ring-inset',
        off && 'opacity-75',
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
      <div className="min-w-0 flex-1 leading-snug">
        <div className="flex items-baseline gap-2">
          <span className="shrink-0 font-semibold">{of.callSign}</span>
          <span className="min-w-0 truncate text-xs text-ink-faint">
            {[words.unitKind(of.kind), words.department(of.department)].filter(Boolean).join(' · ')}
          </span>
          {pick || of.wanted ? (
            <Badge tone={pick ? 'good' : 'notice'} className="shrink-0">
              {t(pick ? 'dispatch.recommend.pick' : 'dispatch.wanted')}
            </Badge>
          ) : null}
          <span className="figures ms-auto shrink-0 text-sm font-semibold">
            {of.travel ? formats.distance(of.travel.distanceM) : null}
          </span>
        </div>
        <div className="flex items-center gap-2 text-xs text-ink-soft">
          <UnitStatusMark status={of.status} />
          {of.check === 'free' ? null : (
            <span className="min-w-0 truncate text-ink-faint">{t(`dispatch.check.${of.check}`)}</span>
          )}
          <span className="figures ms-auto shrink-0 text-ink-faint" title={of.travel ? hint(of.travel) : ''}>
            {of.travel
              ? t(`dispatch.travel.${of.travel.atLeast ? 'atLeast' : of.travel.source}`, {
                  minutes: Math.max(1, Math.round(of.travel.seconds / 60)),
                })
              : of.fix === null
                ? t('dispatch.noFix')
                : placeKnown
                  ? t('dispatch.stale')
                  : null}
          </span>
        </div>
        <div className="flex items-center gap-2 text-2xs text-ink-faint">
          {of.travel?.acrossRiver ? <span className="min-w-0 truncate">{overRiver(of.travel)}</span> : null}
          {of.capabilities.length ? (
            <span className="min-w-0 truncate">
              {of.capabilities.map(words.capability).join(t('dispatch.recommend.and'))}
            </span>
          ) : null}
          <span
            className={cn('figures ms-auto shrink-0', of.fix?.freshness === 'late' && 'is-late', stale && 'is-stale')}
          >
            {age ? t('dispatch.fix', { age: t(`ui.age.${age.unit}`, { count: age.count }) }) : t('ui.age.unknown')}
          </span>
        </div>
        {pick ? (
          <p className="truncate text-2xs text-good-text" title={[pick.text, pick.source].filter(Boolean).join('\n')}>
            {pick.text}
            {pick.source ? <span className="text-ink-faint"> · {pick.source}</span> : null}
          </p>
        ) : null}
      </div>
    </div>
  );
}
