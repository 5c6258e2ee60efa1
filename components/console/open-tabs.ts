import { newId } from '@/components/shell/new-id.ts';

const key = 'one-network-tab';
const prefix = 'one-network-tab/';

/** The same through a reload; another one in a tab that was opened anew. */
export function thisTab(): string {
  try {
    const held = sessionStorage.getItem(key) ?? newId();
    sessionStorage.setItem(key, held);
    return held;
  } catch {
    return newId(); // storage is forbidden: nothing is kept either
  }
}

/** Held as long as the page lives; a crash lets go of it at once, which no timestamp could tell. Returns how to let go. */
export function holdTab(tab: string): () => void {
  const gone = new AbortController();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    letGo = done;
  });
  void navigator.locks
    ?.request(prefix + tab, { mode: 'shared', signal: gone.signal }, () => held)
    .catch(() => undefined); // ended before it was granted
  return () => {
    gone.abort();
    letGo();
  };
}

export async function openTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
