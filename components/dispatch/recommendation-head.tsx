'use client';
import { RefreshCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GapLine } from '@/components/shell/gap-line.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Toggle } from '@/components/ui/toggle.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { Recommendation } from './use-recommendation.ts';

/** What is short and why, before anything else; then what changed since, and what the others get. */
export function RecommendationHead({ of, recommendation }: { of: Incident; recommendation: Recommendation }) {
  const t = useTranslations('dispatch.recommend');
  const { shown, differs, failed, together, others, setTogether, take } = recommendation;
  const gaps = shown?.gaps.filter((one) => one.incident === of.id) ?? [];
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-1">
        <Toggle pressed={together} onPressedChange={setTogether}>
          {t('together')}
        </Toggle>
        {differs ? (
          <Button size="sm" look="quiet" onClick={take}>
            <RefreshCw aria-hidden />
            {t('differs')}
          </Button>
        ) : null}
      </div>
      {failed ? <p className="text-xs text-caution-text">{t('failed')}</p> : null}
      {gaps.length ? (
        <ul aria-label={t('gaps')} className="flex flex-col gap-0.5">
          {gaps.map((gap) => (
            <li key={gap.need}>
              <GapLine of={gap} />
            </li>
          ))}
        </ul>
      ) : null}
      {together && shown ? <Others others={others} shown={shown} /> : null}
    </div>
  );
}

function Others({ others, shown }: { others: readonly Incident[]; shown: NonNullable<Recommendation['shown']> }) {
  const t = useTranslations('dispatch.recommend');
  const codes = useCodeWords();
  const rows = others.flatMap((one) => {
    const picks = shown.picks.filter((pick) => pick.incident === one.id);
    const missing = shown.gaps.reduce((sum, gap) => sum + (gap.incident === one.id ? gap.missing : 0), 0);
    return picks.length + missing > 0 ? [{ one, picks, missing }] : [];
  });
  if (rows.length === 0) return <p className="text-xs text-ink-faint">{t('noOthers')}</p>;
  return (
    <ul aria-label={t('others')} className="max-h-24 overflow-y-auto text-xs text-ink-soft">
      {rows.map(({ one, picks, missing }) => (
        <li key={one.id} className="flex items-baseline gap-2">
          <span className="figures shrink-0 text-ink-faint">{one.number}</span>
          <span className="min-w-0 flex-1 truncate">{one.title || codes.incidentKind(one.kind)}</span>
          <span className="max-w-1/2 truncate">{picks.map((pick) => pick.callSign).join(' ')}</span>
          {missing ? <span className="shrink-0 text-serious-text">{t('missing', { count: missing })}</span> : null}
        </li>
      ))}
    </ul>
  );
}
