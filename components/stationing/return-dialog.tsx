'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';

export type ReturnDialogProps = { busy: boolean; onClose: () => void; onSend: (reason: string) => void };

/** An order goes back only with a reason: the room must find somebody else. */
export function ReturnDialog({ busy, onClose, onSend }: ReturnDialogProps) {
  const t = useTranslations();
  const form = useId();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  function send() {
    setTried(true);
    if (reason.trim() && !busy) onSend(reason.trim());
  }
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('incident.order.return'),
      group: t('stationing.orders.title'),
      run: send,
      inField: true,
      inDialog: true,
    },
  ]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('incident.order.return')}
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
        <Field
          label={t('incident.dialog.reason')}
          required
          error={tried && !reason.trim() ? t('incident.dialog.missing') : undefined}
        >
          <Textarea maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
