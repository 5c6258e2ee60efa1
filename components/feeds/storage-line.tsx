'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/shell/trpc.ts';

const gigabyte = 1024 ** 3;

/** How full the store is and where it goes: a full disk must be seen weeks ahead. */
export function StorageLine() {
  const t = useTranslations('feeds');
  const format = useFormatter();
  const storage = useQuery(useTRPC().feed.storage.queryOptions(undefined, { refetchInterval: 60_000 }));
  if (!storage.data) return null;
  const { totalBytes, bytesPerDay, forecastBytes, fullDays } = storage.data;
  const size = (bytes: number) => format.number(bytes / gigabyte, { maximumFractionDigits: 2 });
  if (bytesPerDay === 0) return <span>{t('stored', { total: size(totalBytes) })}</span>;
  const values = { total: size(totalBytes), perDay: size(bytesPerDay), forecast: size(forecastBytes), days: fullDays };
  return <span>{t('storedForecast', values)}</span>;
}
