'use client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Filing, forgetFiling, isUntouched, type KeptFiling, keepFiling, keptFilings } from './kept-filing.ts';
import { holdTab, openTabs, thisTab } from './open-tabs.ts';

const storage = (): Storage | null => {
  try {
    return typeof localStorage === 'undefined' ? null : localStorage;
  } catch {
    return null; // forbidden: then nothing is kept
  }
};

/** Drafts of one person in this browser. What another tab of theirs has on its screen is left to that tab. */
export function useKeptFilings(actor: string) {
  const tab = useMemo(thisTab, []);
  const [tabs, setTabs] = useState<ReadonlySet<string> | null>(null);
  const [held, setHeld] = useState<readonly KeptFiling[]>([]);
  const read = () => setHeld(keptFilings(storage(), actor, Date.now()));
  const refresh = useRef(read);
  refresh.current = read;
  useEffect(() => {
    const letGo = holdTab(tab);
    const ask = () => {
      refresh.current();
      void openTabs().then(setTabs, () => setTabs(new Set()));
    };
    ask();
    window.addEventListener('storage', ask);
    window.addEventListener('focus', ask);
    return () => {
      letGo();
      window.removeEventListener('storage', ask);
      window.removeEventListener('focus', ask);
    };
  }, [tab]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person sees other drafts
  useEffect(() => refresh.current(), [actor]);

  const ours = held.filter((one) => one.tab === tab || !one.open || !tabs?.has(one.tab));
  return {
    /** Known once the other tabs have answered. */
    ready: tabs !== null,
    drafts: ours,
    /** Was on the screen when this tab was reloaded, or when another one died. */
    crashed: tabs === null ? null : (ours.find((one) => one.open) ?? null),
    keep(filing: Filing, open: boolean) {
      if (isUntouched(filing)) return;
      keepFiling(storage(), { actor, tab, open, keptAt: Date.now(), filing });
      read();
    },
    forget(incident: string) {
      forgetFiling(storage(), incident);
      read();
    },
  };
}
