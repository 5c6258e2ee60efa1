'use client';
import { useTranslations } from 'next-intl';

/** That there is more, and which part of it is up. */
export function PageMark({ page, pages }: { page: number; pages: number }) {
  const t = useTranslations('wall');
  if (pages < 2) return null;
  return (
    <span className="figures shrink-0 rounded-[0.2em] border-[0.06em] border-ink-soft px-[0.35em] text-[0.8em] leading-[1.25] text-ink">
      <span className="sr-only">{t('page', { page: page + 1, pages })}</span>
      <span aria-hidden>
        {page + 1}/{pages}
      </span>
    </span>
  );
}
