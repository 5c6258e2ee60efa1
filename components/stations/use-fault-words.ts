'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { FileFault, Preview } from './use-import.ts';

type RefusedRow = Preview['faulty'][number];

/** Why a file or a row of it is none, in the words of whoever made it. */
export function useFaultWords() {
  const t = useTranslations('stations');
  return useMemo(() => {
    const column = (name: string | null): string => {
      const key = `field.${name ?? ''}` as 'field.key';
      return name && !name.includes('.') && t.has(key) ? t(key) : (name ?? '');
    };
    return {
      column,
      file: (of: FileFault): string => t(`fault.${of.fault}`, { line: of.line ?? '?', column: column(of.column) }),
      row: (of: RefusedRow): string => t(`reason.${of.reason}`, { column: column(of.column), value: of.value }),
    };
  }, [t]);
}
