'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { FeedStateMark } from '@/components/shell/marks/state-marks.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Age } from '@/components/ui/age.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { Table, Td, Th } from '@/components/ui/table.tsx';
import type { FeedLine } from './feed-lines.ts';
import { useFeedWords } from './use-feed-words.ts';

export type FeedTableProps = {
  lines: readonly FeedLine[];
  opened: string | null;
  onOpen: (id: string) => void;
  /** Beside an open drawer: only what tells feeds apart. */
  compact: boolean;
};

const limits = (intervalS: number | null) =>
  intervalS === null ? {} : { lateMs: intervalS * 1_500, staleMs: intervalS * 2_000 };

/** Every feed on one line. The title opens it; a click anywhere on the line does the same. */
export function FeedTable({ lines, opened, onOpen, compact }: FeedTableProps) {
  const t = useTranslations('feeds');
  const format = useFormatter();
  const codes = useCodeWords();
  const words = useFeedWords();
  const count = (value: number | null) =>
    value === null ? '—' : format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 });
  const number = 'figures text-end';
  const wide = cn(number, compact && 'hidden');
  return (
    <Table aria-label={t('title')}>
      <thead className="sticky top-0 z-10">
        <tr>
          <Th>{t('column.state')}</Th>
          <Th>{t('column.feed')}</Th>
          <Th className={cn(compact && 'hidden')}>{t('column.source')}</Th>
          <Th>{t('column.last')}</Th>
          <Th className="text-end">{t('column.messages')}</Th>
          <Th className={wide}>{t('column.records')}</Th>
          <Th className={wide}>{t('column.connections')}</Th>
          <Th className="text-end">{t('column.refused')}</Th>
          <Th className={cn(wide, 'hidden xl:table-cell', compact && 'xl:hidden')}>{t('column.noise')}</Th>
          <Th className={cn(wide, 'hidden xl:table-cell', compact && 'xl:hidden')}>{t('column.duplicates')}</Th>
          <Th className={cn('hidden xl:table-cell', compact && 'xl:hidden')}>{t('column.transport')}</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr
            key={line.id}
            aria-selected={opened === line.id}
            data-feed={line.id}
            onClick={() => onOpen(line.id)}
            className={cn(
              'hover:bg-hover/60',
              opened === line.id && 'bg-accent-wash',
              !line.configured && 'text-ink-faint',
            )}
          >
            <Td className="whitespace-nowrap">
              <FeedStateMark state={line.state} />
              <span className="mt-0.5 block text-2xs text-ink-faint">
                {line.since === null ? '—' : <Duration from={line.since} />}
              </span>
            </Td>
            <Td className="max-w-80 min-w-44">
              <button
                type="button"
                aria-expanded={opened === line.id}
                onClick={(event) => {
                  event.stopPropagation();
                  onOpen(line.id);
                }}
                className="block max-w-full rounded-sm text-start font-medium hover:underline"
              >
                {words.title(line.id, line.title)}
              </button>
              <span className="block text-2xs text-ink-faint">
                {codes.department(line.department) ?? t('noDepartment')}
                {line.configured ? '' : ` · ${t('notConfigured')}`}
              </span>
            </Td>
            <Td className={cn('max-w-72', compact && 'hidden')}>
              <span className="block truncate text-xs" title={line.standard}>
                {words.protocol(line.protocol)} <span className="text-ink-faint">{line.standard}</span>
              </span>
              <span className="block font-mono text-2xs break-all text-ink-faint">{line.address}</span>
            </Td>
            <Td className="text-xs whitespace-nowrap">
              {line.lastMessageAt === null ? (
                <span className="text-ink-faint">{t('never')}</span>
              ) : (
                <Age at={line.lastMessageAt} {...limits(line.expectedIntervalS)} />
              )}
            </Td>
            <Td className={number}>{count(line.messagesPerMinute)}</Td>
            <Td className={wide}>{count(line.figures?.recordsPerMinute ?? null)}</Td>
            <Td className={wide}>{count(line.connections)}</Td>
            <Td className={cn(number, 'whitespace-nowrap')}>
              {count(line.refusedTotal)}
              {line.heldBack ? (
                <Badge tone="caution" className="ms-1.5" title={t('heldBack', { count: line.heldBack })}>
                  {t('heldBack', { count: line.heldBack })}
                </Badge>
              ) : null}
            </Td>
            <Td className={cn(number, 'hidden xl:table-cell', compact && 'xl:hidden')}>
              {count(line.figures?.noiseBytes ?? null)}
            </Td>
            <Td className={cn(number, 'hidden xl:table-cell', compact && 'xl:hidden')}>
              {count(line.figures?.duplicates ?? null)}
            </Td>
            <Td className={cn('hidden max-w-64 text-xs text-ink-soft xl:table-cell', compact && 'xl:hidden')}>
              {line.figures?.transport
                ? words.transport(line.figures.transport.code, line.figures.transport.facts)
                : '—'}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
