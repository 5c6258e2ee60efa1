'use client';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Remap } from './key-remap.ts';
import { type Binding, createKeyboard, type Keyboard } from './keyboard.ts';

const KeyboardContext = createContext<Keyboard | null>(null);

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const keyboard = useMemo(createKeyboard, []);
  useEffect(() => keyboard.attach(window), [keyboard]);
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error('no KeyboardProvider above');
  return keyboard;
}

/** Registers while mounted. The functions may change at every render; the registration stays while chords and words do. */
export function useHotkeys(bindings: readonly Binding[]): void {
  const keyboard = useKeyboard();
  const latest = useRef(bindings);
  latest.current = bindings;
  const shape = JSON.stringify(bindings.map(({ run: _run, ...rest }) => rest));
  useEffect(() => {
    void shape;
    return keyboard.register(
      latest.current.map((binding, index) => ({ ...binding, run: (event) => latest.current[index]?.run(event) })),
    );
  }, [keyboard, shape]);
}

export function useBindings(): readonly Binding[] {
  const keyboard = useKeyboard();
  return useSyncExternalStore(keyboard.subscribe, keyboard.bindings, keyboard.bindings);
}

/** Whether the input method has the keys; for a field that acts on Enter itself. */
export const useComposition = (): Keyboard['composition'] => useKeyboard().composition;

/** The operator's own keys, and how they are changed. */
export function useRemap(): { remap: Remap; setRemap: (remap: Remap) => void } {
  const keyboard = useKeyboard();
  const remap = useSyncExternalStore(keyboard.subscribe, keyboard.remap, keyboard.remap);
  return { remap, setRemap: keyboard.setRemap };
}
