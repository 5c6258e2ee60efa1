'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useRecords } from '@/components/live/use-live.ts';
import { useFormats } from '@/components/shell/use-formats.ts';
import { figure } from '@/components/shell/use-reading-words.ts';
import { Badge } from '@/components/ui/badge.tsx';

const mostShown = 50;

/** What the rules have raised about this station, the newest first. */
export function StationAlarms({ station }: { station: string }) {
  const t = useTranslations('stations.alarms');
  const words = useTranslations('domain');
  const locale = useLocale();
  const formats = useFormats();
  const all = useRecords((records) => records.all('alarm'));
  const alarms = Array.from(all.values(), ({ body }) => body)
    .filter(({ subject }) => subject.station === station)
    .sort((a, b) => b.raisedAt - a.raisedAt)
    .slice(0, mostShown);
  return (
    <section aria-label={t('title')} className="flex flex-col">
      <h2 className="px-3 pt-3 pb-1 text-xs font-medium text-ink-faint">{t('title')}</h2>
      {alarms.length === 0 ? <p className="px-3 pb-3 text-sm text-ink-faint">{t('none')}</p> : null}
      <ul>
        {alarms.map((alarm) => (
          <li key={alarm.id} className="flex flex-col gap-1 border-b border-line px-3 py-2 text-sm">
            <span className="flex items-center gap-2">
              <Badge tone={alarm.state === 'active' ? (alarm.raises === 'signal' ? 'serious' : 'caution') : 'neutral'}>
                {t(alarm.state)}
              </Badge>
              <span className="min-w-0 truncate font-medium">{alarm.title[locale === 'en' ? 'en' : 'zh-CN']}</span>
            </span>
            <span className="figures flex flex-wrap gap-x-3 text-2xs text-ink-faint">
              <span>{words(`priority.${alarm.priority}`)}</span>
              <span>{t('raised', { at: formats.dateTime(alarm.raisedAt) })}</span>
              {alarm.clearedAt === null ? null : <span>{t('over', { at: formats.dateTime(alarm.clearedAt) })}</span>}
              {alarm.value === null ? null : (
                <span>
                  {figure(alarm.value)}
                  {alarm.limit === null ? '' : ` / ${figure(alarm.limit)}`} {alarm.unit ?? ''}
                </span>
              )}
              <span>{alarm.acknowledged ? t('seen', { name: alarm.acknowledged.by.name }) : t('unseen')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
