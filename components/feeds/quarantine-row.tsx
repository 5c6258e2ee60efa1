'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, OctagonX, RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { refusalOf } from '@/components/shell/refusal.ts';
import { type Answers, useTRPC } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { cn } from '@/components/ui/cn.ts';
import { BytesView } from './bytes-view.tsx';
import { useFeedWords } from './use-feed-words.ts';

export type QuarantinedRow = Answers['feed']['quarantine'][number];

/** One message that could not be read. The reason comes first: it is what an integrator looks for. */
export function QuarantineRow({ row, mayDecode }: { row: QuarantinedRow; mayDecode: boolean }) {
  const t = useTranslations('feeds.quarantine');
  const trpc = useTRPC();
  const cache = useQueryClient();
  const formats = useFormats();
  const words = useFeedWords();
  const refusalWords = useRefusalWords();
  const again = useMutation(
    trpc.feed.redecode.mutationOptions({
      onSuccess: (answer) => {
        if (!answer.decoded) return;
        void cache.invalidateQueries({ queryKey: trpc.feed.quarantineCount.queryKey() });
        void cache.invalidateQueries({ queryKey: trpc.feed.list.queryKey() });
      },
    }),
  );
  const refusal = again.error ? refusalOf(again.error) : null;
  return (
    <li className="border-b border-line">
      <details>
        <summary className="px-3 py-2 hover:bg-hover/60">
          <span className="inline-flex w-[calc(100%-1.2rem)] items-baseline gap-2 align-top text-sm">
            <span className="min-w-0 flex-1 font-medium">{words.reason(row.reason)}</span>
            {row.decodedAt !== null ? <Badge tone="good">{t('decoded')}</Badge> : null}
            <time dateTime={new Date(row.receivedAt).toISOString()} className="shrink-0 text-xs text-ink-faint">
              {formats.dateTime(row.receivedAt)}
            </time>
          </span>
          <span className="block truncate ps-4 text-xs text-ink-soft">{row.detail || t('noDetail')}</span>
        </summary>
        <div className="flex flex-col gap-2 px-3 pb-3">
          <dl className="grid grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 text-xs">
            <dt className="text-ink-faint">{t('detail')}</dt>
            <dd className="break-words">{row.detail || t('noDetail')}</dd>
            <dt className="text-ink-faint">{t('code')}</dt>
            <dd className="font-mono">{row.reason}</dd>
            <dt className="text-ink-faint">{t('offset')}</dt>
            <dd className="figures">{row.offset === null ? t('noOffset') : t('atByte', { offset: row.offset })}</dd>
            <dt className="text-ink-faint">{t('source')}</dt>
            <dd className="break-words">{row.source ?? '—'}</dd>
            <dt className="text-ink-faint">{t('protocol')}</dt>
            <dd>{words.protocol(row.protocol)}</dd>
            {row.decodedAt !== null ? (
              <>
                <dt className="text-ink-faint">{t('decoded')}</dt>
                <dd className="figures">{formats.dateTime(row.decodedAt)}</dd>
              </>
            ) : null}
          </dl>
          {row.withheld ? (
            <p className="text-ink-soft">{t('withheld', { count: row.bytes.length })}</p>
          ) : (
            <BytesView bytes={row.bytes} mark={row.offset} />
          )}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              size="sm"
              disabled={!mayDecode || again.isPending || row.decodedAt !== null}
              onClick={() => again.mutate({ id: row.id })}
            >
              <RotateCcw className={cn(again.isPending && 'animate-turn')} />
              {t('again')}
            </Button>
            {mayDecode ? null : <span className="text-2xs text-ink-faint">{t('mayNot')}</span>}
            <span role="status" className="min-w-0 text-xs">
              {again.data?.decoded ? (
                <span className="inline-flex items-center gap-1 text-good-text">
                  <CircleCheck className="size-4" aria-hidden />
                  {t('now', { count: again.data.records })}
                </span>
              ) : null}
              {again.data && !again.data.decoded ? (
                <span className="inline-flex items-center gap-1 text-serious-text">
                  <OctagonX className="size-4 shrink-0" aria-hidden />
                  {t('still', { reason: words.reason(again.data.reason), detail: again.data.detail })}
                </span>
              ) : null}
              {again.isError ? (
                <span className="inline-flex items-center gap-1 text-critical-text">
                  <OctagonX className="size-4 shrink-0" aria-hidden />
                  {refusal ? refusalWords(refusal).text : t('unreachable')}
                </span>
              ) : null}
            </span>
          </div>
        </div>
      </details>
    </li>
  );
}
