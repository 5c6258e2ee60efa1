'use client';
import { useTranslations } from 'next-intl';
import { SignalKindIcon } from '@/components/shell/marks/signal-kind-icon.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { Empty } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import type { Signal } from '@/server/domain/signal.ts';

/** What the incident was made of: each signal with both of its times and where it came from. */
export function SignalTable({ signals }: { signals: readonly Signal[] }) {
  const t = useTranslations();
  const codes = useCodeWords();
  const formats = useFormats();
  if (signals.length === 0) return <Empty title={t('review.signals.none')} />;
  return (
    <Table aria-label={t('review.signals.title')}>
      <thead>
        <tr>
          <Th>{t('review.signals.signal')}</Th>
          <Th>{t('incident.signal.observed')}</Th>
          <Th>{t('incident.signal.received')}</Th>
          <Th>{t('incident.signal.source')}</Th>
        </tr>
      </thead>
      <tbody>
        {signals.map((signal) => (
          <Tr key={signal.id}>
            <Td className="align-top">
              <span className="flex items-center gap-1.5 font-medium">
                <SignalKindIcon kind={signal.kind} className="size-3.5 shrink-0" />
                {signal.title || t(`domain.signalKind.${signal.kind}`)}
              </span>
              <span className="block text-xs text-ink-soft">{signal.place.text}</span>
              {signal.text ? (
                <span className="block text-xs break-words whitespace-pre-wrap text-ink-faint">{signal.text}</span>
              ) : null}
            </Td>
            <Td className="figures align-top text-xs whitespace-nowrap">
              {signal.observedAt === null ? t('ui.unknown') : formats.time(signal.observedAt)}
            </Td>
            <Td className="figures align-top text-xs whitespace-nowrap">{formats.time(signal.receivedAt)}</Td>
            <Td className="align-top text-xs">
              {codes.department(signal.department)}
              <span className="block font-mono text-2xs break-all text-ink-faint">
                {signal.source.feed} {signal.source.key}
              </span>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
