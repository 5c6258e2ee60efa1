'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Popover } from '@/components/ui/popover.tsx';

export type CodeChoiceProps = {
  label: string;
  choices: readonly string[];
  chosen: readonly string[];
  nameOf: (code: string) => string;
  onChange: (chosen: readonly string[]) => void;
  /** What it says while nothing is chosen, where that is an answer. */
  none?: string;
  id?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

const searchedFrom = 12;

/** Several of many, in the order they were chosen: the first is liked best. */
export function CodeChoice({ label, choices, chosen, nameOf, onChange, none, ...control }: CodeChoiceProps) {
  const t = useTranslations('plans');
  const [text, setText] = useState('');
  const all = [...new Set([...chosen, ...choices])];
  const shown = all.filter((code) => `${nameOf(code)} ${code}`.toLowerCase().includes(text.trim().toLowerCase()));
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <Popover
      label={label}
      align="start"
      className="w-72"
      trigger={
        <Button
          {...control}
          aria-label={`${label}：${chosen.map(nameOf).join('、') || (none ?? t('choose'))}`}
          className="w-full justify-start aria-invalid:border-critical"
        >
          <span className="truncate">{chosen.map(nameOf).join('/') || (none ?? t('choose'))}</span>
        </Button>
      }
    >
      {all.length > searchedFrom ? (
        <Input
          type="search"
          className="mb-2"
          aria-label={t('searchChoices')}
          placeholder={t('searchChoices')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      <ul className="max-h-64 overflow-y-auto">
        {shown.map((code) => (
          <li key={code}>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside */}
            <label className="flex min-h-control-sm items-center gap-2 text-sm">
              <Checkbox checked={chosen.includes(code)} onCheckedChange={() => toggle(code)} />
              {nameOf(code)}
            </label>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
