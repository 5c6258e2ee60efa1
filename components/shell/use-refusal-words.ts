'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Refused } from '@/server/domain/refusal.ts';

export type RefusalWords = { title: string; text: string };

/** A refusal in the operator's words: who was first, what about, and why. */
export function useRefusalWords(): (refusal: Refused) => RefusalWords {
  const t = useTranslations();
  return useCallback(
    (refusal: Refused) => ({
      title: refusal.by ? t('command.refusedBy', { name: refusal.by.name }) : t('command.refused'),
      text: [refusal.subject, t(`refusal.${refusal.refused}`)].filter(Boolean).join('：'),
    }),
    [t],
  );
}
