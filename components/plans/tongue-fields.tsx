'use client';
import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { SourceDraft, Tongues } from './plan-draft.ts';

export type TongueFieldsProps = {
  label: string;
  value: Tongues;
  onChange: (value: Tongues) => void;
  error?: string | undefined;
  required?: boolean;
};

/** The same words in two languages; one left empty takes the other's. */
export function TongueFields({ label, value, onChange, error, required = false }: TongueFieldsProps) {
  const t = useTranslations('plans');
  return (
    <>
      <Field label={t('inChinese', { label })} error={error} required={required}>
        <Input maxLength={500} value={value.zh} onChange={(event) => onChange({ ...value, zh: event.target.value })} />
      </Field>
      <Field label={t('inEnglish', { label })}>
        <Input maxLength={500} value={value.en} onChange={(event) => onChange({ ...value, en: event.target.value })} />
      </Field>
    </>
  );
}

export type SourceFieldsProps = {
  value: SourceDraft;
  onChange: (value: SourceDraft) => void;
  error?: string | undefined;
};

/** Whose word it is, and whether somebody has read the text itself. */
export function SourceFields({ value, onChange, error }: SourceFieldsProps) {
  const t = useTranslations('plans');
  return (
    <>
      <TongueFields
        label={t('source')}
        value={value}
        required
        error={error}
        onChange={(next) => onChange({ ...value, ...next })}
      />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control */}
      <label className="col-span-full inline-flex items-center gap-2 text-sm">
        <Checkbox checked={value.verified} onCheckedChange={(on) => onChange({ ...value, verified: on === true })} />
        {t('verifiedHint')}
      </label>
    </>
  );
}
