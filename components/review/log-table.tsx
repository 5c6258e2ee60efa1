'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { logLine } from '@/components/incident/log-line.ts';
import { useLineWords } from '@/components/incident/timeline.tsx';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import { Table, Td, Th } from '@/components/ui/table.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { entryAt, type Replay } from './replay.ts';

export type LogTableProps = { of: Incident; replay: Replay; from: number; at: number; onSeek: (at: number) => void };

/** The sealed log of the incident, with each entry's place in the one sequence of the city. */
export function LogTable({ of, replay, from, at, onSeek }: LogTableProps) {
  const t = useTranslations('review.log');
  const formats = useFormats();
  const wordsOf = useLineWords();
  const now = entryAt(replay, at);
  const row = useRef<HTMLTableRowElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row in question moves with `now`
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [now]);
  const names = {
    order: (id: string) => {
      const target = of.orders.find((order) => order.id === id)?.target;
      return target?.kind === 'unit' ? target.callSign : (target?.id ?? '');
    },
    assignment: (id: string) => of.assignments.find((held) => held.id === id)?.callSign ?? '',
  };
  return (
    <Table aria-label={t('title')}>
      <thead className="sticky top-0 z-10 print:static">
        <tr>
          <Th>{t('time')}</Th>
          <Th className="text-end">{t('after')}</Th>
          <Th>{t('what')}</Th>
          <Th>{t('by')}</Th>
          <Th className="text-end" title={t('positionHint')}>
            {t('position')}
          </Th>
        </tr>
      </thead>
      <tbody>
        {replay.entries.map((entry, index) => {
          const line = logLine({ kind: entry.kind, content: entry.content }, names);
          return (
            <tr
              key={entry.position}
              ref={index === now ? row : undefined}
              aria-current={index === now ? 'step' : undefined}
              className={cn(index === now && 'bg-accent-wash print:bg-transparent', index > now && 'text-ink-faint')}
            >
              <Td className="align-top whitespace-nowrap">
                <button
                  type="button"
                  onClick={() => onSeek(entry.recordedAt)}
                  className="figures rounded-sm text-xs hover:underline"
                  title={t('seek')}
                >
                  {formats.time(entry.recordedAt)}
                </button>
              </Td>
              <Td className="figures text-end align-top text-xs whitespace-nowrap">
                +{clockText(entry.recordedAt - from)}
              </Td>
              <Td className="align-top">
                <span
                  className={cn(
                    line.tone === 'strong' && 'font-semibold',
                    line.tone === 'warn' && 'font-semibold text-serious-text',
                  )}
                >
                  {wordsOf(line)}
                </span>
                {line.text ? <span className="block text-xs break-words whitespace-pre-wrap">{line.text}</span> : null}
              </Td>
              <Td className="align-top text-xs">{entry.by}</Td>
              <Td className="figures text-end align-top text-xs">{entry.position}</Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
