'use client';
import { useTranslations } from 'next-intl';
import type { Gap } from '@/server/domain/recommend.ts';
import { useCodeWords } from './use-code-words.ts';

const reasons = ['withoutCapability', 'busy', 'divertible', 'offDuty', 'stale', 'unreachable', 'elsewhere'] as const;

/** What is short, and what keeps each unit of that kind from being sent. */
export function GapLine({ of }: { of: Gap }) {
  const t = useTranslations('followUp.plan');
  const codes = useCodeWords();
  const why = reasons.filter((one) => of[one] > 0).map((one) => t(`why.${one}`, { count: of[one] }));
  return (
    <p className="text-xs text-serious-text">
      <span aria-hidden>▲ </span>
      {t('gap', { kind: of.kinds.map(codes.unitKind).join('/'), count: of.missing })}{' '}
      <span className="text-ink-faint">{of.noPlace ? t('noPlace') : why.join(t('and')) || t('why.none')}</span>
    </p>
  );
}
