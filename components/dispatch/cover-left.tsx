'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import { cn } from '@/components/ui/cn.ts';
import type { Recommended } from './use-recommendation.ts';

/** What is left for the next call when the package is out. */
export function CoverLeft({ of }: { of: Recommended }) {
  const t = useTranslations('dispatch.recommend');
  const codes = useCodeWords();
  const locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  if (of.cover.length === 0) return null;
  return (
    <section aria-label={t('cover')} className="max-h-20 overflow-y-auto text-2xs text-ink-faint">
      <h3 className="sr-only">{t('cover')}</h3>
      <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
        {of.cover.map(({ kind, free, left, emptied }) => (
          <li key={kind} className={cn(left === 0 && 'text-serious-text')}>
            {t('left', { kind: codes.unitKind(kind), left, free })}
            {emptied.length ? (
              <span className="text-caution-text">
                {' '}
                {t('emptied', {
                  districts: emptied.map((code) => of.districts[code]?.[locale] ?? code).join(t('and')),
                })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
