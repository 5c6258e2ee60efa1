'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useTRPC } from '@/components/shell/trpc.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { cn } from '@/components/ui/cn.ts';
import { Heading } from '@/components/ui/panel.tsx';
import { Empty, Failed, Loading } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { alarmNorms } from '@/server/domain/alarm-figures.ts';
import type { AlarmRow } from './alarm-order.ts';
import { RateBars } from './rate-bars.tsx';
import { useAlarmWords } from './use-alarm-words.ts';

const shifts = ['1', '8', '12', '24'] as const;

const Figure = ({ label, value, norm, bad }: { label: string; value: ReactNode; norm: string; bad: boolean }) => (
  <div className="min-w-36 rounded-md border border-line bg-panel p-2.5">
    <p className="text-xs text-ink-faint">{label}</p>
    <p className={cn('figures text-xl font-semibold', bad && 'text-serious-text')}>
      {bad ? <span aria-hidden>▲ </span> : null}
      {value}
    </p>
    <p className="text-2xs text-ink-faint">{norm}</p>
  </div>
);

/** How the room bears its alarms, beside the norms. A figure is past its norm by a mark and a hue, never by the hue alone. */
export function RoomFigures({ rows }: { rows: readonly AlarmRow[] }) {
  const t = useTranslations('alarms.figures');
  const format = useFormatter();
  const formats = useFormats();
  const words = useAlarmWords();
  const refusalWords = useRefusalWords();
  const locale = useLocale();
  const trpc = useTRPC();
  const [shift, setShift] = useState<(typeof shifts)[number]>('8');
  const rules = useRecords((all) => all.all('rule'));
  const asked = useQuery(
    trpc.alarm.figures.queryOptions({ hours: Number(shift) }, { refetchInterval: 10_000, staleTime: 0 }),
  );
  const share = (value: number) => format.number(value, { style: 'percent', maximumFractionDigits: 1 });
  const titleOf = (rule: string) => {
    const held = rules.get(rule)?.body;
    return held ? words.of(held.title) : rule;
  };
  const chattering = rows.filter(({ alarm }) => alarm.chatteringSince !== null);
  const stale = rows.filter((row) => row.stale);
  if (asked.isPending) return <Loading />;
  if (!asked.data) {
    const refusal = asked.error ? refusalOf(asked.error) : null;
    return (
      <Failed
        title={refusal ? refusalWords(refusal).text : undefined}
        onRetry={refusal ? undefined : () => void asked.refetch()}
      />
    );
  }
  const { data } = asked;
  const low = data.shares.P3 + data.shares.P4;
  const norms = alarmNorms;
  return (
    <div className="flex flex-col gap-4 p-3">
      <div className="flex flex-wrap items-center gap-3">
        <ToggleGroup
          label={t('shift')}
          value={shift}
          onValueChange={setShift}
          choices={shifts.map((value) => ({ value, label: t('hours', { count: Number(value) }) }))}
        />
        <p className="text-2xs text-ink-faint">
          {t('norms', { source: norms.source.text })} <Badge>{t('unverified')}</Badge>
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Figure
          label={t('now')}
          value={data.now.announced}
          norm={t('nowNorm', { asked: data.now.asked, flood: norms.flood })}
          bad={data.now.asked > norms.flood}
        />
        <Figure
          label={t('rate')}
          value={format.number(data.perTenMinutes, { maximumFractionDigits: 2 })}
          norm={t('rateNorm', { steady: norms.steady, most: norms.manageable })}
          bad={data.perTenMinutes > norms.manageable}
        />
        <Figure
          label={t('peak')}
          value={data.peak?.asked ?? 0}
          norm={data.peak ? t('peakAt', { time: formats.time(data.peak.from) }) : t('peakNone')}
          bad={(data.peak?.asked ?? 0) > norms.flood}
        />
        <Figure
          label={t('floods')}
          value={data.floods.count}
          norm={t('floodsNorm', { share: share(data.floods.share) })}
          bad={data.floods.count > 0}
        />
        <Figure
          label={t('chattering')}
          value={chattering.length}
          norm={t('chatteringNorm', { most: norms.chattering })}
          bad={chattering.length > norms.chattering}
        />
        <Figure
          label={t('stale')}
          value={stale.length}
          norm={t('staleNorm', { most: norms.standingStale })}
          bad={stale.length >= norms.standingStale}
        />
        <Figure
          label={t('heldBack')}
          value={data.heldBack}
          norm={t(data.heldBack === 0 ? 'heldBackNone' : 'heldBackNorm')}
          bad={data.heldBack > 0}
        />
      </div>
      <RateBars slots={data.slots} limit={norms.flood} to={data.to} />
      <div className="grid gap-4 lg:grid-cols-2">
        <section aria-label={t('shares')}>
          <Heading>{t('shares')}</Heading>
          <Table>
            <thead>
              <tr>
                <Th>{t('priority')}</Th>
                <Th className="text-end">{t('share')}</Th>
                <Th className="text-end">{t('norm')}</Th>
              </tr>
            </thead>
            <tbody>
              {(
                [
                  ['P1', data.shares.P1, norms.shares.P1],
                  ['P2', data.shares.P2, norms.shares.P2],
                  [locale === 'en' ? 'P3, P4' : 'P3、P4', low, norms.shares.low],
                ] as const
              ).map(([name, value, norm]) => (
                <Tr key={name}>
                  <Td>{name}</Td>
                  <Td className="figures text-end">{data.announced === 0 ? '—' : share(value)}</Td>
                  <Td className="figures text-end text-ink-faint">{share(norm)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </section>
        <section aria-label={t('top')}>
          <Heading
            aside={<span className="text-2xs text-ink-faint">{t('topShare', { share: share(data.topShare) })}</span>}
          >
            {t('top')}
          </Heading>
          {data.top.length === 0 ? (
            <Empty title={t('none')} />
          ) : (
            <Table>
              <thead>
                <tr>
                  <Th>{t('where')}</Th>
                  <Th className="text-end">{t('count')}</Th>
                  <Th className="text-end">{t('share')}</Th>
                </tr>
              </thead>
              <tbody>
                {data.top.map((of) => (
                  <Tr key={of.alarm}>
                    <Td>
                      {of.name} <span className="text-xs text-ink-faint">{titleOf(of.rule)}</span>
                    </Td>
                    <Td className="figures text-end">{of.count}</Td>
                    <Td className="figures text-end text-ink-faint">{share(of.share)}</Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </section>
        {(
          [
            ['chatteringList', chattering],
            ['staleList', stale],
          ] as const
        ).map(([name, list]) => (
          <section key={name} aria-label={t(name)}>
            <Heading>{t(name)}</Heading>
            {list.length === 0 ? (
              <p className="text-sm text-ink-faint">{t('noneOf')}</p>
            ) : (
              <ul className="flex flex-col gap-1 text-sm">
                {list.slice(0, 50).map(({ alarm }) => (
                  <li key={alarm.id}>
                    {words.of(alarm.title)} · {alarm.name}{' '}
                    <span className="figures text-xs text-ink-faint">
                      {formats.dateTime(alarm.chatteringSince ?? alarm.raisedAt)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </div>
  );
}
