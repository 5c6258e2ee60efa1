import type { UnitKind } from './roster.ts';

/** What some of the demo's units can do besides: every so many-th of its kind, from the `first`. A plausible share, nobody's inventory. */
const shares: Partial<Record<UnitKind, readonly { ability: string; every: number; first: number }[]>> = {
  'fire-engine': [
    { ability: 'rescue', every: 3, first: 0 },
    { ability: 'ladder', every: 4, first: 1 },
    { ability: 'foam', every: 5, first: 2 },
    { ability: 'hazmat', every: 7, first: 3 },
    { ability: 'water-rescue', every: 11, first: 4 },
  ],
  ambulance: [
    { ability: 'icu', every: 4, first: 0 },
    { ability: 'negative-pressure', every: 7, first: 1 },
  ],
  'pump-truck': [{ ability: 'high-flow', every: 3, first: 0 }],
  'repair-crew': [{ ability: 'gas', every: 2, first: 0 }],
  'tow-truck': [{ ability: 'heavy', every: 3, first: 0 }],
  'patrol-car': [{ ability: 'drone', every: 8, first: 2 }],
};

/** `nth`: of its kind, from 0. */
export const abilitiesOf = (kind: UnitKind, nth: number): string[] =>
  (shares[kind] ?? []).filter(({ every, first }) => nth % every === first).map(({ ability }) => ability);
