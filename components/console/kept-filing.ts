import { type Editing, type Facts, sameFacts } from '@/components/incident/conflict-merge.ts';
import type { FilingDraft } from '@/components/incident/filing-form.tsx';
import { nowhere } from '@/server/domain/place.ts';

/** What a form began with, field by field, and what is in it now. */
export type Filing = Editing<FilingDraft> & {
  readonly mode: 'new' | 'edit';
  readonly incident: string;
};
/** `open`: the form was on the screen of that tab when it was last written down. */
export type KeptFiling = {
  readonly actor: string;
  readonly tab: string;
  readonly open: boolean;
  readonly keptAt: number;
  readonly filing: Filing;
};

const nothing: Facts = { title: '', text: '', kind: null, place: nowhere, priority: null };
export const blank: FilingDraft = { ...nothing, answers: {} };

/** Nothing was entered: there is nothing to keep. */
export const isUntouched = ({ from, draft }: Filing): boolean =>
  sameFacts(from, draft) && Object.keys(draft.answers).length === 0;

type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
const key = 'one-network-filings';
/** A caller's words are not left on a desk for longer than a day. */
const keepMs = 24 * 3_600_000;
const most = 20;

function read(storage: Keep | null): KeptFiling[] {
  try {
    const held: unknown = JSON.parse(storage?.getItem(key) ?? '[]');
    return Array.isArray(held) ? (held as KeptFiling[]).filter((one) => one?.filing?.draft?.answers) : [];
  } catch {
    return []; // of an older version, or not ours
  }
}

function write(storage: Keep | null, kept: readonly KeptFiling[]): void {
  try {
    if (kept.length === 0) storage?.removeItem(key);
    else storage?.setItem(key, JSON.stringify(kept.slice(0, most)));
  } catch {
    // full or forbidden: the form itself still holds it
  }
}

/** In the browser's own storage: it outlives the tab and the browser. One draft for each incident; the newest first. */
export function keepFiling(storage: Keep | null, kept: KeptFiling): void {
  const others = read(storage).filter((one) => one.filing.incident !== kept.filing.incident);
  write(storage, [kept, ...others]);
}

/** Only for whoever typed them: the next person at this desk does not see them, and they are not kept any longer. */
export function keptFilings(storage: Keep | null, actor: string, now: number): KeptFiling[] {
  const held = read(storage);
  const own = held.filter((one) => one.actor === actor && now - one.keptAt < keepMs);
  if (own.length < held.length) write(storage, own);
  return own;
}

export function forgetFiling(storage: Keep | null, incident: string): void {
  const held = read(storage);
  const left = held.filter((one) => one.filing.incident !== incident);
  if (left.length < held.length) write(storage, left);
}
