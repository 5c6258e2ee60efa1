'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import { serverNow } from '@/components/ui/clock.ts';
import { toast } from '@/components/ui/toast.tsx';
import { fileNameOf } from './readings-csv.ts';
import { saveFile } from './save-file.ts';

export const dayName = (at: number): string =>
  new Date(at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');

/** The register as the file that the import reads. */
export function useRegisterFile(): { busy: boolean; save: () => void } {
  const t = useTranslations('stations');
  const client = useTRPCClient();
  const refusalWords = useRefusalWords();
  const [busy, setBusy] = useState(false);
  async function save() {
    setBusy(true);
    try {
      const { text } = await client.station.export.query();
      saveFile(fileNameOf(t('title'), dayName(serverNow())), text);
    } catch (error) {
      const refusal = refusalOf(error);
      toast.error(t('exportFailed'), { description: refusal ? refusalWords(refusal).text : undefined });
    } finally {
      setBusy(false);
    }
  }
  return { busy, save: () => void save() };
}
