'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import type { NearIncident } from './near-incidents.ts';

export type AttachDialogProps = {
  /** The signal's own words. */
  title: string;
  targets: readonly Incident[];
  near: readonly NearIncident[];
  busy: boolean;
  onClose: () => void;
  onSend: (incident: string) => void;
};

/** A signal joins any open incident: what is near comes first and is proposed, the rest newest first. */
export function AttachDialog({ title, targets, near, busy, onClose, onSend }: AttachDialogProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const form = useId();
  const places = new Map(near.map((one, index) => [one.incident.id as string, index]));
  const placeOf = (of: Incident) => places.get(of.id) ?? near.length;
  const ordered = [...targets].sort((a, b) => placeOf(a) - placeOf(b) || b.openedAt - a.openedAt);
  const [target, setTarget] = useState<string | null>(near[0]?.incident.id ?? null);
  const [tried, setTried] = useState(false);
  function send() {
    setTried(true);
    if (target && !busy) onSend(target);
  }
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('incident.signal.attach'),
      group: t('incident.keys'),
      run: send,
      inField: true,
      inDialog: true,
    },
  ]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('incident.signal.attach')}
      description={title}
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
          label={t('incident.dialog.target')}
          required
          error={tried && !target ? t('incident.dialog.missing') : undefined}
        >
          <Select
            value={target}
            onValueChange={setTarget}
            placeholder={t('incident.dialog.choose')}
            choices={ordered.map((one) => ({
              value: one.id as string,
              label: `${one.number ?? ''} ${one.title || words.incidentKind(one.kind) || ''}`,
            }))}
          />
        </Field>
      </form>
    </Dialog>
  );
}
