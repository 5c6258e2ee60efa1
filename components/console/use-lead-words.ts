'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { figure, withUnit } from '@/components/shell/use-reading-words.ts';
import { leadText, type StationRow } from './station-rows.ts';

/** What a station's mark and row say in a few characters. */
export function useLeadWords(): (row: Pick<StationRow, 'station' | 'lead'>) => string {
  const t = useTranslations();
  return useMemo(
    () =>
      ({ station, lead }) => {
        const text = leadText(station.kind, lead);
        if (text === null) return '';
        if (lead?.said !== undefined && lead.said !== 'limited') return t(`domain.capacityState.${lead.said}`);
        if (text.as === 'none') return t(`domain.quality.${text.quality}`);
        if (text.as === 'share') return t('console.layers.share', { percent: text.percent });
        if (text.as === 'value') return withUnit(text.value, text.unit);
        return text.of === null
          ? t('console.layers.free', { free: figure(text.free) })
          : t('console.layers.freeOf', { free: figure(text.free), of: figure(text.of) });
      },
    [t],
  );
}
