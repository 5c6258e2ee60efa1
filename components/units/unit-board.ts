import { type Unit, type UnitStatus, unitStatus, unitStatuses } from '@/server/domain/unit.ts';

/** How a unit stands for the next call; statuses in the room's few words. */
export const standings = ['emergency', 'engaged', 'free', 'off'] as const;
export type Standing = (typeof standings)[number];

export function standingOf(unit: Unit): Standing {
  const status = unitStatus(unit);
  if (status === 'emergency') return 'emergency';
  if (unit.assignments.length > 0) return 'engaged';
  return status === 'unavailable' || status === 'offDuty' ? 'off' : 'free';
}

/** Since when it is what it is; null: not told. */
export function sinceOf(unit: Unit): number | null {
  if (unit.emergencySince !== null) return unit.emergencySince;
  const primary = [...unit.assignments].sort((a, b) => a.slot - b.slot)[0];
  return primary?.since ?? null;
}

export type BoardFilter = {
  readonly text: string;
  readonly department: string | null;
  readonly kind: string | null;
  readonly standing: Standing | null;
};
export const noFilter: BoardFilter = { text: '', department: null, kind: null, standing: null };
export const nobody = '-';

export type Counts = Readonly<Record<Standing, number>> & { readonly all: number };
const noCounts = { all: 0, emergency: 0, engaged: 0, free: 0, off: 0 };
export const countUnits = (units: readonly Unit[]): Counts =>
  units.reduce<Record<Standing | 'all', number>>(
    (held, unit) => {
      held.all++;
      held[standingOf(unit)]++;
      return held;
    },
    { ...noCounts },
  );

export type Group = { readonly code: string; readonly counts: Counts };
/** By department or by kind, the largest first. */
export function groupUnits(units: readonly Unit[], by: 'department' | 'kind'): Group[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const code = unit[by] ?? nobody;
    const held = groups.get(code);
    if (held) held.push(unit);
    else groups.set(code, [unit]);
  }
  return [...groups]
    .map(([code, held]) => ({ code, counts: countUnits(held) }))
    .sort((a, b) => b.counts.all - a.counts.all || a.code.localeCompare(b.code));
}

const rankOfStatus = (status: UnitStatus): number => unitStatuses.indexOf(status);

/** Whoever needs a person first, then those at work, then who can be sent. */
export function boardRows(units: readonly Unit[], filter: BoardFilter, wordsOf: (unit: Unit) => string): Unit[] {
  const words = filter.text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return units
    .filter((unit) => {
      if (filter.department !== null && (unit.department ?? nobody) !== filter.department) return false;
      if (filter.kind !== null && unit.kind !== filter.kind) return false;
      if (filter.standing !== null && standingOf(unit) !== filter.standing) return false;
      const searched = wordsOf(unit).normalize('NFKC').toLowerCase();
      return words.every((word) => searched.includes(word));
    })
    .sort(
      (a, b) =>
        standings.indexOf(standingOf(a)) - standings.indexOf(standingOf(b)) ||
        rankOfStatus(unitStatus(a)) - rankOfStatus(unitStatus(b)) ||
        a.callSign.localeCompare(b.callSign, 'zh-CN'),
    );
}
