'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';

const minutes = ['5', '10', '15', '30', '60', '120', 'unknown'] as const;
const longestNote = 500;

export type AwayDialogProps = {
  busy: boolean;
  onClose: () => void;
  onSend: (backBy: number | null, note: string | null) => void;
};

/** How long and why: what the room needs to know before it waits. */
export function AwayDialog({ busy, onClose, onSend }: AwayDialogProps) {
  const t = useTranslations('stationing.away');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const [length, setLength] = useState<(typeof minutes)[number]>('15');
  const [note, setNote] = useState('');
  const backBy = length === 'unknown' ? null : Math.round(serverNow() + Number(length) * 60_000);
  const tooLong = note.trim().length > longestNote;
  const send = () => {
    if (!tooLong && !busy) onSend(backBy, note.trim() || null);
  };
  useHotkeys([{ chord: 'ctrl+enter', label: t('send'), group: t('title'), run: send, inField: true, inDialog: true }]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('hint')}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button look="primary" disabled={busy || tooLong} onClick={send}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('length')} hint={backBy === null ? t('noTime') : t('backBy', { time: formats.time(backBy) })}>
          <Select
            value={length}
            onValueChange={setLength}
            choices={minutes.map((value) => ({
              value,
              label: value === 'unknown' ? t('unknown') : formats.minutes(Number(value)),
            }))}
          />
        </Field>
        <Field label={t('note')} error={tooLong ? t('noteLong', { count: longestNote }) : undefined}>
          <Textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
