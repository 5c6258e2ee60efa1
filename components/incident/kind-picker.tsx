'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { PriorityMark } from '@/components/shell/marks/priority-mark.tsx';
import { Combobox } from '@/components/ui/combobox.tsx';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import { searchKinds } from './kind-search.ts';

export type KindPickerProps = {
  value: string | null;
  onChange: (code: string | null) => void;
  id?: string;
  autoFocus?: boolean;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

/** By code, characters or pinyin initials (`xctd` → 下穿通道积水). */
export function KindPicker({ value, onChange, ...field }: KindPickerProps) {
  const t = useTranslations();
  const english = useLocale() === 'en';
  const chosen = value === null ? null : incidentKind(value);
  const name = chosen ? (english ? chosen.en : chosen.zh) : '';
  const [text, setText] = useState<string | null>(null);
  const found = useMemo(() => searchKinds(text ?? ''), [text]);
  return (
    <Combobox
      {...field}
      aria-label={t('incident.kind')}
      placeholder={t('incident.kindPlaceholder')}
      text={text ?? name}
      onText={(next) => {
        setText(next);
        if (next === '') onChange(null);
      }}
      onPick={(code) => {
        onChange(code);
        setText(null);
      }}
      empty={t('incident.kindNothing')}
      choices={found.map((kind) => ({
        key: kind.code,
        node: (
          <span className="flex items-center gap-2">
            <PriorityMark priority={kind.priority} />
            <span className="truncate">{english ? kind.en : kind.zh}</span>
            <span className="ms-auto shrink-0 text-2xs text-ink-faint">{t(`domain.category.${kind.category}`)}</span>
          </span>
        ),
      }))}
    />
  );
}
