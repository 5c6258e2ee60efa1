'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge, type Tone } from '@/components/ui/badge.tsx';
import { Empty } from '@/components/ui/states.tsx';
import { Table, Td, Th, Tr } from '@/components/ui/table.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { useFaultWords } from './use-fault-words.ts';
import type { Preview } from './use-import.ts';

/** More is counted and not drawn: nobody reads five thousand lines in a dialog. */
const mostShown = 200;
const parts = ['added', 'changed', 'refused'] as const;
type Part = (typeof parts)[number];
type GoodRow = Preview['added'][number] & Partial<Pick<Preview['changed'][number], 'fields'>>;
const tones: Record<Part, Tone> = { added: 'good', changed: 'notice', refused: 'serious' };

/** What the file would do: everything good can be confirmed, everything else is told with its line. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const t = useTranslations('stations');
  const words = useTranslations('domain');
  const faults = useFaultWords();
  const counts: Record<Part, number> = {
    added: preview.added.length,
    changed: preview.changed.length,
    refused: preview.faulty.length,
  };
  const [part, setPart] = useState<Part>(counts.refused > 0 ? 'refused' : counts.added > 0 ? 'added' : 'changed');
  const good: readonly GoodRow[] = part === 'refused' ? [] : preview[part];
  const rows = part === 'refused' ? preview.faulty : good;
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
        {parts.map((one) => (
          <Badge key={one} tone={counts[one] > 0 ? tones[one] : 'neutral'}>
            {t(`import.${one}`, { count: counts[one] })}
          </Badge>
        ))}
        <Badge>{t('import.unchanged', { count: preview.unchanged })}</Badge>
        {preview.outside > 0 ? <Badge tone="caution">{t('import.outside', { count: preview.outside })}</Badge> : null}
      </p>
      {preview.ignored.length > 0 ? (
        <p className="text-xs text-caution-text">{t('import.ignored', { columns: preview.ignored.join('、') })}</p>
      ) : null}
      <ToggleGroup
        label={t('import.show')}
        value={part}
        onValueChange={setPart}
        choices={parts.map((one) => ({ value: one, label: t(`import.${one}`, { count: counts[one] }) }))}
        className="self-start"
      />
      {rows.length === 0 ? (
        <Empty title={t('import.nothing')} />
      ) : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
          tabIndex={0}
          aria-label={t(`import.${part}`, { count: rows.length })}
          className="max-h-[42vh] overflow-auto rounded-md border border-line"
        >
          <Table>
            <thead className="sticky top-0">
              <tr>
                <Th className="text-end">{t('import.line')}</Th>
                {part === 'refused' ? (
                  <Th>{t('import.why')}</Th>
                ) : (
                  <>
                    <Th>{t('column.station')}</Th>
                    <Th>{t('column.kind')}</Th>
                    <Th>{part === 'changed' ? t('import.fields') : t('field.address')}</Th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {part === 'refused'
                ? preview.faulty.slice(0, mostShown).map((row) => (
                    <Tr key={row.line}>
                      <Td className="figures text-end">{row.line}</Td>
                      <Td>{faults.row(row)}</Td>
                    </Tr>
                  ))
                : good.slice(0, mostShown).map((row) => (
                    <Tr key={row.line}>
                      <Td className="figures text-end">{row.line}</Td>
                      <Td>
                        {row.station.name}
                        <span className="block font-mono text-2xs text-ink-faint">{row.station.id}</span>
                      </Td>
                      <Td className="text-xs">{words(`stationKind.${row.station.kind}`)}</Td>
                      <Td className="text-xs">
                        {row.fields ? row.fields.map(faults.column).join('、') : row.station.address}
                      </Td>
                    </Tr>
                  ))}
            </tbody>
          </Table>
          {rows.length > mostShown ? (
            <p className="px-3 py-2 text-xs text-ink-faint">{t('import.more', { count: rows.length - mostShown })}</p>
          ) : null}
        </section>
      )}
    </div>
  );
}
