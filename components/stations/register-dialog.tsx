'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useDepartments } from '@/components/live/use-departments.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { stationKinds, verticalDatums } from '@/server/domain/station.ts';
import { emptyForm, type FormField, formOf, type StationForm } from './form-row.ts';
import type { StationLine } from './station-lines.ts';
import { useRegister } from './use-register.ts';

const systems = ['wgs84', 'gcj02', 'bd09', 'cgcs2000'] as const;
const nobody = 'none';

/** Of an unregistered source what it has shown of itself; of an entry all of it. */
function startOf(of: StationLine | null): StationForm {
  if (of?.entry) return formOf(of.entry);
  if (!of) return emptyForm;
  const slash = of.id.indexOf('/');
  return {
    ...emptyForm,
    scheme: of.id.slice(0, slash),
    key: of.id.slice(slash + 1),
    name: of.name,
    department: of.department ?? '',
    measures: of.readings.map(({ property, unit }) => `${property}:${unit ?? ''}`.replace(/:$/, '')).join('\n'),
  };
}

export function RegisterDialog({ of, onClose }: { of: StationLine | null; onClose: () => void }) {
  const t = useTranslations('stations');
  const ui = useTranslations('ui');
  const words = useTranslations('domain');
  const codes = useCodeWords();
  const departments = useDepartments();
  const formId = useId();
  const [form, setForm] = useState<StationForm>(() => startOf(of));
  const { save, fault, busy } = useRegister(onClose);

  const set = (field: FormField) => (value: string) => setForm((now) => ({ ...now, [field]: value }));
  const errorOf = (field: FormField) => (fault?.field === field ? fault.text : undefined);
  const text = (field: FormField, more: { required?: boolean; disabled?: boolean; hint?: string } = {}) => (
    <Field label={t(`field.${field}`)} error={errorOf(field)} hint={more.hint} required={more.required ?? false}>
      <Input
        value={form[field]}
        disabled={more.disabled ?? false}
        required={more.required ?? false}
        inputMode={field === 'lon' || field === 'lat' || field === 'expectedIntervalS' ? 'decimal' : 'text'}
        onChange={(event) => set(field)(event.target.value)}
      />
    </Field>
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    void save(form, of === null);
  }

  const isShown = (field: string | null) => field !== null && Object.hasOwn(form, field);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(of?.entry ? 'form.change' : 'form.register')}
      description={t('form.hint')}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button look="primary" type="submit" form={formId} disabled={busy}>
            {ui('save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-3">
        {text('name', { required: true })}
        {text('scheme', { required: true, disabled: of !== null })}
        {text('key', { required: true, disabled: of !== null })}
        <Field label={t('field.kind')} error={errorOf('kind')} required>
          <Select
            value={form.kind || null}
            onValueChange={set('kind')}
            placeholder={t('form.choose')}
            choices={stationKinds.map((kind) => ({ value: kind, label: words(`stationKind.${kind}`) }))}
          />
        </Field>
        <Field label={t('field.department')} error={errorOf('department')}>
          <Select
            value={form.department || nobody}
            onValueChange={(value) => set('department')(value === nobody ? '' : value)}
            choices={[
              { value: nobody, label: t('noDepartment') },
              ...departments.map((one) => ({ value: one, label: codes.department(one) ?? one })),
            ]}
          />
        </Field>
        {text('address')}
        {text('lon')}
        {text('lat')}
        <Field label={t('field.crs')} error={errorOf('crs')}>
          <Select
            value={form.crs}
            onValueChange={set('crs')}
            choices={systems.map((one) => ({ value: one, label: t(`crs.${one}`) }))}
          />
        </Field>
        <Field label={t('field.verticalDatum')} error={errorOf('verticalDatum')}>
          <Select
            value={form.verticalDatum}
            onValueChange={set('verticalDatum')}
            choices={verticalDatums.map((one) => ({ value: one, label: t(`datum.${one}`) }))}
          />
        </Field>
        {text('expectedIntervalS', { hint: t('form.intervalHint') })}
        <div className="col-span-full grid grid-cols-2 gap-x-4">
          {(['measures', 'thresholds'] as const).map((field) => (
            <Field key={field} label={t(`field.${field}`)} error={errorOf(field)} hint={t(`form.${field}Hint`)}>
              <Textarea
                rows={5}
                className="font-mono text-xs"
                value={form[field]}
                onChange={(event) => set(field)(event.target.value)}
              />
            </Field>
          ))}
        </div>
        {fault && !isShown(fault.field) ? (
          <p role="alert" className="col-span-full text-sm text-critical-text">
            {fault.text}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
