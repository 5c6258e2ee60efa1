'use client';
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { clockRows } from '@/components/incident/clock-rows.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import { clockText } from '@/components/ui/elapsed.ts';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { type ClockResult, measureClocks } from '@/server/domain/clock.ts';
import type { Cycle } from '@/server/domain/incident.ts';

const verdicts = {
  met: { icon: CircleCheck, hue: 'text-good-text' },
  missed: { icon: TriangleAlert, hue: 'text-serious-text' },
  notReached: { icon: CircleDashed, hue: 'text-ink-faint' },
} as const;

export function Verdict({ of }: { of: ClockResult['met'] }) {
  const t = useTranslations('review.verdict');
  const name = of === null ? 'notReached' : of ? 'met' : 'missed';
  const { icon: Icon, hue } = verdicts[name];
  return (
    <span className={cn('inline-flex items-center gap-1 font-medium whitespace-nowrap', hue)}>
      <Icon className="size-[1.1em]" aria-hidden />
      {t(name)}
    </span>
  );
}

/** Each cycle's clocks, and how its intervals did against their targets. Later than the moment: dimmed. */
export function ClockReview({ cycles, at }: { cycles: readonly Cycle[]; at: number }) {
  const t = useTranslations();
  const formats = useFormats();
  return (
    <div className="flex flex-col gap-5 p-3">
      {cycles.map((cycle, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cycles are only ever appended
        <section key={index} className="flex flex-col gap-3">
          {cycles.length > 1 ? (
            <h2 className="text-xs font-medium text-ink-faint">{t('incident.clock.cycle', { number: index + 1 })}</h2>
          ) : null}
          <Table aria-label={t('review.clocks.targets')}>
            <thead>
              <tr>
                <Th>{t('review.clocks.target')}</Th>
                <Th>{t('review.clocks.interval')}</Th>
                <Th className="text-end">{t('incident.clock.took')}</Th>
                <Th className="text-end">{t('review.clocks.within')}</Th>
                <Th>{t('review.clocks.verdict')}</Th>
                <Th>{t('review.clocks.source')}</Th>
              </tr>
            </thead>
            <tbody>
              {measureClocks(cycle.clocks).map(({ target, tookMs, met }) => (
                <Tr key={target.id}>
                  <Td>{t(`domain.clockTarget.${target.id as 'answer'}`)}</Td>
                  <Td className="figures text-xs">
                    {target.from}–{target.to}
                  </Td>
                  <Td className="figures text-end">{tookMs === null ? '—' : clockText(tookMs)}</Td>
                  <Td className="figures text-end">{clockText(target.withinS * 1_000)}</Td>
                  <Td>
                    <Verdict of={met} />
                  </Td>
                  <Td className="text-xs text-ink-soft">
                    {target.source}
                    <span className="block text-2xs text-ink-faint">
                      {t(target.verified ? 'incident.clock.verified' : 'incident.clock.unverified')}
                    </span>
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          <Table aria-label={t('review.clocks.title')}>
            <thead>
              <tr>
                <Th>{t('incident.clock.step')}</Th>
                <Th>{t('incident.clock.at')}</Th>
                <Th className="text-end">{t('incident.clock.took')}</Th>
              </tr>
            </thead>
            <tbody>
              {clockRows(cycle.clocks).map((row) => (
                <Tr key={row.name} className={cn((row.at === null || row.at > at) && 'text-ink-faint')}>
                  <Td>
                    <span className="figures me-2 inline-block w-6 text-2xs">{row.name}</span>
                    {t(`domain.clock.${row.name}`)}
                  </Td>
                  <Td className="figures">
                    {row.at === null ? t('review.verdict.notReached') : formats.dateTime(row.at)}
                  </Td>
                  <Td className="figures text-end">{row.tookMs === null ? '—' : clockText(row.tookMs)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          <Outcome cycle={cycle} />
        </section>
      ))}
      <p className="text-2xs text-ink-faint">{t('incident.clock.provisional')}</p>
    </div>
  );
}

/** What was reported, verified, closed and learnt, and by whom. */
function Outcome({ cycle }: { cycle: Cycle }) {
  const t = useTranslations();
  const formats = useFormats();
  const { report, verification, closing, evaluation, returns } = cycle;
  const lines = [
    report && { name: t('domain.clock.T8'), said: report.text, ...report },
    verification && {
      name: t('domain.clock.T9'),
      said: `${t(verification.passed ? 'domain.move.confirm' : 'domain.move.sendBack')} ${verification.text}`,
      ...verification,
    },
    closing && {
      name: t('domain.clock.T10'),
      said: `${t(`domain.closingCode.${closing.code as 'resolved'}`)} ${closing.text}`,
      ...closing,
    },
    evaluation && { name: t('domain.clock.T11'), said: `${evaluation.score} · ${evaluation.lessons}`, ...evaluation },
  ].filter((line) => line !== null);
  if (lines.length === 0 && returns === 0) return null;
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-3 gap-y-1 text-sm">
      {lines.map((line) => (
        <div key={line.name} className="contents">
          <dt className="text-ink-faint">{line.name}</dt>
          <dd className="break-words">
            {line.said}
            <span className="ms-2 text-xs text-ink-faint">
              {line.by.name} {formats.time(line.at)}
            </span>
          </dd>
        </div>
      ))}
      {returns > 0 ? (
        <div className="contents">
          <dt className="text-ink-faint">{t('review.clocks.returns')}</dt>
          <dd className="figures">{returns}</dd>
        </div>
      ) : null}
    </dl>
  );
}
