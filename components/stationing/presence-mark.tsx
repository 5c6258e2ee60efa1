'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import type { PresenceState } from './presence.ts';

const shapes = {
  present: <circle cx="8" cy="8" r="6.4" fill="currentColor" />,
  away: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2Z" fill="currentColor" />
    </>
  ),
  vacant: (
    <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="3.2 2.4" />
  ),
} as const;

const hues: Record<PresenceState, string> = {
  present: 'text-good-text',
  away: 'text-caution-text',
  vacant: 'text-ink-faint',
};

/** Full, half, dashed: told apart without their colours. `bare` leaves out the word, which is then read aloud only. */
export function PresenceMark({
  state,
  bare = false,
  className,
}: {
  state: PresenceState;
  bare?: boolean;
  className?: string;
}) {
  const t = useTranslations('domain.seatState');
  return (
    <span className={cn('inline-flex items-center whitespace-nowrap', !bare && 'gap-[0.4em]', className)}>
      <svg viewBox="0 0 16 16" aria-hidden className={cn('size-[0.85em] shrink-0', hues[state])}>
        {shapes[state]}
      </svg>
      <span className={cn(bare && 'sr-only')}>{t(state)}</span>
    </span>
  );
}
