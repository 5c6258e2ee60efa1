'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Duration } from '@/components/ui/duration.tsx';
import { clockText } from '@/components/ui/elapsed.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { clockRows } from './clock-rows.ts';

/** T0–T11 of each cycle, against their targets; each target names its source and whether the clause was checked. */
export function ClockTable({ of }: { of: Incident }) {
  const t = useTranslations();
  const formats = useFormats();
  return (
    <div className="flex flex-col gap-4 p-3">
      {of.cycles.map((cycle, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cycles are only ever appended
        <Table key={index}>
          {of.cycles.length > 1 ? (
            <caption className="pb-1 text-start text-xs font-medium text-ink-faint">
              {t('incident.clock.cycle', { number: index + 1 })}
            </caption>
          ) : null}
          <thead>
            <tr>
              <Th className="ps-0">{t('incident.clock.step')}</Th>
              <Th>{t('incident.clock.at')}</Th>
              <Th className="text-end">{t('incident.clock.took')}</Th>
              <Th className="pe-0 text-end">{t('incident.clock.target')}</Th>
            </tr>
          </thead>
          <tbody>
            {clockRows(cycle.clocks).map((row) => (
              <Tr key={row.name} className={row.at === null ? 'text-ink-faint' : undefined}>
                <Td className="ps-0">
                  <span className="figures me-2 inline-block w-6 text-2xs text-ink-faint">{row.name}</span>
                  {t(`domain.clock.${row.name}`)}
                </Td>
                <Td className="figures">{row.at === null ? '—' : formats.time(row.at)}</Td>
                <Td className="figures text-end">{row.tookMs === null ? '—' : clockText(row.tookMs)}</Td>
                <Td className="figures pe-0 text-end whitespace-nowrap">
                  {row.target ? (
                    <span
                      title={`${row.target.source} · ${t(row.target.verified ? 'incident.clock.verified' : 'incident.clock.unverified')}`}
                    >
                      {row.from !== null ? (
                        <>
                          <Duration from={row.from} to={row.at} targetMs={row.target.withinS * 1000} /> /{' '}
                        </>
                      ) : null}
                      {clockText(row.target.withinS * 1000)}
                    </span>
                  ) : (
                    ''
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ))}
      <p className="text-2xs text-ink-faint">{t('incident.clock.provisional')}</p>
    </div>
  );
}
