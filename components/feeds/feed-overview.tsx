'use client';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Age } from '@/components/ui/age.tsx';
import { Heading } from '@/components/ui/panel.tsx';
import type { FeedLine, HeldBack } from './feed-lines.ts';
import { useFeedWords } from './use-feed-words.ts';

function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-x-3 py-1 text-sm">
      <dt className="text-xs leading-6 text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

export type FeedOverviewProps = {
  line: FeedLine;
  heldBack: readonly HeldBack[] | null;
  onReason: (reason: string) => void;
};

/** What is set, what was counted, and why messages were refused. */
export function FeedOverview({ line, heldBack, onReason }: FeedOverviewProps) {
  const t = useTranslations('feeds');
  const format = useFormatter();
  const formats = useFormats();
  const codes = useCodeWords();
  const words = useFeedWords();
  const { figures } = line;
  const refused = Object.entries(figures?.refused ?? {}).flatMap(([reason, count]) =>
    count ? [{ reason, count }] : [],
  );
  const held = heldBack?.filter((one) => one.feed === line.id) ?? [];
  const reasons = [...new Set([...refused.map((one) => one.reason), ...held.map((one) => one.reason)])];
  const number = (value: number) => format.number(value, { maximumFractionDigits: 1 });
  return (
    <div className="flex flex-col gap-4 p-3">
      <dl>
        <Fact label={t('fact.department')}>{codes.department(line.department) ?? t('noDepartment')}</Fact>
        <Fact label={t('fact.protocol')}>
          {words.protocol(line.protocol)} <span className="text-ink-soft">{line.standard}</span>
        </Fact>
        <Fact label={t('fact.address')}>
          <span className="font-mono text-xs break-all">{line.address}</span>
        </Fact>
        <Fact label={t('fact.interval')}>
          {line.expectedIntervalS === null ? t('fact.noInterval') : t('fact.everyS', { value: line.expectedIntervalS })}
        </Fact>
        <Fact label={t('fact.datum')}>{line.crs.toUpperCase()}</Fact>
        <Fact label={t('fact.since')}>{line.since === null ? '—' : formats.dateTime(line.since)}</Fact>
        <Fact label={t('fact.transport')}>
          {figures?.transport ? (
            <>
              {words.transport(figures.transport.code, figures.transport.facts)}
              <span className="ms-2 text-xs text-ink-faint">{formats.dateTime(figures.transport.at)}</span>
            </>
          ) : (
            '—'
          )}
        </Fact>
        <Fact label={t('fact.lastMessage')}>
          <Age at={line.lastMessageAt} />
        </Fact>
        <Fact label={t('fact.lastGood')}>
          <Age at={line.lastGoodAt} />
        </Fact>
      </dl>
      <section>
        <Heading>{t('counted')}</Heading>
        {figures ? (
          <dl className="grid grid-cols-3 gap-x-3 gap-y-2 pt-1">
            {(
              [
                ['messages', number(figures.messages)],
                ['records', number(figures.records)],
                ['bytes', number(figures.bytes)],
                ['duplicates', number(figures.duplicates)],
                ['noise', number(figures.noiseBytes)],
                ['connections', number(line.connections ?? 0)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt className="text-2xs text-ink-faint">{t(`count.${name}`)}</dt>
                <dd className="figures text-base font-medium">{value}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="text-sm text-ink-faint">{t('notConfiguredHint')}</p>
        )}
      </section>
      <section>
        <Heading>{t('refusedBy')}</Heading>
        {reasons.length === 0 ? (
          <p className="pt-1 text-sm text-ink-faint">{t('nothingRefused')}</p>
        ) : (
          <table className="w-full text-sm">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('quarantine.reason')}</th>
                <th scope="col">{t('column.refused')}</th>
                <th scope="col">{t('quarantine.title')}</th>
              </tr>
            </thead>
            <tbody>
              {reasons.map((reason) => {
                const open = held.find((one) => one.reason === reason)?.open ?? 0;
                return (
                  <tr key={reason} className="border-b border-line">
                    <td className="py-1.5 pe-2">
                      {words.reason(reason)} <span className="font-mono text-2xs text-ink-faint">{reason}</span>
                    </td>
                    <td className="figures py-1.5 pe-2 text-end whitespace-nowrap">
                      {number(refused.find((one) => one.reason === reason)?.count ?? 0)}
                    </td>
                    <td className="py-1.5 text-end whitespace-nowrap">
                      {heldBack ? (
                        <button
                          type="button"
                          onClick={() => onReason(reason)}
                          className="rounded-sm text-xs text-accent-text hover:underline"
                        >
                          {t('heldBack', { count: Number(open) })}
                        </button>
                      ) : null}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
