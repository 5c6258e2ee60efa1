'use client';
import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';

const zone = 'Asia/Shanghai';

/** Times in Beijing time with seconds, 24 h; distances in metres or kilometres. */
export function useFormats() {
  const format = useFormatter();
  const t = useTranslations('format');
  return useMemo(
    () => ({
      time: (at: number) =>
        format.dateTime(at, {
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: 'h23',
          timeZone: zone,
        }),
      dateTime: (at: number) =>
        format.dateTime(at, {
          month: '2-digit',
          day: '2-digit',
          hour: '2-digit',
          minute: '2-digit',
          second: '2-digit',
          hourCycle: 'h23',
          timeZone: zone,
        }),
      distance: (metres: number) =>
        metres < 1000
          ? t('metres', { value: Math.round(metres / 10) * 10 })
          : t('kilometres', {
              value: format.number(metres / 1000, { maximumFractionDigits: metres < 10_000 ? 1 : 0 }),
            }),
      minutes: (minutes: number) => t('minutes', { value: Math.round(minutes) }),
    }),
    [format, t],
  );
}
