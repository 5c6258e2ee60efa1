'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo, useSyncExternalStore } from 'react';

export type Opened = { readonly kind: 'incident' | 'signal' | 'unit' | 'station' | 'list'; readonly id: string };

const read = (value: string | null): Opened | null => {
  const match = /^(incident|signal|unit|station|list)\/(.+)$/.exec(value ?? '');
  return match?.[1] && match[2] ? { kind: match[1] as Opened['kind'], id: match[2] } : null;
};

const changed = 'openedchange';
function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  addEventListener(changed, listener);
  return () => {
    removeEventListener('popstate', listener);
    removeEventListener(changed, listener);
  };
}
const inAddress = () => new URLSearchParams(location.search).get('open');

/**
 * The router writes the address of a `pushState` that it watches once more when it has rendered, which on a busy desk is half a second later: who has
 * gone back by then finds what was left. So the address is written past the router, with the router's own state in it.
 */
function push(next: string | null): void {
  const url = new URL(location.href);
  if (next === url.searchParams.get('open')) return;
  if (next === null) url.searchParams.delete('open');
  else url.searchParams.set('open', next);
  // Slashes are legal in a query, and a shorter address is one that can be read out.
  History.prototype.pushState.call(history, history.state, '', url.href.replaceAll('%2F', '/'));
  dispatchEvent(new Event(changed));
}

/** What is open stands in the address: a link shows the same, and the back button goes back. */
export function useOpened() {
  useSearchParams(); // A link within the product changes the address without an event.
  const key = useSyncExternalStore(subscribe, inAddress, () => null);
  const opened = useMemo(() => read(key), [key]);
  return { key, opened, open: push };
}
