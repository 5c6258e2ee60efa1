/**
 * Whether an input method is composing. `isComposing` alone is not enough: some engines send the closing keydown after
 * compositionend with keyCode 229, some send it as a plain key in the same turn, and some send none of both but do send the
 * composition events.
 */
type Key = { readonly isComposing: boolean; readonly keyCode: number };

/** `later` runs its argument after the events of this turn; the key that ended a composition belongs to it. */
export function createComposition(later: (run: () => void) => void = (run) => setTimeout(run, 0)) {
  let open = false;
  let ending = 0;
  return {
    start: () => {
      open = true;
    },
    end: () => {
      open = false;
      ending += 1;
      later(() => {
        ending -= 1;
      });
    },
    covers: (event: Key): boolean => open || ending > 0 || event.isComposing || event.keyCode === 229,
  };
}
