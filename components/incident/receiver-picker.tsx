'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { isReceiver, type Receiver, receivers } from '@/server/domain/transfer.ts';

export type ReceiverPickerProps = {
  value: string;
  onChange: (to: string) => void;
  id?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

const other = 'other';

/** To whom an incident is handed over: one of the usual lines, or anybody in words. */
export function ReceiverPicker({ value, onChange, ...field }: ReceiverPickerProps) {
  const t = useTranslations('incident.receiver');
  const [named, setNamed] = useState(value !== '' && !isReceiver(value));
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        {...field}
        value={named ? other : isReceiver(value) ? value : null}
        placeholder={t('choose')}
        onValueChange={(next: Receiver | typeof other) => {
          setNamed(next === other);
          onChange(next === other ? '' : next);
        }}
        choices={[
          ...receivers.map((one) => ({ value: one, label: t(`line.${one}`) })),
          { value: other, label: t('other') },
        ]}
      />
      {named ? (
        <Input
          autoFocus
          aria-label={t('name')}
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : null}
    </div>
  );
}
