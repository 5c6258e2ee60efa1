'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';

/** Out of the register, with a reason; its history stays. */
export function RetireDialog({ station, name, onClose }: { station: string; name: string; onClose: () => void }) {
  const t = useTranslations('stations');
  const ui = useTranslations('ui');
  const client = useTRPCClient();
  const [reason, setReason] = useState('');
  const command = useCommand<{ station: string; reason: string }, unknown>(
    (input) => client.station.retire.mutate(input),
    { saved: t('retire.saved'), onSaved: onClose },
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('retire.title', { name })}
      description={t('retire.hint')}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button
            look="primary"
            disabled={command.busy || reason.trim() === ''}
            onClick={() => command.run({ station, reason: reason.trim() })}
          >
            {t('retire.do')}
          </Button>
        </>
      }
    >
      <Field label={t('retire.reason')} required>
        <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  );
}
