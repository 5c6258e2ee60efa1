'use client';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { unitSign } from '@/components/shell/use-reading-words.ts';
import type { Alarm } from '@/server/domain/alarm.ts';
import type { Rule, SimpleCondition } from '@/server/domain/rule.ts';

type Words = { readonly 'zh-CN': string; readonly en: string };

/** Words of alarms and rules, which are data in two languages, and of what is measured. */
export function useAlarmWords() {
  const locale = useLocale();
  const format = useFormatter();
  const t = useTranslations('alarms');
  return useMemo(() => {
    const of = (words: Words): string => (locale === 'en' ? words.en : words['zh-CN']);
    const number = (value: number): string => format.number(value, { maximumFractionDigits: 3 });
    const measured = (value: number | null, unit: string | null): string | null =>
      value === null ? null : [number(value), unitSign(unit)].filter(Boolean).join(' ');
    const property = (name: string | null): string | null => {
      if (name === null) return null;
      const key = `property.${name.replaceAll('.', '_')}` as 'property.waterLevel';
      return t.has(key) ? t(key) : name;
    };
    const names = (list: readonly string[]): string =>
      list.length > 0 ? [...new Set(list.map((name) => property(name)))].join(t('or')) : t('condition.any');
    const against = (one: Extract<SimpleCondition, { of: 'reading' | 'capacity' }>): string => {
      const { value } = one;
      const unit = one.of === 'reading' && one.unit ? `${one.unit}${one.as === 'per-hour' ? '/h' : ''}` : null;
      if (typeof value === 'number') return t(`condition.${one.when}`, { value: measured(value, unit) ?? '' });
      if ('limit' in value) return t(`condition.${one.when}Limit`);
      if ('threshold' in value) return t(`condition.${one.when}Threshold`, { level: t(`level.${value.threshold}`) });
      return t(one.when === 'above' ? 'condition.shareReached' : 'condition.shareLeft', {
        share: format.number(value.shareOfMaximum, { style: 'percent' }),
      });
    };
    const condition = (one: SimpleCondition): string => {
      switch (one.of) {
        case 'reading':
          return `${names(one.properties)} ${against(one)}`;
        case 'capacity':
          return `${names(one.resources)} ${against(one)}`;
        case 'position':
          return one.event === 'dwell'
            ? t('condition.dwell', { metres: one.dwellM ?? 0, minutes: Math.round((one.dwellS ?? 0) / 60) })
            : t(`condition.${one.event}`, { flags: one.flags.join(t('or')) });
        case 'alert':
          return t('condition.alert', { events: one.events.join(t('or')) });
        case 'feed':
          return t('condition.feed');
        case 'flood':
          return t('condition.flood', { alarms: one.alarms, minutes: Math.round(one.withinS / 60) });
      }
    };
    const conditionOf = ({ condition: whole }: Pick<Rule, 'condition'>): string =>
      'of' in whole
        ? condition(whole)
        : ('all' in whole ? whole.all : whole.any).map(condition).join('all' in whole ? t('and') : t('orElse'));
    const readingOf = (alarm: Alarm): string | null => {
      const value = measured(alarm.value, alarm.unit);
      if (value === null) return null;
      const limit = measured(alarm.limit, alarm.unit);
      return limit === null ? value : t('ofLimit', { value, limit });
    };
    return { of, number, measured, property, condition, conditionOf, readingOf };
  }, [locale, format, t]);
}
