'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Button } from '@/components/ui/button.tsx';
import { Heading } from '@/components/ui/panel.tsx';

export type SignalBackgroundProps = {
  signal: string;
  /** Another revision may bring another line. */
  revision: number;
  /** Joins it to an incident whose number it names; null where that is not to be done. */
  onAttach: ((incident: string) => void) | null;
  onOpenIncident: (id: string) => void;
  onOpenSignal: (id: string) => void;
};

/** Who has called before, who else called from there, and the incidents of ours whose number is named. */
export function SignalBackground({ signal, revision, onAttach, onOpenIncident, onOpenSignal }: SignalBackgroundProps) {
  const t = useTranslations();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data, refetch } = useQuery(
    trpc.signal.background.queryOptions({ signal: signal as never }, { staleTime: 30_000 }),
  );
  const asked = useRef(revision);
  useEffect(() => {
    if (asked.current === revision) return;
    asked.current = revision;
    void refetch();
  }, [revision, refetch]);
  if (!data || (data.earlier.length === 0 && data.named.length === 0)) return null;
  return (
    <>
      {data.named.length ? (
        <section
          aria-label={t('incident.background.named')}
          className="rounded-md border border-caution/50 bg-caution-wash p-2.5"
        >
          <h3 className="mb-1 text-xs font-medium text-caution-text">{t('incident.background.named')}</h3>
          <ul className="flex flex-col gap-1">
            {data.named.map((one) => (
              <li key={one.id} className="flex items-center gap-2 text-sm">
                <button
                  type="button"
                  className="min-w-0 flex-1 truncate text-start hover:underline"
                  onClick={() => onOpenIncident(one.id)}
                >
                  <span className="figures">{one.number}</span> {one.title}{' '}
                  <span className="text-xs text-ink-faint">{t(`domain.incidentState.${one.state}`)}</span>
                </button>
                {onAttach ? (
                  <Button size="sm" onClick={() => onAttach(one.id)}>
                    {t(one.state === 'transferred' ? 'incident.background.bringBack' : 'incident.near.join')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {data.earlier.length ? (
        <section aria-label={t('incident.background.title')}>
          <Heading>{t('incident.background.title')}</Heading>
          <ul className="flex flex-col gap-1">
            {data.earlier.map((one) => (
              <li key={one.signal} className="flex items-baseline gap-2 text-sm">
                <span className="figures shrink-0 text-xs text-ink-faint">{formats.time(one.at)}</span>
                <button
                  type="button"
                  className="min-w-0 flex-1 truncate text-start hover:underline"
                  onClick={() => onOpenSignal(one.signal)}
                >
                  {one.title}
                  <span className="ms-1.5 text-2xs text-ink-faint">{t(`incident.background.same.${one.same}`)}</span>
                </button>
                {one.incident ? (
                  <Button
                    size="sm"
                    look="quiet"
                    className="figures h-6 px-1.5"
                    onClick={() => one.incident && onOpenIncident(one.incident.id)}
                  >
                    {one.incident.number ?? t('incident.signal.openIncident')} ·{' '}
                    {t(`domain.incidentState.${one.incident.state}`)}
                  </Button>
                ) : (
                  <span className="shrink-0 text-2xs text-ink-faint">{t('incident.near.waiting')}</span>
                )}
              </li>
            ))}
          </ul>
          {data.more > 0 ? (
            <p className="text-2xs text-ink-faint">{t('incident.background.more', { count: data.more })}</p>
          ) : null}
        </section>
      ) : null}
    </>
  );
}
