'use client';
import { useEffect } from 'react';
import { themeChanged } from '@/components/shell/preferences.ts';

/** Paper is white: while it prints, the page takes the light theme, then gives back the operator's own. */
export function usePrintLight(): void {
  useEffect(() => {
    const root = document.documentElement;
    let own: string | undefined;
    const before = () => {
      own = root.dataset.theme;
      root.dataset.theme = 'light';
    };
    const after = () => {
      if (own === undefined) return;
      root.dataset.theme = own;
      own = undefined;
      window.dispatchEvent(new Event(themeChanged));
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
}
