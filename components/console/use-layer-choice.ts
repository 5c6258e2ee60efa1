'use client';
import { useSyncExternalStore } from 'react';
import { useSigned } from '@/components/shell/session-gate.tsx';
import { createLayerChoice, firstChoice, type LayerChoice, type LayerChoiceStore } from './layer-choice.ts';

const stores = new Map<string, LayerChoiceStore>();

/** The map, the panel of layers and the list share one choice per operator. */
export function useLayerChoice(): { readonly choice: LayerChoice } & Pick<LayerChoiceStore, 'show' | 'showKind'> {
  const { actor } = useSigned();
  const store = stores.get(actor.id) ?? createLayerChoice(actor.id, () => localStorage);
  stores.set(actor.id, store);
  const choice = useSyncExternalStore(store.subscribe, store.current, () => firstChoice);
  return { choice, show: store.show, showKind: store.showKind };
}
