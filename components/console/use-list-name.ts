'use client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { isKind, type ListName } from './list-rows.ts';

/** How a list is called. */
export function useListName(): (name: ListName) => string {
  const t = useTranslations();
  return useCallback(
    (name) => {
      if (isKind(name)) return t(`domain.stationKind.${name}`);
      if (name === 'abnormal') return t('console.layers.abnormal');
      return name === 'stations' ? t('console.layers.all') : t(`map.layers.${name}`);
    },
    [t],
  );
}
