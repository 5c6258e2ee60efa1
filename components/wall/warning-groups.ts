import type { Warning } from '@/server/domain/warning.ts';

export type WarningGroup = {
  readonly key: string;
  readonly event: string;
  readonly colour: Warning['colour'];
  readonly reality: Warning['reality'];
  readonly count: number;
};

const gravest = ['red', 'orange', 'yellow', 'blue'];

/** The same warning for several areas is one line with its number; actual ones first, the gravest first. Exercises stay apart. */
export function warningGroups(warnings: Iterable<Warning>): WarningGroup[] {
  const groups = new Map<string, WarningGroup>();
  for (const { event, colour, reality } of warnings) {
    const key = `${reality}/${colour}/${event}`;
    groups.set(key, { key, event, colour, reality, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  const rank = (of: WarningGroup) =>
    (of.reality === 'actual' ? 0 : 10) + (of.colour === null ? gravest.length : gravest.indexOf(of.colour));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || a.event.localeCompare(b.event));
}
