import { createComposition } from './composition.ts';
import { chordNow, noRemap, type Remap } from './key-remap.ts';

/** Written `ctrl+enter`, `shift+f`, `?`, `arrowdown`: modifiers first, in the order ctrl, alt, shift. */
export type Chord = string;

export type Binding = {
  readonly chord: Chord;
  /** Words for the overlay. */
  readonly label: string;
  readonly group: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Fires while typing in a field too; only for chords with ctrl, alt or a function key. */
  readonly inField?: boolean;
  /** Belongs to the open dialog; others rest while one is open. */
  readonly inDialog?: boolean;
  readonly enabled?: boolean;
};

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The same keys while an input method writes full-width marks. */
const wide: Readonly<Record<string, string>> = { '？': '?', '：': ':', '；': ';', '，': ',', '。': '.', '、': '/' };

/** Shift is part of a chord only where it does not already show in the character (`?` is `?`, not `shift+?`). */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): Chord {
  const name = key === ' ' ? 'space' : (wide[key] ?? key.toLowerCase());
  const shiftShows = [...key].length === 1 && key.toLowerCase() === key.toUpperCase() && key !== ' ';
  return [ctrlKey || metaKey ? 'ctrl' : '', altKey ? 'alt' : '', shiftKey && !shiftShows ? 'shift' : '', name]
    .filter(Boolean)
    .join('+');
}

const typed = new Set([
  'text',
  'search',
  'password',
  'email',
  'url',
  'tel',
  'number',
  'date',
  'time',
  'datetime-local',
]);

/** Where letters belong to the text, or to the widget's own keys. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  if (target instanceof HTMLInputElement) return typed.has(target.type);
  return target.closest('[role="menu"], [role="combobox"]') !== null;
}

/** A line that acts by itself: what sends the form beside it is not meant here. */
const isOwn = (event: KeyboardEvent): boolean =>
  chordOf(event) === 'ctrl+enter' &&
  event.target instanceof Element &&
  event.target.closest('[data-own-keys]') !== null;

export type Situation = { readonly composing: boolean; readonly inField: boolean; readonly dialogOpen: boolean };

/** The last one registered wins: an inner screen overrides an outer one. */
export function findBinding(
  bindings: readonly Binding[],
  chord: Chord,
  situation: Situation,
  remap: Remap = noRemap,
): Binding | null {
  if (situation.composing) return null;
  const may = (binding: Binding) =>
    chordNow(remap, binding.chord) === chord &&
    binding.enabled !== false &&
    (binding.inField === true || !situation.inField) &&
    (binding.inDialog === true) === situation.dialogOpen;
  return bindings.findLast(may) ?? null;
}

export function createKeyboard() {
  const composition = createComposition();
  const layers: { bindings: readonly Binding[] }[] = [];
  const listeners = new Set<() => void>();
  let flat: readonly Binding[] = [];
  let remap: Remap = noRemap;
  const changed = () => {
    flat = layers.flatMap((layer) => layer.bindings);
    for (const listener of listeners) listener();
  };

  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || isOwn(event)) return;
    const found = findBinding(
      flat,
      chordOf(event),
      {
        composing: composition.covers(event),
        inField: isField(event.target),
        dialogOpen: document.querySelector('[data-modal="true"][data-state="open"]') !== null,
      },
      remap,
    );
    if (!found) return;
    event.preventDefault();
    found.run(event);
  }
  /** A select or a menu that has the focus would open by the Enter in it. */
  function beforeWidgets(event: KeyboardEvent) {
    if (chordOf(event) === 'ctrl+enter') onKeyDown(event);
    if (event.defaultPrevented) event.stopPropagation();
  }

  return {
    /** Listens until the returned function is called. */
    attach(target: Window): () => void {
      target.addEventListener('keydown', beforeWidgets, true);
      target.addEventListener('keydown', onKeyDown);
      target.addEventListener('compositionstart', composition.start, true);
      target.addEventListener('compositionend', composition.end, true);
      return () => {
        target.removeEventListener('keydown', beforeWidgets, true);
        target.removeEventListener('keydown', onKeyDown);
        target.removeEventListener('compositionstart', composition.start, true);
        target.removeEventListener('compositionend', composition.end, true);
      };
    },
    register(bindings: readonly Binding[]): () => void {
      const layer = { bindings };
      layers.push(layer);
      changed();
      return () => {
        layers.splice(layers.indexOf(layer), 1);
        changed();
      };
    },
    bindings: () => flat,
    composition: { covers: composition.covers },
    remap: () => remap,
    setRemap(next: Remap) {
      remap = next;
      changed();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export type Keyboard = ReturnType<typeof createKeyboard>;
