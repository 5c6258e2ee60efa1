/** Passes a subscription on at most `hz` times a second; the last word is never swallowed. 0: every time. */
export function paced(
  subscribe: (listener: () => void) => () => void,
  hz: number,
): (listener: () => void) => () => void {
  if (hz <= 0) return subscribe;
  const gapMs = 1000 / hz;
  return (listener) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = (): void => {
      timer = null;
      toldAt = Date.now();
      listener();
    };
    const stop = subscribe(() => {
      if (timer) return;
      const wait = toldAt + gapMs - Date.now();
      if (wait <= 0) tell();
      else timer = setTimeout(tell, wait);
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  };
}
