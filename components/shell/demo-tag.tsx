'use client';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn.ts';

/** On every page of demo data, in words, so that no screenshot can be taken for the city. */
export function DemoTag({ className }: { className?: string }) {
  const t = useTranslations('app');
  return (
    <span
      title={t('demoHint')}
      className={cn(
        'inline-flex h-[1.6em] items-center rounded-sm border border-dashed border-line-strong px-1.5 text-2xs font-medium whitespace-nowrap text-ink-soft',
        className,
      )}
    >
      {t('demo')}
    </span>
  );
}
