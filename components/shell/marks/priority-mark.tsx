'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';
import type { Priority } from '@/server/domain/scale.ts';

const looks: Record<Priority, string> = {
  P1: 'bg-critical text-critical-ink',
  P2: 'bg-serious text-serious-ink',
  P3: 'border border-caution bg-caution-wash text-caution-text',
  P4: 'border border-line-strong text-ink-faint',
};

/** The queue's own order: a square with its code. Never the word of a legal grade. */
export function PriorityMark({ priority, className }: { priority: Priority; className?: string }) {
  const t = useTranslations('domain.priority');
  return (
    <span
      role="img"
      aria-label={t(priority)}
      title={t(priority)}
      className={cn(
        'inline-flex h-[1.5em] w-[2.1em] shrink-0 items-center justify-center rounded-sm text-2xs font-bold tabular-nums',
        looks[priority],
        className,
      )}
    >
      {priority}
    </span>
  );
}
