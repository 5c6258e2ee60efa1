'use client';
import { CircleDashed, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

const frame = 'flex flex-col items-center justify-center gap-2 px-6 py-8 text-center text-sm';

export function Empty({ title, children, className }: { title: ReactNode; children?: ReactNode; className?: string }) {
  return (
    <div className={cn(frame, 'text-ink-faint', className)}>
      <CircleDashed className="size-6 opacity-70" aria-hidden />
      <p className="font-medium text-ink-soft">{title}</p>
      {children}
    </div>
  );
}

export function Loading({ label, className }: { label?: string; className?: string }) {
  const t = useTranslations('ui');
  return (
    <div role="status" className={cn(frame, 'text-ink-faint', className)}>
      <LoaderCircle className="size-6 animate-turn" aria-hidden />
      <p>{label ?? t('loading')}</p>
    </div>
  );
}

export type FailedProps = { title?: ReactNode; children?: ReactNode; onRetry?: () => void; className?: string };

export function Failed({ title, children, onRetry, className }: FailedProps) {
  const t = useTranslations('ui');
  return (
    <div role="alert" className={cn(frame, className)}>
      <TriangleAlert className="size-6 text-critical-text" aria-hidden />
      <p className="font-medium">{title ?? t('failed')}</p>
      {children ? <div className="text-ink-soft">{children}</div> : null}
      {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
    </div>
  );
}
