'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useFormats } from '@/components/shell/use-formats.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';

const lengths = ['15', '30', '60', '120', '240', '480'] as const;

export type ShelfDialogProps = {
  name: string;
  busy: boolean;
  onClose: () => void;
  onSend: (until: number, reason: string) => void;
};

/** Until when, and why: nobody shelves for ever or without a word. */
export function ShelfDialog({ name, busy, onClose, onSend }: ShelfDialogProps) {
  const t = useTranslations('alarms.shelf');
  const figures = useTranslations('alarms.figures');
  const ui = useTranslations('ui');
  const formats = useFormats();
  const form = useId();
  const [length, setLength] = useState<(typeof lengths)[number]>('60');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const lengthOf = (minutes: number) =>
    minutes < 120 ? formats.minutes(minutes) : figures('hours', { count: minutes / 60 });
  const until = () => Math.round(serverNow() + Number(length) * 60_000);
  const send = () => {
    setTried(true);
    if (reason.trim() && !busy) onSend(until(), reason);
  };
  useHotkeys([{ chord: 'ctrl+enter', label: t('do'), group: t('title'), run: send, inField: true, inDialog: true }]);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => !open && onClose()}
      title={t('do')}
      description={name}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={busy}>
            {t('do')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('reason')} required error={tried && !reason.trim() ? t('missing') : undefined}>
          <Textarea rows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-ink-soft">{t('length')}</span>
          <ToggleGroup
            label={t('length')}
            value={length}
            onValueChange={setLength}
            choices={lengths.map((value) => ({ value, label: lengthOf(Number(value)) }))}
          />
          <p className="text-2xs text-ink-faint">{t('back', { time: formats.time(until()) })}</p>
        </div>
      </form>
    </Dialog>
  );
}
