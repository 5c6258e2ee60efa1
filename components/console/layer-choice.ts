import { type StationKind, stationKinds } from '@/server/domain/station.ts';

/** Which layers an operator has put off, and whose stations are shown although nothing is wrong with them. */
export type LayerChoice = { readonly hidden: readonly string[]; readonly kinds: readonly StationKind[] };

/** Grey until abnormal: what is well is shown to whoever asks for it. */
export const firstChoice: LayerChoice = { hidden: ['alerts'], kinds: [] };

export type LayerChoiceStore = {
  current(): LayerChoice;
  subscribe(listener: () => void): () => void;
  show(layer: string, shown: boolean): void;
  showKind(kind: StationKind, shown: boolean): void;
};
type Kept = Pick<Storage, 'getItem' | 'setItem'>;

const without = <T>(all: readonly T[], one: T): T[] => all.filter((each) => each !== one);

export function readChoice(text: string | null): LayerChoice {
  try {
    const kept = JSON.parse(text ?? '') as { hidden?: unknown; kinds?: unknown };
    if (!Array.isArray(kept.hidden) || !Array.isArray(kept.kinds)) return firstChoice;
    const kinds = kept.kinds as unknown[];
    return {
      hidden: kept.hidden.filter((layer) => typeof layer === 'string').slice(0, 100),
      kinds: stationKinds.filter((kind) => kinds.includes(kind)),
    };
  } catch {
    return firstChoice; // nothing kept yet, or by another version
  }
}

/** Kept for this operator in this browser; where nothing may be kept it lasts as long as the page. */
export function createLayerChoice(actor: string, storage: () => Kept): LayerChoiceStore {
  const key = `one-network.layers.${actor}`;
  const listeners = new Set<() => void>();
  const kept = <T>(use: (store: Kept) => T): T | null => {
    try {
      return use(storage());
    } catch {
      return null; // a browser that forbids storage, or is out of it
    }
  };
  let choice = readChoice(kept((store) => store.getItem(key)));
  function become(next: LayerChoice): void {
    choice = next;
    kept((store) => store.setItem(key, JSON.stringify(next)));
    for (const listener of listeners) listener();
  }
  return {
    current: () => choice,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(layer, shown) {
      const hidden = without(choice.hidden, layer);
      become({ ...choice, hidden: shown ? hidden : [...hidden, layer] });
    },
    showKind(kind, shown) {
      const kinds = without(choice.kinds, kind);
      become({ ...choice, kinds: shown ? [...kinds, kind] : kinds });
    },
  };
}
