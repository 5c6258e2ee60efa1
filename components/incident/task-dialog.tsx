'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { serverNow } from '@/components/ui/clock.ts';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { connectedDepartments } from '@/server/domain/department.ts';
import type { TaskOwner } from '@/server/domain/follow-up.ts';
import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import { activeAssignments, type Incident } from '@/server/domain/incident.ts';

type Draft = Omit<Extract<FollowUpCommand, { act: 'addTask' }>, 'act' | 'task'>;
export type TaskDialogProps = {
  of: Incident;
  busy: boolean;
  onClose: () => void;
  onSend: (draft: Draft) => void;
};

const roleOwners = ['duty-chief', 'dispatcher', 'information-officer', 'verifier'] as const;
const minutes = [15, 30, 60, 120, 240, 1440] as const;

export function TaskDialog({ of, busy, onClose, onSend }: TaskDialogProps) {
  const t = useTranslations();
  const codes = useCodeWords();
  const form = useId();
  const [title, setTitle] = useState('');
  const [owner, setOwner] = useState(`department/${ownDepartment(of)}`);
  const [within, setWithin] = useState('60');
  const [evidence, setEvidence] = useState(true);
  const [tried, setTried] = useState(false);
  const owners = [
    ...activeAssignments(of).map((held) => ({ value: `unit/${held.unit}`, label: held.callSign })),
    ...connectedDepartments.map((id) => ({ value: `department/${id}`, label: codes.department(id) ?? id })),
    ...roleOwners.map((id) => ({ value: `role/${id}`, label: t(`domain.role.${id}`) })),
  ];
  function send() {
    setTried(true);
    if (!title.trim() || busy) return;
    const dueAt = within === 'none' ? null : Math.round(serverNow()) + Number(within) * 60_000;
    onSend({ title: title.trim(), text: '', owner: ownerOf(of, owner), dueAt, evidence });
  }
  useHotkeys([
    {
      chord: 'ctrl+enter',
      label: t('followUp.task.add'),
      group: t('incident.keys'),
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
      title={t('followUp.task.add')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={busy}>
            {busy ? t('command.sending') : t('followUp.task.add')}
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
        <Field
          label={t('followUp.task.what')}
          required
          error={tried && !title.trim() ? t('incident.dialog.missing') : undefined}
        >
          <Input maxLength={500} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label={t('followUp.task.owner')}>
          <Select value={owner} onValueChange={setOwner} choices={owners} />
        </Field>
        <Field label={t('followUp.task.within')}>
          <Select
            value={within}
            onValueChange={setWithin}
            choices={[
              ...minutes.map((value) => ({
                value: String(value),
                label: value < 60 ? t('format.minutes', { value }) : t('format.hours', { value: value / 60 }),
              })),
              { value: 'none', label: t('followUp.task.noLimit') },
            ]}
          />
        </Field>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
        <label className="flex items-center gap-2 text-sm">
          <Checkbox checked={evidence} onCheckedChange={(value) => setEvidence(value === true)} />
          {t('followUp.task.evidence')}
        </label>
      </form>
    </Dialog>
  );
}

const ownDepartment = (of: Incident): string => {
  const target = of.orders.find((order) => order.target.kind === 'department')?.target;
  return target?.kind === 'department' ? target.id : 'emergency-management';
};

function ownerOf(of: Incident, value: string): TaskOwner {
  const slash = value.indexOf('/');
  const [kind, id] = [value.slice(0, slash), value.slice(slash + 1)];
  if (kind === 'unit') {
    const held = of.assignments.find((one) => one.unit === id);
    if (held) return { kind: 'unit', id: held.unit, callSign: held.callSign };
  }
  return kind === 'role' ? { kind: 'role', id } : { kind: 'department', id };
}
