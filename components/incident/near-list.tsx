'use client';
import { useTranslations } from 'next-intl';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { IncidentStateMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { FusionWhy } from './fusion-why.tsx';
import { type Near, nearKey } from './near-incidents.ts';

export type NearListProps = {
  near: readonly Near[];
  /** Joins what is being judged to what is there already; null only shows. */
  onJoin: ((one: Near) => void) | null;
  /** Remembered: it is not proposed again. */
  onApart?: ((one: Near) => void) | null;
  onOpen: (one: Near) => void;
};

function NearWords({ one }: { one: Near }) {
  const t = useTranslations();
  const words = useCodeWords();
  const score = t('incident.near.score', { score: Math.round(one.judged.score * 100) });
  return (
    <>
      <span className="flex items-baseline gap-2 text-sm text-ink">
        <span className="min-w-0 truncate">
          {one.of === 'incident'
            ? one.incident.title || words.incidentKind(one.incident.kind)
            : one.signal.title || one.signal.text || t(`domain.signalKind.${one.signal.kind}`)}
        </span>
        {one.of === 'incident' ? (
          <span className="figures ms-auto shrink-0 text-xs text-ink-faint">{one.incident.number?.slice(-4)}</span>
        ) : null}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        {one.of === 'incident' ? (
          <IncidentStateMark state={one.incident.state} />
        ) : (
          <span className="inline-flex items-center gap-1">
            <SignalKindIcon kind={one.signal.kind} className="size-3.5" />
            {t('incident.near.waiting')}
          </span>
        )}
        {[score, words.incidentKind(one.of === 'incident' ? one.incident.kind : one.signal.proposedKind)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
}

/** Beside the form, never in its way: what is near, and why it may be the same. */
export function NearList({ near, onJoin, onApart = null, onOpen }: NearListProps) {
  const t = useTranslations('incident.near');
  if (near.length === 0) return null;
  return (
    <section aria-label={t('title')} className="rounded-md border border-caution/50 bg-caution-wash p-2.5">
      <h3 className="mb-1 text-xs font-medium text-caution-text">{t('title')}</h3>
      <ul className="flex flex-col gap-1.5">
        {near.map((one, index) => (
          <li key={nearKey(one)} className="flex items-start gap-2 text-xs">
            <button type="button" className="min-w-0 flex-1 text-start hover:underline" onClick={() => onOpen(one)}>
              <NearWords one={one} />
              <FusionWhy reasons={one.judged.reasons} className="mt-0.5" />
            </button>
            <span className="flex shrink-0 flex-col gap-1">
              {onJoin ? (
                <Button size="sm" onClick={() => onJoin(one)}>
                  {t('join')} <KeyHint show={index === 0} chord="J" />
                </Button>
              ) : null}
              {onApart ? (
                <Button size="sm" look="quiet" onClick={() => onApart(one)}>
                  {t('apart')} <KeyHint show={index === 0} chord="K" />
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function KeyHint({ show, chord }: { show: boolean; chord: string }) {
  return show ? (
    <span aria-hidden className="text-2xs opacity-75">
      {chord}
    </span>
  ) : null;
}
