import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button.tsx';
import { NoticePage } from './notice-page.tsx';

export function MissingPage() {
  const t = useTranslations('shell');
  return (
    <NoticePage title={t('notFound')} hint={t('notFoundHint')}>
      <Button look="primary" asChild>
        <Link href="/">{t('toConsole')}</Link>
      </Button>
    </NoticePage>
  );
}
