'use client';
import { useTranslations } from 'next-intl';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';

export type LeaveDialogProps = {
  seat: string;
  /** Who is checked out by somebody else; null: oneself. */
  other: string | null;
  busy: boolean;
  onClose: () => void;
  onSend: () => void;
};

/** Leaving empties a seat that the city counts on: asked once. */
export function LeaveDialog({ seat, other, busy, onClose, onSend }: LeaveDialogProps) {
  const t = useTranslations('stationing.leave');
  const ui = useTranslations('ui');
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('send'),
      group: t('title'),
      enabled: !busy,
      run: onSend,
      inField: true,
      inDialog: true,
    },
  ]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={other === null ? t('title') : t('titleOther', { name: other })}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button look="critical" disabled={busy} onClick={onSend}>
            {t('send')}
          </Button>
        </>
      }
    >
      <p className="text-sm">{other === null ? t('hint', { seat }) : t('hintOther', { seat, name: other })}</p>
    </Dialog>
  );
}
