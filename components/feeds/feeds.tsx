'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { useFeedRates, useRecords } from '@/components/live/use-live.ts';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { may } from '@/server/domain/policy.ts';
import { FeedDrawer } from './feed-drawer.tsx';
import { feedLines, isTrouble } from './feed-lines.ts';
import { FeedTable } from './feed-table.tsx';
import { StorageLine } from './storage-line.tsx';
import { useFeedWords } from './use-feed-words.ts';

const asked = {
  feed: parseAsString,
  q: parseAsString.withDefault(''),
  show: parseAsStringLiteral(['all', 'trouble']).withDefault('all'),
};

/** Every feed: how it is, what it brings, what was refused and why. */
export function Feeds() {
  const t = useTranslations('feeds');
  const nav = useTranslations('nav');
  const { actor } = useSigned();
  const trpc = useTRPC();
  const codes = useCodeWords();
  const words = useFeedWords();
  const refusalWords = useRefusalWords();
  const search = useRef<HTMLInputElement>(null);
  const [{ feed, q, show }, ask] = useQueryStates(asked, { history: 'replace' });
  const mayRead = may(actor, 'quarantine.read');
  const list = useQuery(trpc.feed.list.queryOptions(undefined, { refetchInterval: 5_000, staleTime: 0 }));
  const refusal = list.error ? refusalOf(list.error) : null;
  const counts = useQuery(
    trpc.feed.quarantineCount.queryOptions(undefined, { enabled: mayRead, refetchInterval: 5_000, staleTime: 0 }),
  );
  const records = useRecords((all) => all.all('feed'));
  const rates = useFeedRates();
  const heldBack = mayRead ? (counts.data ?? []) : null;
  const all = feedLines({
    listed: list.data ?? [],
    records: Array.from(records.values(), (held) => held.body),
    rates: rates?.feeds ?? [],
    heldBack,
  });
  const bad = all.filter(isTrouble);
  const text = q.trim().toLowerCase();
  const lines = all.filter(
    (line) =>
      (show === 'all' || isTrouble(line)) &&
      (text === '' ||
        [
          line.id,
          words.title(line.id, line.title),
          line.protocol,
          words.protocol(line.protocol),
          line.standard,
          line.address,
          codes.department(line.department),
        ].some((part) => part?.toLowerCase().includes(text))),
  );
  const opened = all.find((line) => line.id === feed) ?? null;
  const step = (by: 1 | -1) => {
    const at = lines.findIndex((line) => line.id === feed);
    const next = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + by))];
    if (next) void ask({ feed: next.id });
  };
  const close = () => {
    const back = document.querySelector<HTMLElement>(`[data-feed="${CSS.escape(feed ?? '')}"] button`);
    void ask({ feed: null });
    back?.focus();
  };

  useHotkeys([
    { chord: '/', label: t('keys.search'), group: t('title'), run: () => search.current?.focus() },
    { chord: 'j', label: t('keys.next'), group: t('title'), enabled: lines.length > 0, run: () => step(1) },
    { chord: 'k', label: t('keys.previous'), group: t('title'), enabled: lines.length > 0, run: () => step(-1) },
    { chord: 'escape', label: t('close'), group: t('title'), enabled: opened !== null, run: close },
  ]);

  return (
    <div
      className={cn('grid min-h-0 flex-1', opened ? 'grid-cols-[minmax(0,1fr)_minmax(24rem,34rem)]' : 'grid-cols-1')}
    >
      <div className="flex min-h-0 min-w-0 flex-col bg-panel">
        <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
          <h1 className="text-base font-semibold">{t('title')}</h1>
          {list.data ? (
            bad.length ? (
              <Badge tone={bad.some((line) => line.state === 'down') ? 'critical' : 'serious'}>
                {t('bad', { bad: bad.length, all: list.data.length })}
              </Badge>
            ) : (
              <span className="text-xs text-ink-faint">{t('well', { all: list.data.length })}</span>
            )
          ) : null}
          {may(actor, 'station.read') ? (
            <Link href="/stations" prefetch={false} className="text-xs text-accent-text hover:underline">
              {nav('stations')}
            </Link>
          ) : null}
          <div className="ms-auto flex items-center gap-2">
            <ToggleGroup
              label={t('show')}
              value={show}
              onValueChange={(value) => void ask({ show: value })}
              choices={[
                { value: 'all', label: t('all') },
                { value: 'trouble', label: t('trouble') },
              ]}
            />
            <Input
              ref={search}
              type="search"
              className="w-72"
              aria-label={t('keys.search')}
              placeholder={t('searchHint')}
              value={q}
              onChange={(event) => void ask({ q: event.target.value })}
            />
          </div>
        </header>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
          tabIndex={0}
          aria-label={t('title')}
          className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
        >
          {list.isPending ? <Loading /> : null}
          {list.isError && !list.data ? (
            <Failed
              title={refusal ? refusalWords(refusal).text : undefined}
              onRetry={refusal ? undefined : () => void list.refetch()}
            />
          ) : null}
          {list.data && lines.length === 0 ? <Empty title={t(all.length ? 'nothingFound' : 'none')} /> : null}
          {lines.length ? (
            <FeedTable lines={lines} opened={feed} onOpen={(id) => void ask({ feed: id })} compact={opened !== null} />
          ) : null}
        </section>
        <p className="flex flex-wrap gap-x-4 border-t border-line px-3 py-1.5 text-2xs text-ink-faint">
          <span>{t('countedHint')}</span>
          <StorageLine />
        </p>
      </div>
      {opened ? (
        <FeedDrawer
          key={opened.id}
          line={opened}
          heldBack={heldBack}
          mayDecode={may(actor, 'quarantine.redecode')}
          onClose={close}
        />
      ) : null}
    </div>
  );
}
