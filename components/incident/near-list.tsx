'use client';
import { useTranslations } from 'next-intl';
import { IncidentStateMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import type { Near } from './near-incidents.ts';

export type NearListProps = {
  near: readonly Near[];
  /** Joins what is being filed to an incident that is there already; null only shows. */
  onJoin: ((incident: string) => void) | null;
  onOpen: (incident: string) => void;
};

/** Beside the form, never in its way: what is near, and why it may be the same. */
export function NearList({ near, onJoin, onOpen }: NearListProps) {
  const t = useTranslations('incident.near');
  const words = useCodeWords();
  const formats = useFormats();
  if (near.length === 0) return null;
  return (
    <section aria-label={t('title')} className="rounded-md border border-caution/50 bg-caution-wash p-2.5">
      <h3 className="mb-1 text-xs font-medium text-caution-text">{t('title')}</h3>
      <ul className="flex flex-col gap-1">
        {near.map(({ incident, distanceM, minutes, sameKind, score }) => (
          <li key={incident.id} className="flex items-center gap-2 text-xs">
            <button
              type="button"
              className="min-w-0 flex-1 text-start hover:underline"
              onClick={() => onOpen(incident.id)}
            >
              <span className="flex items-baseline gap-2 text-sm text-ink">
                <span className="min-w-0 truncate">{incident.title || words.incidentKind(incident.kind)}</span>
                <span className="figures ms-auto shrink-0 text-xs text-ink-faint">{incident.number?.slice(-4)}</span>
              </span>
              <span className="flex flex-wrap items-center gap-x-2 text-ink-soft">
                <IncidentStateMark state={incident.state} />
                {[
                  formats.distance(distanceM),
                  formats.minutes(minutes),
                  sameKind ? t('sameKind') : words.incidentKind(incident.kind),
                  t('score', { score: Math.round(score * 100) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
            {onJoin ? (
              <Button size="sm" onClick={() => onJoin(incident.id)}>
                {t('join')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
