'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { useTRPCClient } from '@/components/shell/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Checkbox } from '@/components/ui/checkbox.tsx';
import { Popover } from '@/components/ui/popover.tsx';

export type CrossingChoiceProps = { closed: readonly string[]; onChange: (closed: readonly string[]) => void };

/** Bridges and tunnels over the big river: one that is closed is ticked, and the times are worked out by the others. */
export function CrossingChoice({ closed, onChange }: CrossingChoiceProps) {
  const t = useTranslations('dispatch.crossings');
  const locale = useLocale();
  const client = useTRPCClient();
  const base = useId();
  const crossings = useQuery({
    queryKey: ['place.crossings'],
    queryFn: () => client.place.crossings.query(),
    staleTime: 60_000,
  });
  if (!crossings.data?.length) return null;
  return (
    <Popover
      label={t('title')}
      align="start"
      className="w-72"
      trigger={
        <Button look={closed.length ? 'primary' : 'plain'} size="sm">
          {closed.length ? t('some', { count: closed.length }) : t('title')}
        </Button>
      }
    >
      <p className="mb-2 text-xs text-ink-soft">{t('hint')}</p>
      <ul className="flex flex-col gap-1.5">
        {crossings.data.map((one, i) => (
          <li key={one.id} className="flex items-center gap-2 text-sm">
            <Checkbox
              id={`${base}${i}`}
              checked={closed.includes(one.id)}
              onCheckedChange={(ticked) =>
                onChange(ticked === true ? [...closed, one.id] : closed.filter((id) => id !== one.id))
              }
            />
            <label htmlFor={`${base}${i}`} className="min-w-0 flex-1 truncate">
              {locale === 'en' ? (one.nameEn ?? one.name) : one.name}
            </label>
            <span className="shrink-0 text-xs text-ink-faint">{t(one.kind)}</span>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
