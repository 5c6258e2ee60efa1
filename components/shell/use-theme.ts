'use client';
import { useSyncExternalStore } from 'react';
import { readTheme, type Theme, themeChanged } from './preferences.ts';

const subscribe = (listener: () => void) => {
  window.addEventListener(themeChanged, listener);
  return () => window.removeEventListener(themeChanged, listener);
};

/** The theme of the page; for what cannot read its variables, such as a map. */
export const useTheme = (): Theme =>
  useSyncExternalStore(
    subscribe,
    () => readTheme(document.documentElement.dataset.theme),
    () => 'dim',
  );
