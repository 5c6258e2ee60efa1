'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import type { TargetSummary } from './review-rows.ts';

const time = (ms: number | null) => (ms === null ? '—' : clockText(ms));

/** How the shown incidents did, all together: half and nine of ten of them took no longer than this. */
export function TargetSummaries({ summaries }: { summaries: readonly TargetSummary[] }) {
  const t = useTranslations();
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <ul
      aria-label={t('review.summary.title')}
      className="grid grid-cols-[repeat(auto-fit,minmax(14rem,1fr))] gap-px border-b border-line bg-line"
    >
      {summaries.map(({ target, count, p50Ms, p90Ms, within }) => (
        <li key={target.id} className="bg-panel px-3 py-2">
          <p
            className="flex items-baseline gap-2 text-xs text-ink-faint"
            title={`${target.source} · ${t(target.verified ? 'incident.clock.verified' : 'incident.clock.unverified')}`}
          >
            <span className="font-medium text-ink-soft">{t(`domain.clockTarget.${target.id as 'answer'}`)}</span>
            <span className="figures">
              {target.from}–{target.to}
            </span>
            <span className="figures ms-auto">
              {t('review.summary.target', { share: percent(target.share), within: clockText(target.withinS * 1_000) })}
            </span>
          </p>
          <p className="figures mt-0.5 flex items-baseline gap-3 text-sm">
            <span>
              <span className="text-2xs text-ink-faint">P50</span> {time(p50Ms)}
            </span>
            <span>
              <span className="text-2xs text-ink-faint">P90</span> {time(p90Ms)}
            </span>
            <span
              className={cn('ms-auto', within !== null && within < target.share && 'font-semibold text-serious-text')}
            >
              {within === null
                ? t('review.summary.noneMeasured')
                : t('review.summary.within', { share: percent(within), count })}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
