import type { FilingDraft } from '@/components/incident/filing-form.tsx';
import { nowhere } from '@/server/domain/place.ts';

export type Filing = {
  readonly mode: 'new' | 'edit';
  readonly incident: string;
  /** What the form began with. */
  readonly from: FilingDraft;
  readonly draft: FilingDraft;
};
/** `open`: the form was on the screen when it was last written down. */
export type KeptFiling = { readonly actor: string; readonly open: boolean; readonly filing: Filing };

export const blank: FilingDraft = { title: '', text: '', kind: null, place: nowhere, priority: null };

const same = (a: FilingDraft, b: FilingDraft): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Nothing was entered: there is nothing to keep. */
export const isUntouched = ({ from, draft }: Filing): boolean => same(from, draft);

/** Changes to an incident come back only while it is as it was then: what others changed since must not be undone. */
export const continues = (kept: Filing, fresh: Filing): boolean =>
  kept.mode === fresh.mode &&
  (kept.mode === 'new' || (kept.incident === fresh.incident && same(kept.from, fresh.from)));

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const key = 'one-network-filing';

/** In the tab's own storage: it ends with the tab, and two tabs do not mix. */
export function keepFiling(storage: Keep | null, kept: KeptFiling): void {
  try {
    storage?.setItem(key, JSON.stringify(kept));
  } catch {
    // full or forbidden: the form itself still holds it
  }
}

/** Only for whoever typed it: the next person at this desk does not see it. */
export function keptFiling(storage: Keep | null, actor: string): KeptFiling | null {
  try {
    const kept = JSON.parse(storage?.getItem(key) ?? 'null') as KeptFiling | null;
    if (kept === null || kept.actor === actor) return kept;
    storage?.removeItem(key);
    return null;
  } catch {
    return null; // of an older version, or not ours
  }
}

export function forgetFiling(storage: Keep | null): void {
  try {
    storage?.removeItem(key);
  } catch {
    // forbidden: then nothing was kept
  }
}
