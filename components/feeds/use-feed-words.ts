'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** Words for codes of feeds and transports; a code that has none is shown as it is, never dropped. */
export function useFeedWords() {
  const t = useTranslations();
  const locale = useLocale();
  return useMemo(() => {
    const known = (key: string, code: string, values: Record<string, string | number> = {}) =>
      t.has(key as 'feeds.title') ? t(key as 'feeds.title', values as never) : code;
    return {
      /** Titles are data, in the source's own language; the known ones have a translation. */
      title: (id: string, title: string) => (locale === 'zh-CN' ? title : known(`feeds.known.${id}`, title)),
      protocol: (id: string) => known(`feeds.protocol.${id}`, id),
      reason: (code: string) => known(`refusal.${code}`, code),
      recordKind: (code: string) => known(`feeds.recordKind.${code}`, code),
      flag: (code: string) => known(`feeds.flag.${code}`, code),
      transport: (code: string, facts: Readonly<Record<string, string | number>>) => {
        const values = { host: '', port: '', source: '', limit: '', status: '', detail: '', ...facts };
        const reason = typeof facts.reason === 'string' ? known(`feeds.cut.${facts.reason}`, facts.reason) : '';
        const at = code === 'listening' && facts.port !== undefined ? 'listeningAt' : code;
        return known(`feeds.transport.${at}`, code, { ...values, port: String(values.port), reason });
      },
    };
  }, [t, locale]);
}
