'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CodeChoice } from '@/components/shell/code-choice.tsx';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Select } from '@/components/ui/select.tsx';
import { incidentKinds } from '@/server/domain/incident-kind.ts';
import { grades, warningColours } from '@/server/domain/scale.ts';
import type { TriggerDraft } from './plan-draft.ts';

const any = 'any';
const kinds = incidentKinds.map((kind) => kind.code);

export type TriggerFieldsProps = {
  value: readonly TriggerDraft[];
  errorOf: (path: string) => string | undefined;
  onChange: (value: readonly TriggerDraft[]) => void;
};

/** When the plan is proposed. */
export function TriggerFields({ value, errorOf, onChange }: TriggerFieldsProps) {
  const t = useTranslations('plans');
  const domain = useTranslations('domain');
  const codes = useCodeWords();
  const put = (at: number, row: TriggerDraft | null) =>
    onChange(value.flatMap((one, index) => (index === at ? (row ?? []) : one)));
  return (
    <fieldset className="col-span-full flex flex-col gap-2">
      <legend className="mb-1 text-sm font-semibold">{t('triggers')}</legend>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no names; one that goes takes its place with it
        <div key={at} className="grid grid-cols-[minmax(0,1fr)_10rem_10rem_auto] items-end gap-2">
          <Field label={t('incidentKinds')} error={errorOf(`triggers.${at}.kinds`)} required>
            <CodeChoice
              label={t('incidentKinds')}
              choices={kinds}
              chosen={one.kinds}
              nameOf={(code) => codes.incidentKind(code) ?? code}
              onChange={(next) => put(at, { ...one, kinds: next })}
            />
          </Field>
          <Field label={t('gradeAtLeast')}>
            <Select
              value={one.grade ?? any}
              onValueChange={(next) => put(at, { ...one, grade: next === any ? null : next })}
              choices={[
                { value: any, label: t('any') },
                ...grades.map((grade) => ({ value: grade, label: domain(`grade.${grade}`) })),
              ]}
            />
          </Field>
          <Field label={t('warning')}>
            <Select
              value={one.warning ?? any}
              onValueChange={(next) => put(at, { ...one, warning: next === any ? null : next })}
              choices={[
                { value: any, label: t('any') },
                ...warningColours.map((colour) => ({ value: colour, label: domain(`warningColour.${colour}`) })),
              ]}
            />
          </Field>
          <Button
            look="quiet"
            size="icon-sm"
            className="mb-1"
            disabled={value.length === 1}
            aria-label={t('remove', { part: t('part.triggers') })}
            onClick={() => put(at, null)}
          >
            <Trash2 />
          </Button>
        </div>
      ))}
      <div>
        <Button size="sm" onClick={() => onChange([...value, { kinds: [], grade: null, warning: null }])}>
          <Plus aria-hidden />
          {t('addTrigger')}
        </Button>
      </div>
    </fieldset>
  );
}
