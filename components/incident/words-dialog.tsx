'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';

export type WordsDialogProps = {
  title: string;
  label: string;
  required: boolean;
  busy: boolean;
  onClose: () => void;
  onSend: (text: string) => void;
};

/** Asks for words; Ctrl+Enter sends. */
export function WordsDialog({ title, label, required, busy, onClose, onSend }: WordsDialogProps) {
  const t = useTranslations();
  const form = useId();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const lacks = required && !text.trim();
  function send() {
    setTried(true);
    if (!lacks && !busy) onSend(text.trim());
  }
  useHotkeys([
    { chord: 'ctrl+enter', label: title, group: t('incident.keys'), run: send, inField: true, inDialog: true },
  ]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={busy}>
            {busy ? t('command.sending') : t('ui.confirm')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={label} required={required} error={tried && lacks ? t('incident.dialog.missing') : undefined}>
          <Textarea rows={4} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
