'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import { Empty } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { Assignment } from '@/server/domain/incident.ts';
import { assignmentStates } from '@/server/domain/unit.ts';
import { tookOf } from './replay.ts';
import { Sideways } from './sideways.tsx';

/** Every unit that was sent, with its own clocks. */
export function UnitTable({ assignments }: { assignments: readonly Assignment[] }) {
  const t = useTranslations();
  const formats = useFormats();
  /** Statuses that none of them went through say nothing. */
  const states = assignmentStates.filter((state) => assignments.some((held) => held.clocks[state] != null));
  if (assignments.length === 0) return <Empty title={t('review.units.none')} />;
  return (
    <Sideways label={t('review.units.title')}>
      <Table aria-label={t('review.units.title')}>
        <thead>
          <tr>
            <Th>{t('review.units.unit')}</Th>
            {states.map((state) => (
              <Th key={state} className="text-end">
                {t(`domain.assignmentState.${state}`)}
              </Th>
            ))}
            <Th className="text-end">{t('review.units.ended')}</Th>
            <Th className="text-end">{t('incident.clock.took')}</Th>
          </tr>
        </thead>
        <tbody>
          {assignments.map((held) => {
            const took = tookOf(held);
            return (
              <Tr key={held.id}>
                <Td className="whitespace-nowrap">
                  <span className="font-medium">{held.callSign}</span>
                  <span className="block text-2xs text-ink-faint">
                    {t(`domain.assignmentState.${held.state}`)}
                    {held.slot === 2 ? ` · ${t('incident.order.second')}` : ''}
                  </span>
                </Td>
                {states.map((state) => {
                  const at = held.clocks[state];
                  return (
                    <Td key={state} className="figures text-end text-xs whitespace-nowrap">
                      {at == null ? '—' : formats.time(at)}
                    </Td>
                  );
                })}
                <Td className="figures text-end text-xs whitespace-nowrap">
                  {held.endedAt === null ? '—' : formats.time(held.endedAt)}
                </Td>
                <Td className="figures text-end text-xs">{took === null ? '—' : clockText(took)}</Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </Sideways>
  );
}
