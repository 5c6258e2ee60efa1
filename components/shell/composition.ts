/**
 * Whether an input method is composing. `isComposing` alone is not enough: some engines send the closing keydown after
 * compositionend with keyCode 229, and some send none of both but do send the composition events.
 */
type Key = { readonly isComposing: boolean; readonly keyCode: number };

export function createComposition() {
  let open = false;
  return {
    start: () => {
      open = true;
    },
    end: () => {
      open = false;
    },
    covers: (event: Key): boolean => open || event.isComposing || event.keyCode === 229,
  };
}
