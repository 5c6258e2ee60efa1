'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useAddedDepartments } from '@/components/live/use-departments.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';

/** Words for codes that data may hold and the table may not know: an added department's own name, else the code itself (a new unit kind). */
export function useCodeWords() {
  const locale = useLocale();
  const t = useTranslations('domain');
  const added = useAddedDepartments();
  return useMemo(() => {
    const known = (branch: 'department' | 'unitKind' | 'district' | 'capability', code: string) => {
      const key = `${branch}.${code}` as 'department.police';
      return t.has(key) ? t(key) : code;
    };
    return {
      department: (code: string | null) =>
        code === null ? null : (added.get(code)?.[locale === 'en' ? 'en' : 'zh-CN'] ?? known('department', code)),
      unitKind: (code: string) => known('unitKind', code),
      capability: (code: string) => known('capability', code),
      incidentKind: (code: string | null) => {
        const kind = code === null ? null : incidentKind(code);
        return kind ? (locale === 'en' ? kind.en : kind.zh) : code;
      },
    };
  }, [locale, t, added]);
}
