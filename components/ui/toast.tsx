'use client';
import { CircleCheck, Info, OctagonX, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/** Bottom centre, above the status line: it hides neither the queue's head nor an incident's actions. */
export function Toaster() {
  const t = useTranslations('ui');
  return (
    <Sonner
      position="bottom-center"
      style={{ fontFamily: 'inherit' }}
      offset={{ bottom: '3.2rem' }}
      duration={6000}
      visibleToasts={4}
      containerAriaLabel={t('notices')}
      icons={{
        success: <CircleCheck className="size-4 text-good-text" />,
        info: <Info className="size-4 text-notice-text" />,
        warning: <TriangleAlert className="size-4 text-caution-text" />,
        error: <OctagonX className="size-4 text-critical-text" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[min(32rem,92vw)] items-start gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-2.5 text-sm text-ink shadow-float data-[type=error]:border-critical/60 data-[type=warning]:border-caution/60',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'mt-0.5 text-xs text-ink-soft',
          icon: 'mt-0.5 flex',
          actionButton:
            'ms-2 h-control-sm shrink-0 rounded-md bg-primary px-2.5 text-xs font-medium text-primary-ink hover:bg-primary-hover',
          cancelButton: 'h-control-sm shrink-0 rounded-md px-2 text-xs text-ink-soft hover:bg-hover',
        },
      }}
    />
  );
}
