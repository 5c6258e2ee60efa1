'use client';
import { useTranslations } from 'next-intl';
import { UnitStatusMark } from '@/components/shell/marks/unit-status-mark.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import { Empty } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { Moment } from './moment.ts';
import { Sideways } from './sideways.tsx';

/** The map at the moment, in words and figures. */
export function MomentTable({ moment, at }: { moment: readonly Moment[]; at: number }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const formats = useFormats();
  return (
    <Sideways label={t('review.moment.title')}>
      <p className="px-3 pt-3 text-xs text-ink-soft">{t('review.moment.at', { time: formats.dateTime(at) })}</p>
      {moment.length === 0 ? (
        <Empty title={t('review.moment.none')} />
      ) : (
        <Table aria-label={t('review.moment.title')}>
          <thead>
            <tr>
              <Th>{t('review.units.unit')}</Th>
              <Th>{t('review.moment.status')}</Th>
              <Th className="text-end">{t('review.moment.distance')}</Th>
              <Th className="text-end">{t('review.moment.speed')}</Th>
              <Th className="text-end">{t('review.moment.heading')}</Th>
              <Th>{t('review.moment.position')}</Th>
              <Th className="text-end">{t('review.moment.age')}</Th>
            </tr>
          </thead>
          <tbody>
            {moment.map(({ id, callSign, kind, status, fix, distanceM }) => (
              <Tr key={id}>
                <Td className="whitespace-nowrap">
                  <span className="font-medium">{callSign}</span>
                  <span className="block text-2xs text-ink-faint">{codes.unitKind(kind)}</span>
                </Td>
                <Td className="text-xs">
                  {status === null ? (
                    <span className="text-ink-faint">{t('review.moment.notEngaged')}</span>
                  ) : (
                    <UnitStatusMark status={status} />
                  )}
                </Td>
                <Td className="figures text-end text-xs whitespace-nowrap">
                  {distanceM === null ? '—' : formats.distance(distanceM)}
                </Td>
                <Td className="figures text-end text-xs whitespace-nowrap">
                  {fix?.speedMps == null ? '—' : t('review.moment.kmh', { value: Math.round(fix.speedMps * 3.6) })}
                </Td>
                <Td className="figures text-end text-xs">
                  {fix?.headingDeg == null ? '—' : `${Math.round(fix.headingDeg)}°`}
                </Td>
                <Td className="figures text-xs whitespace-nowrap">
                  {fix ? `${fix.lonLat[0].toFixed(5)}, ${fix.lonLat[1].toFixed(5)}` : t('review.moment.noFix')}
                </Td>
                <Td className="figures text-end text-xs whitespace-nowrap">
                  {fix ? (
                    <span
                      className={cn(fix.freshness === 'late' && 'is-late', fix.freshness === 'stale' && 'is-stale')}
                    >
                      {clockText(fix.ageMs)} {t(`domain.freshness.${fix.freshness}`)}
                    </span>
                  ) : (
                    '—'
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Sideways>
  );
}
