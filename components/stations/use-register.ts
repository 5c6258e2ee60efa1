'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { refusalOf } from '@/components/shell/refusal.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useRefusalWords } from '@/components/shell/use-refusal-words.ts';
import type { Station } from '@/server/domain/station.ts';
import { formCsv, type StationForm } from './form-row.ts';
import { useFaultWords } from './use-fault-words.ts';

export type FormFault = { readonly field: string | null; readonly text: string };

/** One station by its form: judged as a file of one row, then put into the register. */
export function useRegister(onSaved: () => void) {
  const t = useTranslations('stations');
  const client = useTRPCClient();
  const faults = useFaultWords();
  const refusalWords = useRefusalWords();
  const [checking, setChecking] = useState(false);
  const [fault, setFault] = useState<FormFault | null>(null);
  const command = useCommand<{ stations: Station[] }, unknown>((input) => client.station.register.mutate(input), {
    saved: t('saved'),
    onSaved,
  });

  async function save(form: StationForm, create: boolean) {
    setChecking(true);
    setFault(null);
    try {
      const preview = await client.station.preview.mutate({ text: formCsv(form) });
      if ('fault' in preview) return setFault({ field: preview.column, text: faults.file(preview) });
      const [refused] = preview.faulty;
      if (refused) return setFault({ field: refused.column, text: faults.row(refused) });
      if (create && preview.added.length === 0) return setFault({ field: 'key', text: t('form.taken') });
      const [found] = [...preview.added, ...preview.changed];
      if (found) command.run({ stations: [found.station] });
      else onSaved();
    } catch (error) {
      const refusal = refusalOf(error);
      setFault({ field: null, text: refusal ? refusalWords(refusal).text : t('form.lost') });
    } finally {
      setChecking(false);
    }
  }
  return { save, fault, busy: checking || command.busy };
}
