'use client';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';

export type Opened = { readonly kind: 'incident' | 'signal' | 'unit'; readonly id: string };

const read = (value: string | null): Opened | null => {
  const match = /^(incident|signal|unit)\/(.+)$/.exec(value ?? '');
  return match?.[1] && match[2] ? { kind: match[1] as Opened['kind'], id: match[2] } : null;
};

/** What is open stands in the address: a link shows the same, and the back button goes back. */
export function useOpened() {
  const [key, setKey] = useQueryState('open', parseAsString.withOptions({ history: 'push', shallow: true }));
  const opened = useMemo(() => read(key), [key]);
  return {
    key,
    opened,
    open: (next: string | null) => {
      void setKey(next);
    },
  };
}
