/** What the timeline calls its lines. */
export const lineId = (position: number): string => `log-line-${position}`;

const waitMs = 3_000;

function point(line: HTMLElement): void {
  line.scrollIntoView({ block: 'center' });
  line.setAttribute('tabindex', '-1');
  line.focus({ preventScroll: true });
}

/** Leads to a line of the log, also when the list that holds it is only about to be drawn. */
export function findLine(position: number): void {
  const id = lineId(position);
  const there = document.getElementById(id);
  if (there) {
    point(there);
    return;
  }
  const until = setTimeout(() => watching.disconnect(), waitMs);
  const watching = new MutationObserver(() => {
    const line = document.getElementById(id);
    if (!line) return;
    watching.disconnect();
    clearTimeout(until);
    point(line);
  });
  watching.observe(document.body, { childList: true, subtree: true });
}
