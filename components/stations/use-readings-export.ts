'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { toast } from '@/components/ui/toast.tsx';
import { fileNameOf, type ReadingRows, readingsCsv } from './readings-csv.ts';
import { saveFile } from './save-file.ts';
import { dayName } from './use-register-file.ts';

export type ExportOf = {
  readonly station: string;
  readonly name: string;
  readonly property: string;
  readonly from: number;
  readonly to: number;
};

/** Every value of the span as it was stored, page by page; a row more than this is no table any more. */
const mostRows = 1_000_000;

export function useReadingsExport() {
  const t = useTranslations('stations');
  const client = useTRPCClient();
  const refusalWords = useRefusalWords();
  const [rows, setRows] = useState<number | null>(null);
  async function save({ station, name, property, from, to }: ExportOf) {
    setRows(0);
    try {
      const pages: ReadingRows[] = [];
      let count = 0;
      for (let next: number | null = from; next !== null && count < mostRows; ) {
        const page: ReadingRows & { next: number | null } = await client.history.readingRows.query({
          ...{ station, property, to },
          from: next,
        });
        pages.push(page);
        count += page.observedAt.length;
        setRows(count);
        next = page.next !== null && page.next < to ? page.next : null;
      }
      if (count >= mostRows) toast.warning(t('exportCut', { count }));
      saveFile(fileNameOf(name, property, dayName(to)), readingsCsv({ station, name }, pages));
    } catch (error) {
      const refusal = refusalOf(error);
      toast.error(t('exportFailed'), { description: refusal ? refusalWords(refusal).text : undefined });
    } finally {
      setRows(null);
    }
  }
  return { busy: rows !== null, rows, save: (of: ExportOf) => void save(of) };
}
