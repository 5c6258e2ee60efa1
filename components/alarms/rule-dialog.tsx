'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { useCommand } from '@/components/shell/use-command.ts';
import { useHotkeys } from '@/components/shell/use-hotkeys.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import type { Rule } from '@/server/domain/rule.ts';
import { type Priority, priorities } from '@/server/domain/scale.ts';
import { numbersOf, withNumbers } from './rule-numbers.ts';
import { useAlarmWords } from './use-alarm-words.ts';

const delays = ['onDelayS', 'offDelayS'] as const;
const longestDelayS = 86_400;
const numberIn = (text: string): number | null => {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

export function useSetRule(onSaved: () => void) {
  const t = useTranslations('alarms');
  const client = useTRPCClient();
  return useCommand<{ rule: Omit<Rule, 'changed'>; version: number }, { readonly rule: string }>(
    (input, signal) => client.rule.set.mutate(input, { signal }),
    { saved: t('rule.saved'), onSaved },
  );
}

/** Numbers, delays and priority of a rule. What it asks and of whom stays; that is for a new version of the city's rules. */
export function RuleDialog({ rule, version, onClose }: { rule: Rule; version: number; onClose: () => void }) {
  const t = useTranslations('alarms');
  const ui = useTranslations('ui');
  const words = useAlarmWords();
  const form = useId();
  const command = useSetRule(onClose);
  const numbers = numbersOf(rule);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => ({
    ...Object.fromEntries(numbers.map(({ key, value }) => [key, String(Math.round(value * 1e6) / 1e6)])),
    onDelayS: String(rule.onDelayS),
    offDelayS: String(rule.offDelayS),
    respondWithinS: rule.respondWithinS === null ? '' : String(rule.respondWithinS),
  }));
  const [priority, setPriority] = useState<Priority>(rule.priority);
  const value = (key: string) => numberIn(texts[key] ?? '');
  const wrong = (key: string, most = Number.MAX_VALUE) => {
    const held = value(key);
    return held === null || (key !== '0.value' && held < 0) || held > most;
  };
  const respond = texts.respondWithinS?.trim() ? value('respondWithinS') : null;
  const respondWrong = rule.respondWithinS !== null && (respond === null || respond <= 0);
  const bad = respondWrong || numbers.some(({ key }) => wrong(key)) || delays.some((key) => wrong(key, longestDelayS));
  const send = () => {
    if (bad || command.busy) return;
    const values = Object.fromEntries(numbers.map(({ key, value: held }) => [key, value(key) ?? held]));
    const { changed: _who, ...held } = rule;
    command.run({
      rule: {
        ...held,
        condition: withNumbers(rule, values),
        onDelayS: value('onDelayS') ?? rule.onDelayS,
        offDelayS: value('offDelayS') ?? rule.offDelayS,
        respondWithinS: rule.respondWithinS === null ? null : respond,
        priority,
      },
      version,
    });
  };
  useHotkeys([{ chord: 'ctrl+enter', label: ui('save'), group: t('title'), run: send, inField: true, inDialog: true }]);
  const input = (key: string, label: string, error: boolean) => (
    <Field key={key} label={label} error={error ? t('rule.wrong') : undefined}>
      <Input
        inputMode="decimal"
        value={texts[key] ?? ''}
        onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
      />
    </Field>
  );
  const several = new Set(numbers.map(({ at }) => at)).size > 1;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('rule.edit', { name: words.of(rule.title) })}
      description={words.conditionOf(rule)}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" disabled={command.busy || bad}>
            {ui('save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="grid grid-cols-2 gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          send();
        }}
      >
        {numbers.map(({ key, word, unit, at }) =>
          input(
            key,
            `${several ? `${at + 1}. ` : ''}${t(`rule.number.${word}`)}${unit ? ` (${unit})` : ''}`,
            wrong(key),
          ),
        )}
        {delays.map((key) => input(key, t(`rule.${key}`), wrong(key, longestDelayS)))}
        {rule.respondWithinS === null ? null : input('respondWithinS', t('rule.respondWithinS'), respondWrong)}
        <Field label={t('rule.priority')}>
          <Select
            value={priority}
            onValueChange={setPriority}
            choices={priorities.map((one) => ({ value: one, label: one }))}
          />
        </Field>
        <p className="col-span-2 text-2xs text-ink-faint">{t('rule.logged')}</p>
      </form>
    </Dialog>
  );
}
