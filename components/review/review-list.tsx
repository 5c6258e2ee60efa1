'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useRef } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { IncidentStateMark, RealityMark } from '@/components/shell/marks/state-marks.tsx';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { Toggle, ToggleGroup } from '@/components/ui/toggle.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { priorities } from '@/server/domain/scale.ts';
import { reviewRows, shows, targetSummaries } from './review-rows.ts';
import { TargetSummaries } from './target-summary.tsx';

const asked = {
  q: parseAsString.withDefault(''),
  show: parseAsStringLiteral(shows).withDefault('ended'),
  p: parseAsArrayOf(parseAsStringLiteral(priorities)).withDefault([]),
};
const most = 500;

/** Incidents that ended and those that run, with how they did. */
export function ReviewList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const codes = useCodeWords();
  const formats = useFormats();
  const refusalWords = useRefusalWords();
  const search = useRef<HTMLInputElement>(null);
  const [{ q, show, p }, ask] = useQueryStates(asked, { history: 'replace' });
  const list = useQuery(
    trpc.incident.list.queryOptions(
      { live: false, limit: most },
      { placeholderData: keepPreviousData, refetchInterval: 15_000, staleTime: 0 },
    ),
  );
  const refusal = list.error ? refusalOf(list.error) : null;
  const live = useRecords((all) => all.all('incident'));
  const incidents = useMemo(() => {
    const all = new Map<string, Incident>((list.data ?? []).map((of) => [of.id, of]));
    for (const { body } of live.values())
      if ((all.get(body.id)?.changedAt ?? -1) <= body.changedAt) all.set(body.id, body);
    return [...all.values()];
  }, [list.data, live]);
  const rows = reviewRows(incidents, { text: q, show, priorities: p }, (of) => [
    codes.incidentKind(of.kind),
    t(`domain.incidentState.${of.state}`),
  ]);
  useHotkeys([
    { chord: '/', label: t('review.list.search'), group: t('review.title'), run: () => search.current?.focus() },
  ]);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3 py-2">
        <h1 className="text-base font-semibold">{t('review.title')}</h1>
        <span className="figures text-xs text-ink-faint">{t('review.list.count', { count: rows.length })}</span>
        <div className="ms-auto flex flex-wrap items-center gap-2">
          <fieldset aria-label={t('review.list.priorities')} className="flex gap-0.5">
            {priorities.map((priority) => (
              <Toggle
                key={priority}
                pressed={p.includes(priority)}
                aria-label={t(`domain.priority.${priority}`)}
                onPressedChange={(on) => void ask({ p: on ? [...p, priority] : p.filter((one) => one !== priority) })}
              >
                {priority}
              </Toggle>
            ))}
          </fieldset>
          <ToggleGroup
            label={t('review.list.show')}
            value={show}
            onValueChange={(value) => void ask({ show: value })}
            choices={shows.map((value) => ({ value, label: t(`review.list.shows.${value}`) }))}
          />
          <Input
            ref={search}
            type="search"
            className="w-64"
            aria-label={t('review.list.search')}
            placeholder={t('review.list.searchHint')}
            value={q}
            onChange={(event) => void ask({ q: event.target.value })}
          />
        </div>
      </header>
      {rows.length ? <TargetSummaries summaries={targetSummaries(rows.map((row) => row.incident))} /> : null}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
        tabIndex={0}
        aria-label={t('review.title')}
        className="min-h-0 flex-1 overflow-auto outline-offset-[-2px]"
      >
        {list.isPending ? <Loading /> : null}
        {list.isError && !list.data ? (
          <Failed
            title={refusal ? refusalWords(refusal).text : undefined}
            onRetry={refusal ? undefined : () => void list.refetch()}
          />
        ) : null}
        {list.data && rows.length === 0 ? (
          <Empty title={t(incidents.length ? 'review.list.nothingFound' : 'review.list.none')} />
        ) : null}
        {rows.length ? (
          <Table aria-label={t('review.title')}>
            <thead className="sticky top-0 z-10">
              <tr>
                <Th>{t('review.list.incident')}</Th>
                <Th>{t('review.list.place')}</Th>
                <Th>{t('review.list.state')}</Th>
                <Th>{t('review.list.began')}</Th>
                <Th className="text-end">{t('incident.clock.took')}</Th>
                <Th className="text-end">{t('review.list.units')}</Th>
                <Th>{t('review.list.targets')}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ incident: of, open, beganAt, endedAt, met, missed, notReached }) => (
                <Tr key={of.id}>
                  <Td className="max-w-md">
                    <span className="flex items-start gap-2">
                      <PriorityMark priority={of.priority} className="mt-0.5" />
                      <span className="min-w-0">
                        <Link
                          href={`/review/${encodeURIComponent(of.id)}`}
                          prefetch={false}
                          className="rounded-sm font-medium break-words hover:underline"
                        >
                          {of.title || codes.incidentKind(of.kind) || t('incident.untitled')}
                        </Link>
                        <span className="figures flex items-center gap-2 text-2xs text-ink-faint">
                          {of.number} <RealityMark reality={of.reality} />
                        </span>
                      </span>
                    </span>
                  </Td>
                  <Td className="max-w-64 text-xs break-words text-ink-soft">{of.place.text || '—'}</Td>
                  <Td>
                    <IncidentStateMark state={of.state} />
                    {of.cycles.length > 1 ? (
                      <span className="block text-2xs text-ink-faint">
                        {t('incident.clock.cycle', { number: of.cycles.length })}
                      </span>
                    ) : null}
                  </Td>
                  <Td className="figures text-xs whitespace-nowrap">{formats.dateTime(beganAt)}</Td>
                  <Td className="text-end text-xs">
                    <Duration from={beganAt} to={endedAt} className={cn(open && 'text-ink-faint')} />
                  </Td>
                  <Td className="figures text-end text-xs">{new Set(of.assignments.map((held) => held.unit)).size}</Td>
                  <Td className="whitespace-nowrap">
                    <span className="flex gap-1.5">
                      {missed ? <Badge tone="serious">{t('review.list.missed', { count: missed })}</Badge> : null}
                      {met ? <Badge>{t('review.list.met', { count: met })}</Badge> : null}
                      {notReached ? (
                        <span className="text-2xs text-ink-faint">
                          {t('review.list.notReached', { count: notReached })}
                        </span>
                      ) : null}
                    </span>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        ) : null}
        {(list.data?.length ?? 0) >= most ? (
          <p className="px-3 py-2 text-xs text-ink-faint">{t('review.list.most', { count: most })}</p>
        ) : null}
      </section>
    </div>
  );
}
