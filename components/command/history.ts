/** Lines that were carried out, the newest last; kept for each account on this machine. */
const most = 50;
const keyOf = (account: string) => `command-lines/${account}`;

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export function readLines(storage: Kept | null, account: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyOf(account)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(-most) : [];
  } catch {
    return []; // somebody else's words under our key, or no storage at all
  }
}

export const withLine = (lines: readonly string[], line: string): readonly string[] =>
  [...lines.filter((one) => one !== line), line].slice(-most);

export function keepLines(storage: Kept | null, account: string, lines: readonly string[]): void {
  try {
    storage?.setItem(keyOf(account), JSON.stringify(lines));
  } catch {
    // A full or forbidden storage costs the history, not the command.
  }
}

/** Where ↑ and ↓ stand: null is the line being written. */
export function stepLine(lines: readonly string[], at: number | null, by: 1 | -1): number | null {
  const next = (at ?? lines.length) + by;
  return next >= lines.length ? null : Math.max(0, next);
}
