'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useRecords } from '@/components/live/use-live.ts';
import { useCodeWords } from '@/components/shell/use-code-words.ts';
import type { Incident } from '@/server/domain/incident.ts';
import type { PickReason } from './candidate-row.tsx';
import type { Recommended } from './use-recommendation.ts';

/** Why a unit is recommended: what it is for, who is nearer and goes elsewhere, and whose word the need is. */
export function usePickReason(of: Incident, shown: Recommended | null): (unit: string) => PickReason | null {
  const t = useTranslations('dispatch.recommend');
  const codes = useCodeWords();
  const language = useLocale() === 'en' ? 'en' : 'zh-CN';
  const incidents = useRecords((records) => records.all('incident'), { equal: Object.is });
  return (unit) => {
    const pick = shown?.picks.find((one) => one.unit === unit && one.incident === of.id);
    if (!pick) return null;
    const need = shown?.needs.find((one) => one.incident === of.id && one.need === pick.need);
    const asked = [
      (need?.kinds ?? [pick.kind]).map(codes.unitKind).join('/'),
      ...(need?.capabilities.map(codes.capability) ?? []),
    ].join(' ');
    const role = need?.role?.[language] || need?.role?.['zh-CN'];
    const nearer =
      pick.nearer &&
      t('nearer', {
        unit: pick.nearer.callSign,
        incident: incidents.get(pick.nearer.incident)?.body.number ?? t('another'),
      });
    const text = [t('for', { need: role ? t('roleOf', { role, asked }) : asked }), nearer].filter(Boolean).join(' · ');
    const words = pick.source && (pick.source.text[language] || pick.source.text['zh-CN']);
    return {
      text,
      source: words ? t(pick.source?.verified ? 'verified' : 'unverified', { source: words }) : null,
    };
  };
}
