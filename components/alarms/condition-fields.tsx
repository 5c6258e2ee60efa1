'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { Textarea } from '@/components/ui/textarea.tsx';
import { feedStates } from '@/server/domain/feed.ts';
import { statistics } from '@/server/domain/rule.ts';
import { stationKinds, thresholdLevels } from '@/server/domain/station.ts';
import { againstWays, type ConditionForm } from './condition-form.ts';

const subjects = ['reading', 'capacity', 'position', 'alert', 'feed'] as const;
const events = ['sos', 'flag', 'inside', 'outside', 'dwell'] as const;
const comparisons = ['above', 'below'] as const;

/** Some of a few, each a box of its own; none chosen means any. */
function Some<Value extends string>({
  label,
  values,
  chosen,
  onChange,
  nameOf,
  error,
}: {
  label: string;
  values: readonly Value[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
  nameOf: (value: Value) => ReactNode;
  error?: string | undefined;
}) {
  const id = useId();
  return (
    <fieldset className="col-span-full flex flex-col gap-1" aria-describedby={error ? id : undefined}>
      <legend className="text-xs font-medium text-ink-soft">{label}</legend>
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {values.map((value) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is the control
          <label key={value} className="inline-flex items-center gap-1.5 text-xs">
            <Checkbox
              checked={chosen.includes(value)}
              onCheckedChange={(on) =>
                onChange(values.filter((one) => (one === value ? on === true : chosen.includes(one))))
              }
            />
            {nameOf(value)}
          </label>
        ))}
      </div>
      {error ? (
        <p id={id} role="alert" className="text-xs text-critical-text">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

export type ConditionFieldsProps = {
  at: number;
  form: ConditionForm;
  /** It says what the rule is about, which stays. */
  fixed: boolean;
  errorOf: (field: string) => string | undefined;
  onChange: (form: ConditionForm) => void;
  /** Null: the only one. */
  onRemove: (() => void) | null;
};

/** One condition of a rule, with the fields of its kind. */
export function ConditionFields({ at, form, fixed, errorOf, onChange, onRemove }: ConditionFieldsProps) {
  const t = useTranslations('alarms.ruleForm');
  const rule = useTranslations('alarms');
  const domain = useTranslations('domain');
  const set = <Key extends keyof ConditionForm>(key: Key, value: ConditionForm[Key]) =>
    onChange({ ...form, [key]: value });
  const input = (key: 'value' | 'unit' | 'share' | 'deadBand' | 'dwellS' | 'dwellM', label: string) => (
    <Field label={label} error={errorOf(key)}>
      <Input
        inputMode={key === 'unit' ? 'text' : 'decimal'}
        value={form[key]}
        onChange={(event) => set(key, event.target.value)}
      />
    </Field>
  );
  const names = (key: 'names' | 'exceptNames' | 'schemes' | 'exceptSchemes', label: string, hint?: string) => (
    <Field label={label} hint={hint} error={errorOf(key) ?? (key === 'names' ? errorOf('flags') : undefined)}>
      <Input value={form[key]} onChange={(event) => set(key, event.target.value)} />
    </Field>
  );
  const choose = <Key extends 'of' | 'when' | 'against' | 'level' | 'event' | 'as'>(
    key: Key,
    label: string,
    values: readonly (ConditionForm[Key] & string)[],
    nameOf: (value: ConditionForm[Key] & string) => string,
  ) => (
    <Field label={label} error={errorOf(key)}>
      <Select
        value={form[key] as ConditionForm[Key] & string}
        disabled={key === 'of' && fixed}
        onValueChange={(value) => set(key, value)}
        choices={values.map((value) => ({ value, label: nameOf(value) }))}
      />
    </Field>
  );
  const measured = form.of === 'reading' || form.of === 'capacity';
  const away = form.of === 'position' && form.event !== 'sos' && form.event !== 'flag';
  const ways = form.of === 'capacity' ? againstWays.filter((way) => way !== 'limit') : againstWays;
  return (
    <fieldset className="col-span-full rounded-md border border-line p-3">
      <legend className="px-1 text-xs font-semibold">{t('conditionAt', { at: at + 1 })}</legend>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {choose('of', t('about'), form.of === 'flood' ? ['flood'] : subjects, (value) => t(`abouts.${value}`))}
        {form.of === 'reading' ? names('names', t('properties'), t('anyHint')) : null}
        {form.of === 'capacity' ? names('names', t('resources'), t('anyHint')) : null}
        {form.of === 'alert' ? names('names', t('events'), t('eventsHint')) : null}
        {measured ? choose('when', t('when'), comparisons, (value) => t(`whens.${value}`)) : null}
        {measured ? choose('against', t('against'), ways, (value) => t(`ways.${value}`)) : null}
        {measured && form.against === 'number' ? input('value', rule('rule.number.value')) : null}
        {measured && form.against === 'share' ? input('share', `${t('share')} (%)`) : null}
        {measured && form.against === 'threshold'
          ? choose('level', t('level'), thresholdLevels, (value) => rule(`level.${value}`))
          : null}
        {form.of === 'reading' ? input('unit', t('unit')) : null}
        {measured ? input('deadBand', rule('rule.number.deadBand')) : null}
        {form.of === 'reading' ? choose('as', t('as'), ['value', 'per-hour'], (value) => t(`ases.${value}`)) : null}
        {form.of === 'position' ? choose('event', t('event'), events, (value) => t(`positions.${value}`)) : null}
        {form.of === 'position' && form.event === 'flag' ? names('names', t('flags'), t('flagsHint')) : null}
        {form.event === 'dwell' && away ? input('dwellS', `${rule('rule.number.dwellS')} (s)`) : null}
        {form.event === 'dwell' && away ? input('dwellM', `${rule('rule.number.dwellM')} (m)`) : null}
        {form.of === 'feed' || form.of === 'flood' ? null : names('schemes', t('schemes'), t('anyHint'))}
        {form.of === 'reading' ? names('exceptNames', t('exceptNames')) : null}
        {form.of === 'reading' ? names('exceptSchemes', t('exceptSchemes')) : null}
        {away ? (
          <Field className="col-span-full" label={t('area')} hint={t('areaHint')} error={errorOf('area')}>
            <Textarea rows={4} value={form.area} onChange={(event) => set('area', event.target.value)} />
          </Field>
        ) : null}
        {form.of === 'feed' ? (
          <Some
            label={t('states')}
            values={feedStates}
            chosen={form.states}
            onChange={(states) => set('states', states)}
            nameOf={(state) => domain(`feedState.${state}`)}
            error={errorOf('states')}
          />
        ) : null}
        {form.of === 'reading' ? (
          <Some
            label={t('statistics')}
            values={statistics}
            chosen={form.statistics}
            onChange={(chosen) => set('statistics', chosen)}
            nameOf={(one) => t(`statistic.${one}`)}
          />
        ) : null}
        {measured ? (
          <Some
            label={t('stationKinds')}
            values={stationKinds}
            chosen={form.stationKinds}
            onChange={(kinds) => set('stationKinds', kinds)}
            nameOf={(kind) => domain(`stationKind.${kind}`)}
          />
        ) : null}
      </div>
      {errorOf('condition') ? (
        <p role="alert" className="mt-2 text-xs text-critical-text">
          {errorOf('condition')}
        </p>
      ) : null}
      {onRemove ? (
        <Button size="sm" look="quiet" className="mt-2" onClick={onRemove}>
          <X aria-hidden />
          {t('remove', { at: at + 1 })}
        </Button>
      ) : null}
    </fieldset>
  );
}
