'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type Answers, useTRPC } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { useFeedWords } from './use-feed-words.ts';

type Latest = Answers['feed']['latest'][number];

const tones: Record<Latest['quality']['state'], Tone> = {
  good: 'neutral',
  suspect: 'caution',
  bad: 'critical',
  missing: 'serious',
};

function Times({ of }: { of: Latest }) {
  const t = useTranslations('feeds.time');
  const formats = useFormats();
  const shown = (['observedAt', 'sourceAt', 'relayedAt', 'receivedAt'] as const).filter((name) => of[name] !== null);
  return (
    <dl className="figures flex flex-wrap gap-x-3 text-2xs text-ink-faint">
      {shown.map((name) => (
        <div key={name} className="flex gap-1">
          <dt>{t(name)}</dt>
          <dd className="text-ink-soft">{formats.time(of[name] ?? 0)}</dd>
        </div>
      ))}
      {of.sourceAt !== null && of.receivedAt !== null ? (
        <div className="flex gap-1">
          <dt>{t('lag')}</dt>
          <dd className="text-ink-soft">{((of.receivedAt - of.sourceAt) / 1000).toFixed(1)} s</dd>
        </div>
      ) : null}
    </dl>
  );
}

/** What the feed said last, as the platform understood it; each opens to the whole record. */
export function LatestRecords({ feed }: { feed: string }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const words = useFeedWords();
  const answer = useQuery(trpc.feed.latest.queryOptions({ feed }, { refetchInterval: 3_000, staleTime: 0 }));
  if (!answer.data) return answer.isError ? <Failed onRetry={() => void answer.refetch()} /> : <Loading />;
  if (answer.data.length === 0) return <Empty title={t('feeds.noRecords')}>{t('feeds.noRecordsHint')}</Empty>;
  return (
    <ol className="flex flex-col">
      {answer.data.map((of) => (
        <li key={`${of.dedupeKey}#${of.revision}`} className="border-b border-line">
          <details className="group">
            <summary className="flex flex-col gap-0.5 px-3 py-1.5 hover:bg-hover/60">
              <span className="flex min-w-0 items-center gap-2 text-sm">
                <span className="shrink-0 font-medium">{words.recordKind(of.kind)}</span>
                <span className="min-w-0 truncate font-mono text-xs">
                  {of.subject.scheme} {of.subject.key}
                </span>
                <Badge tone={tones[of.quality.state]} className="ms-auto">
                  {t(`domain.quality.${of.quality.state}`)}
                </Badge>
              </span>
              <Times of={of} />
              {of.quality.flags.length ? (
                <span className="flex flex-wrap gap-1">
                  {of.quality.flags.map((flag) => (
                    <Badge key={flag} tone="neutral">
                      {words.flag(flag)}
                    </Badge>
                  ))}
                </span>
              ) : null}
            </summary>
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
              tabIndex={0}
              aria-label={t('feeds.wholeRecord')}
              className="mx-3 mb-2 max-h-80 overflow-auto rounded-md border border-line bg-sunken p-2"
            >
              <pre className="font-mono text-2xs">{JSON.stringify(of, null, 2)}</pre>
            </section>
          </details>
        </li>
      ))}
    </ol>
  );
}
