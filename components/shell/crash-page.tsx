'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { NoticePage } from './notice-page.tsx';

export function CrashPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations();
  const hint = t('shell.crashedHint');
  return (
    <NoticePage
      title={t('shell.crashed')}
      hint={error.digest ? `${hint} ${t('shell.crashedNumber', { digest: error.digest })}` : hint}
    >
      <Button look="primary" onClick={reset}>
        {t('ui.retry')}
      </Button>
      <Button asChild>
        <Link href="/">{t('shell.toConsole')}</Link>
      </Button>
    </NoticePage>
  );
}
