'use client';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/components/shell/use-formats.ts';
import { cn } from '@/components/ui/cn.ts';
import type { FusionReason } from '@/server/domain/fusion-event.ts';

/** The most that is said on one line; what speaks against it comes before what speaks for it. */
const most = 7;

/** Why two things may be one, or may not: each reason in words, with its figure. */
export function FusionWhy({ reasons, className }: { reasons: readonly FusionReason[]; className?: string }) {
  const t = useTranslations('incident.near.why');
  const formats = useFormats();
  const figureOf = ({ code, value }: FusionReason): string => {
    if (value === null) return '';
    if (code === 'distance' || code === 'stake') return formats.distance(value);
    return code === 'minutes' ? formats.minutes(value) : String(Math.round(value * 100));
  };
  const shown = [...reasons].sort((a, b) => Number(a.speaksFor) - Number(b.speaksFor)).slice(0, most);
  return (
    <span className={cn('flex flex-wrap gap-x-2 gap-y-0.5 text-2xs', className)}>
      {shown.map((reason) => (
        <span key={reason.code} className={reason.speaksFor ? 'text-ink-soft' : 'text-caution-text'}>
          <span aria-hidden>{reason.speaksFor ? '+' : '−'} </span>
          {t(`${reason.code}.${reason.speaksFor ? 'yes' : 'no'}`, { value: figureOf(reason) })}
        </span>
      ))}
    </span>
  );
}
