'use client';
import { Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { ToggleGroup } from '@/components/ui/toggle.tsx';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import type { Rule } from '@/server/domain/rule.ts';
import { priorities } from '@/server/domain/scale.ts';
import { ConditionFields } from './condition-fields.tsx';
import { emptyCondition } from './condition-form.ts';
import { useSetRule } from './rule-dialog.tsx';
import { type FormFaults, mostConditions, type RuleForm, ruleOfForm } from './rule-form.ts';
import { useAlarmWords } from './use-alarm-words.ts';

const nobody = 'none';
const raisings = ['signal', 'alarm', 'status'] as const;

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset className="col-span-full grid grid-cols-2 gap-3 lg:grid-cols-4">
    <legend className="mb-1 text-sm font-semibold">{title}</legend>
    {children}
  </fieldset>
);

export type RuleFormDialogProps = {
  start: RuleForm;
  /** The rule that is changed; null: it becomes a new one. */
  held: { readonly rule: Omit<Rule, 'changed'>; readonly version: number } | null;
  onClose: () => void;
};

/** A rule with all its parts: what has to be true for how long, what follows, who acts by when, and who says so. */
export function RuleFormDialog({ start, held, onClose }: RuleFormDialogProps) {
  const t = useTranslations('alarms.ruleForm');
  const rule = useTranslations('alarms.rule');
  const alarms = useTranslations('alarms');
  const ui = useTranslations('ui');
  const locale = useLocale();
  const codes = useCodeWords();
  const words = useAlarmWords();
  const departments = useDepartments();
  const formId = useId();
  const command = useSetRule(onClose);
  const [form, setForm] = useState(start);
  const [tried, setTried] = useState(false);
  const read = ruleOfForm(form, held?.rule ?? null);
  const faults: FormFaults = tried && 'faults' in read ? read.faults : {};
  const errorOf = (field: string) => (faults[field] ? t(`fault.${faults[field]}`) : undefined);
  const set = <Key extends keyof RuleForm>(key: Key, value: RuleForm[Key]) => setForm({ ...form, [key]: value });
  const send = () => {
    setTried(true);
    if ('rule' in read && !command.busy) command.run({ rule: read.rule, version: held?.version ?? 0 });
  };
  useHotkeys([
    { chord: 'ctrl+enter', label: ui('save'), group: alarms('title'), run: send, inField: true, inDialog: true },
  ]);
  const text = (
    key: 'id' | 'titleZh' | 'titleEn' | 'onDelayS' | 'offDelayS' | 'respondWithinS' | 'sourceZh' | 'sourceEn',
    label: string,
    more: { hint?: string; wide?: boolean; required?: boolean; disabled?: boolean } = {},
  ) => (
    <Field
      label={label}
      hint={more.hint}
      error={errorOf(key)}
      required={more.required ?? false}
      className={more.wide ? 'col-span-2' : undefined}
    >
      <Input
        value={form[key]}
        disabled={more.disabled ?? false}
        inputMode={key.endsWith('S') ? 'decimal' : 'text'}
        onChange={(event) => set(key, event.target.value)}
      />
    </Field>
  );
  const long = (key: 'consequenceZh' | 'consequenceEn' | 'actionZh' | 'actionEn', label: string) => (
    <Field label={label} error={errorOf(key)} className="col-span-2">
      <Textarea rows={2} value={form[key]} onChange={(event) => set(key, event.target.value)} />
    </Field>
  );
  const changeAt = (at: number, one: RuleForm['conditions'][number] | null) =>
    set(
      'conditions',
      form.conditions.flatMap((before, index) => (index === at ? (one ?? []) : before)),
    );
  const several = form.conditions.length > 1;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      title={held ? rule('edit', { name: words.of(held.rule.title) }) : t('new')}
      description={'rule' in read ? t('says', { text: words.conditionOf(read.rule) }) : t('hint')}
      footer={
        <>
          {tried && 'faults' in read ? (
            <p role="status" className="me-auto text-xs text-critical-text">
              {t('faulty', { count: Object.keys(read.faults).length })}
            </p>
          ) : null}
          <Button look="quiet" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" form={formId} look="primary" aria-disabled={command.busy}>
            {ui('save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid grid-cols-2 gap-x-3 gap-y-5 lg:grid-cols-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        <Section title={t('what')}>
          {text('titleZh', t('titleZh'), { required: true, wide: true })}
          {text('titleEn', t('titleEn'), { wide: true, hint: t('bothHint') })}
          {text('id', t('id'), { required: true, disabled: held !== null, hint: t('idHint') })}
          <Field label={rule('priority')}>
            <Select
              value={form.priority}
              onValueChange={(value) => set('priority', value)}
              choices={priorities.map((one) => ({ value: one, label: one }))}
            />
          </Field>
          <Field label={t('raises')}>
            <Select
              value={form.raises}
              onValueChange={(value) => set('raises', value)}
              choices={raisings.map((one) => ({ value: one, label: rule(`raises.${one}`) }))}
            />
          </Field>
          <Field label={t('groupedBy')}>
            <Select
              value={form.groupedBy}
              onValueChange={(value) => set('groupedBy', value)}
              choices={(['subject', 'site'] as const).map((one) => ({ value: one, label: t(`groups.${one}`) }))}
            />
          </Field>
        </Section>
        <Section title={rule('condition')}>
          {several ? (
            <div className="col-span-full">
              <ToggleGroup
                label={t('join')}
                value={form.join}
                onValueChange={(value) => set('join', value)}
                choices={(['all', 'any'] as const).map((one) => ({ value: one, label: t(`joins.${one}`) }))}
              />
            </div>
          ) : null}
          {form.conditions.map((one, at) => (
            <ConditionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names; one that goes takes its place with it
              key={at}
              at={at}
              form={one}
              fixed={held !== null}
              errorOf={(field) => errorOf(`${at}.${field}`)}
              onChange={(next) => changeAt(at, next)}
              onRemove={several && !held ? () => changeAt(at, null) : null}
            />
          ))}
          {errorOf('condition') ? (
            <p role="alert" className="col-span-full text-xs text-critical-text">
              {errorOf('condition')}
            </p>
          ) : null}
          {held || form.conditions.length >= mostConditions ? null : (
            <div className="col-span-full">
              <Button
                size="sm"
                onClick={() =>
                  set('conditions', [...form.conditions, emptyCondition(form.conditions.at(-1)?.of ?? 'reading')])
                }
              >
                <Plus aria-hidden />
                {t('add')}
              </Button>
            </div>
          )}
          {text('onDelayS', rule('onDelayS'))}
          {text('offDelayS', rule('offDelayS'))}
        </Section>
        <Section title={t('then')}>
          {long('consequenceZh', t('consequenceZh'))}
          {long('consequenceEn', t('consequenceEn'))}
          {long('actionZh', t('actionZh'))}
          {long('actionEn', t('actionEn'))}
          <Field label={alarms('owner')} error={errorOf('owner')}>
            <Select
              value={form.owner ?? nobody}
              onValueChange={(value) => set('owner', value === nobody ? null : value)}
              choices={[
                { value: nobody, label: alarms('desk') },
                ...departments.map((one) => ({ value: one, label: codes.department(one) ?? one })),
              ]}
            />
          </Field>
          {text('respondWithinS', rule('respondWithinS'), { hint: t('respondHint') })}
          {form.raises === 'signal' ? (
            <Field label={t('proposedKind')} error={errorOf('proposedKind')} className="col-span-2">
              <Select
                value={form.proposedKind ?? nobody}
                onValueChange={(value) => set('proposedKind', value === nobody ? null : value)}
                choices={[
                  { value: nobody, label: t('noKind') },
                  ...incidentKinds.map((kind) => ({ value: kind.code, label: locale === 'en' ? kind.en : kind.zh })),
                ]}
              />
            </Field>
          ) : null}
        </Section>
        <Section title={alarms('source')}>
          {text('sourceZh', t('sourceZh'), { wide: true })}
          {text('sourceEn', t('sourceEn'), { wide: true })}
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
          <label className="col-span-2 inline-flex items-center gap-2 text-sm">
            <Checkbox checked={form.verified} onCheckedChange={(on) => set('verified', on === true)} />
            {t('verified')}
          </label>
          {errorOf('source') ? (
            <p role="alert" className="col-span-2 text-xs text-critical-text">
              {errorOf('source')}
            </p>
          ) : null}
          <p className="col-span-full text-2xs text-ink-faint">{rule('logged')}</p>
        </Section>
      </form>
    </Dialog>
  );
}
