'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { incidentKind } from '@/server/domain/incident-kind.ts';

/** Words for codes that data may hold and the table may not know (an added department, a new unit kind): then the code itself. */
export function useCodeWords() {
  const locale = useLocale();
  const t = useTranslations('domain');
  return useMemo(() => {
    const known = (branch: 'department' | 'unitKind' | 'district', code: string) => {
      const key = `${branch}.${code}` as 'department.police';
      return t.has(key) ? t(key) : code;
    };
    return {
      department: (code: string | null) => (code === null ? null : known('department', code)),
      unitKind: (code: string) => known('unitKind', code),
      incidentKind: (code: string | null) => {
        const kind = code === null ? null : incidentKind(code);
        return kind ? (locale === 'en' ? kind.en : kind.zh) : code;
      },
    };
  }, [locale, t]);
}
