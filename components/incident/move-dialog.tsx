'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import type { Incident } from '@/server/domain/incident.ts';
import { closingCodes } from '@/server/domain/incident-command.ts';
import { blankDraft, type MoveDraft, type MoveField, missingFields, moveFields } from './move-fields.ts';
import type { PersonMove } from './possible-moves.ts';
import { ReceiverPicker } from './receiver-picker.tsx';

export type MoveDialogProps = {
  move: PersonMove;
  of: Incident;
  /** Incidents it may be merged into. */
  targets: readonly Incident[];
  busy: boolean;
  onClose: () => void;
  onSend: (draft: MoveDraft) => void;
};

/** Asks for what a move needs and no more; Ctrl+Enter sends. */
export function MoveDialog({ move, of, targets, busy, onClose, onSend }: MoveDialogProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const form = useId();
  const [draft, setDraft] = useState(blankDraft);
  const [tried, setTried] = useState(false);
  const fields = moveFields[move] ?? [];
  const missing = new Set(missingFields(move, draft));
  const change = (part: Partial<MoveDraft>) => setDraft((now) => ({ ...now, ...part }));
  const error = (field: MoveField) => (tried && missing.has(field) ? t('incident.dialog.missing') : undefined);

  function send() {
    setTried(true);
    if (missing.size === 0 && !busy) onSend(draft);
  }
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t(`domain.move.${move}`),
      group: t('incident.keys'),
      run: send,
      inField: true,
      inDialog: true,
    },
  ]);

  const control: Record<MoveField, () => ReactNode> = {
    reason: () => (
      <Field label={t('incident.dialog.reason')} required error={error('reason')}>
        <Textarea maxLength={2000} value={draft.reason} onChange={(event) => change({ reason: event.target.value })} />
      </Field>
    ),
    text: () => (
      <Field label={t(`incident.dialog.${move === 'report' ? 'whatWasDone' : 'note'}`)} required error={error('text')}>
        <Textarea
          rows={4}
          maxLength={5000}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
    ),
    optionalText: () => (
      <Field label={t('incident.dialog.note')}>
        <Textarea maxLength={5000} value={draft.text} onChange={(event) => change({ text: event.target.value })} />
      </Field>
    ),
    code: () => (
      <Field label={t('incident.dialog.code')} required>
        <Select
          value={draft.code}
          onValueChange={(code) => change({ code })}
          choices={closingCodes.map((value) => ({ value, label: t(`domain.closingCode.${value}`) }))}
        />
      </Field>
    ),
    score: () => (
      <Field label={t('incident.dialog.score')} required error={error('score') && t('incident.dialog.scoreRange')}>
        <Input
          type="number"
          min={0}
          max={100}
          className="w-28"
          value={Number.isNaN(draft.score) ? '' : draft.score}
          onChange={(event) => change({ score: event.target.valueAsNumber })}
        />
      </Field>
    ),
    lessons: () => (
      <Field label={t('incident.dialog.lessons')}>
        <Textarea
          rows={4}
          maxLength={5000}
          value={draft.lessons}
          onChange={(event) => change({ lessons: event.target.value })}
        />
      </Field>
    ),
    until: () => (
      <Field label={t('incident.dialog.until')} required error={error('until')}>
        <Select
          value={String(draft.untilMinutes)}
          onValueChange={(value) => change({ untilMinutes: Number(value) })}
          choices={[30, 60, 240, 1440, 4320].map((value) => ({
            value: String(value),
            label: value < 60 ? t('format.minutes', { value }) : t('format.hours', { value: value / 60 }),
          }))}
        />
      </Field>
    ),
    to: () => (
      <Field label={t('incident.dialog.to')} required error={error('to')} hint={t('incident.dialog.toHint')}>
        <ReceiverPicker value={draft.to} onChange={(to) => change({ to })} />
      </Field>
    ),
    target: () => (
      <Field
        label={t('incident.dialog.target')}
        required
        error={error('target')}
        hint={t('incident.dialog.targetHint')}
      >
        <Select
          value={draft.target}
          onValueChange={(target) => change({ target })}
          placeholder={t('incident.dialog.choose')}
          choices={targets.map((one) => ({
            value: one.id as string,
            label: `${one.number ?? ''} ${one.title || words.incidentKind(one.kind) || ''}`,
          }))}
        />
      </Field>
    ),
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${t(`domain.move.${move}`)} · ${of.number ?? ''}`}
      description={of.title || words.incidentKind(of.kind)}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look={move === 'void' ? 'critical' : 'primary'} disabled={busy}>
            {busy ? t('command.sending') : t(`domain.move.${move}`)}
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
        {fields.map((field) => (
          <div key={field}>{control[field]()}</div>
        ))}
      </form>
    </Dialog>
  );
}
