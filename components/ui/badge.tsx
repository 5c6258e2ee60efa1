import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const tones = ['neutral', 'critical', 'serious', 'caution', 'notice', 'good'] as const;
export type Tone = (typeof tones)[number];

const washed: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-ink-soft',
  critical: 'border-critical/45 bg-critical-wash text-critical-text',
  serious: 'border-serious/50 bg-serious-wash text-serious-text',
  caution: 'border-caution/55 bg-caution-wash text-caution-text',
  notice: 'border-notice/40 bg-notice-wash text-notice-text',
  good: 'border-good/40 bg-good-wash text-good-text',
};

const solid: Record<Tone, string> = {
  neutral: 'border-transparent bg-ink-faint text-panel',
  critical: 'border-transparent bg-critical text-critical-ink',
  serious: 'border-transparent bg-serious text-serious-ink',
  caution: 'border-transparent bg-caution text-caution-ink',
  notice: 'border-transparent bg-notice text-notice-ink',
  good: 'border-transparent bg-good text-good-ink',
};

export type BadgeProps = ComponentProps<'span'> & { tone?: Tone; filled?: boolean };

export function Badge({ tone = 'neutral', filled = false, className, ...rest }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-[1.45em] shrink-0 items-center gap-1 rounded-sm border px-1.5 text-2xs font-medium whitespace-nowrap tabular-nums [&_svg]:size-[1em]',
        (filled ? solid : washed)[tone],
        className,
      )}
      {...rest}
    />
  );
}
