'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/components/shell/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import type { HeldBack } from './feed-lines.ts';
import { QuarantineRow } from './quarantine-row.tsx';
import { useFeedWords } from './use-feed-words.ts';

const pageRows = 50;
const every = '*';

export type QuarantineListProps = {
  feed: string;
  heldBack: readonly HeldBack[] | null;
  reason: string | null;
  onReason: (reason: string | null) => void;
  mayDecode: boolean;
};

/** Messages that could not be read: why, where in the bytes, the bytes themselves, and another try. */
export function QuarantineList({ feed, heldBack, reason, onReason, mayDecode }: QuarantineListProps) {
  const t = useTranslations('feeds.quarantine');
  const trpc = useTRPC();
  const words = useFeedWords();
  const [show, setShow] = useState<'open' | 'all'>('open');
  /** Pages back in time; the last one is shown. */
  const [before, setBefore] = useState<readonly number[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its newest
  useEffect(() => setBefore([]), [feed, reason, show]);
  const answer = useQuery(
    trpc.feed.quarantine.queryOptions(
      {
        feed,
        open: show === 'open',
        limit: pageRows,
        ...(reason ? { reason } : {}),
        ...(before.length ? { before: before.at(-1) } : {}),
      },
      { placeholderData: keepPreviousData, staleTime: 0, refetchInterval: before.length ? false : 5_000 },
    ),
  );
  const reasons = [
    ...new Set([
      ...(heldBack ?? []).filter((one) => one.feed === feed).map((one) => one.reason),
      ...(reason ? [reason] : []),
    ]),
  ];
  const rows = answer.data ?? [];
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <Select
          aria-label={t('reason')}
          className="w-56"
          value={reason ?? every}
          onValueChange={(value) => onReason(value === every ? null : value)}
          choices={[
            { value: every, label: t('everyReason') },
            ...reasons.map((value) => ({ value, label: words.reason(value) })),
          ]}
        />
        <ToggleGroup
          label={t('show')}
          value={show}
          onValueChange={setShow}
          choices={[
            { value: 'open', label: t('open') },
            { value: 'all', label: t('all') },
          ]}
        />
      </div>
      {answer.isError ? <Failed onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Loading /> : null}
      {answer.data && rows.length === 0 ? <Empty title={t(before.length ? 'noOlder' : 'nothing')} /> : null}
      <ol>
        {rows.map((row) => (
          <QuarantineRow key={row.id} row={row} mayDecode={mayDecode} />
        ))}
      </ol>
      {before.length || rows.length === pageRows ? (
        <div className="flex justify-between gap-2 p-3">
          <Button size="sm" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
            {t('newer')}
          </Button>
          <Button
            size="sm"
            disabled={rows.length < pageRows}
            onClick={() => setBefore([...before, rows.at(-1)?.receivedAt ?? 0])}
          >
            {t('older')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
