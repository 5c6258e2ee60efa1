'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** Seats are named by the city; the seeded names have words in both languages. */
export function useSeatName(): (name: string) => string {
  const t = useTranslations('stationing.seatName');
  return useCallback((name: string) => (name === '一席' ? t('first') : name === '二席' ? t('second') : name), [t]);
}
