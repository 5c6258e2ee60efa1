'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { CodeChoice } from '@/components/shell/code-choice.tsx';
import { newId } from '@/components/shell/new-id.ts';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { useUnitKinds } from '@/components/shell/use-unit-kinds.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { capabilities } from '@/server/domain/capability.ts';
import type { Unit } from '@/server/domain/unit.ts';

const none = 'none';
type Entry = Pick<
  Unit,
  'callSign' | 'name' | 'kind' | 'capabilities' | 'department' | 'district' | 'subject' | 'dispatchable'
>;

export type RegisterDialogProps = {
  /** The unit that is changed, with the version that is looked at; null: a new one. */
  of: { readonly unit: Unit; readonly version: number } | null;
  onClose: () => void;
};

/** What a unit is: call sign, kind, what it can do, whose it is, and by which terminal it is heard. */
export function RegisterDialog({ of, onClose }: RegisterDialogProps) {
  const t = useTranslations();
  const words = useCodeWords();
  const client = useTRPCClient();
  const departments = useDepartments();
  const kinds = useUnitKinds();
  const formId = useId();
  const [id] = useState(() => of?.unit.id ?? `unit-${newId()}`);
  const [entry, setEntry] = useState<Entry>(
    of?.unit ?? {
      ...{ callSign: '', name: '', kind: kinds[0] ?? 'patrol-car', capabilities: [], department: null },
      ...{ district: null, subject: null, dispatchable: true },
    },
  );
  const [tried, setTried] = useState(false);
  const put = (part: Partial<Entry>) => setEntry({ ...entry, ...part });
  const missing = entry.callSign.trim() === '';
  const terminal = entry.subject?.key ?? '';
  const command = useCommand<{ entry: Entry }, unknown>(
    ({ commandId, entry: given }) => {
      const { callSign, name, kind, department, district, subject, dispatchable } = given;
      const sent = { callSign, name, kind, department, district, subject, dispatchable };
      return client.unit.change.mutate({
        commandId,
        move: 'register',
        unit: id,
        version: of?.version ?? 0,
        entry: { ...sent, capabilities: [...given.capabilities] },
      });
    },
    { saved: t('command.saved'), onSaved: onClose },
  );
  const send = () => {
    setTried(true);
    if (!missing && !command.busy) command.run({ entry });
  };
  useHotkeys([
    { chord: 'ctrl+enter', label: t('ui.save'), group: t('units.title'), run: send, inField: true, inDialog: true },
  ]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={of ? t('units.editOf', { name: of.unit.callSign }) : t('units.register')}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form={formId} look="primary" aria-disabled={command.busy}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid grid-cols-2 gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <Field label={t('units.callSign')} required error={tried && missing ? t('plans.fault.missing') : undefined}>
          <Input maxLength={64} value={entry.callSign} onChange={(event) => put({ callSign: event.target.value })} />
        </Field>
        <Field label={t('units.name')}>
          <Input maxLength={200} value={entry.name} onChange={(event) => put({ name: event.target.value })} />
        </Field>
        <Field label={t('units.kind')}>
          <Select
            value={entry.kind}
            onValueChange={(kind) => put({ kind })}
            choices={[...new Set([entry.kind, ...kinds])].map((value) => ({ value, label: words.unitKind(value) }))}
          />
        </Field>
        <Field label={t('units.capabilities')}>
          <CodeChoice
            label={t('units.capabilities')}
            choices={capabilities}
            none={t('ui.none')}
            chosen={entry.capabilities}
            nameOf={words.capability}
            onChange={(chosen) => put({ capabilities: [...chosen] })}
          />
        </Field>
        <Field label={t('units.department')}>
          <Select
            value={entry.department ?? none}
            onValueChange={(value) => put({ department: value === none ? null : value })}
            choices={[
              { value: none, label: t('units.nobody') },
              ...departments.map((value) => ({ value, label: words.department(value) ?? value })),
            ]}
          />
        </Field>
        <Field label={t('units.terminal')} hint={t('units.terminalHint')}>
          <Input
            maxLength={64}
            value={terminal}
            onChange={(event) => {
              const key = event.target.value.trim();
              put({ subject: key ? { scheme: entry.subject?.scheme ?? 'jt808', key } : null });
            }}
          />
        </Field>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
        <label className="col-span-2 inline-flex items-center gap-2 text-sm">
          <Checkbox checked={entry.dispatchable} onCheckedChange={(on) => put({ dispatchable: on === true })} />
          {t('units.dispatchable')}
        </label>
      </form>
    </Dialog>
  );
}
