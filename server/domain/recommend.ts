import { assign } from './assign.ts';
import type { LonLat } from './place.ts';
import type { CitedSource, UnitNeed } from './plan.ts';
import { type Priority, priorities } from './scale.ts';
import type { SendCheck } from './unit.ts';

/** Which units for which incident (PRODUCT.md §5): several incidents at once, solved together, each pick and each gap with its reasons. */
export type Demand = {
  readonly incident: string;
  readonly priority: Priority;
  readonly lonLat: LonLat | null;
  readonly needs: readonly DemandNeed[];
};
/** `count`: still to be sent. `source`: whose word the need is. */
export type DemandNeed = Pick<UnitNeed, 'id' | 'kinds' | 'capabilities' | 'count'> & {
  readonly source: CitedSource | null;
};
export type Candidate = {
  readonly id: string;
  readonly callSign: string;
  readonly kind: string;
  readonly capabilities: readonly string[];
  readonly department: string | null;
  readonly district: string | null;
  readonly check: SendCheck;
  readonly freshness: 'fresh' | 'late' | 'stale' | 'unknown';
  readonly fixAgeS: number | null;
  readonly lonLat: LonLat | null;
};
/** What a travel-time source says; whatever else it tells comes back with the pick. */
export type TravelTime = { readonly seconds: number };
/** From a candidate to a demand, by their places in the lists; null: there is no way, or none is known. */
export type TravelOf<T extends TravelTime> = (candidate: number, demand: number) => T | null;

export type UnitPick<T extends TravelTime> = {
  readonly incident: string;
  readonly need: string;
  readonly unit: string;
  readonly callSign: string;
  readonly kind: string;
  /** 0: the kind that the need likes best. */
  readonly kindRank: number;
  readonly fixAgeS: number | null;
  readonly freshness: Candidate['freshness'];
  readonly travel: T;
  /** Other incidents' picks made this one not the nearest: who is nearer and where that one goes. */
  readonly nearer: { readonly unit: string; readonly callSign: string; readonly incident: string } | null;
  readonly source: CitedSource | null;
};
/** Why a need is short: how many units of its kinds there are, and what keeps each from being sent. */
export type Gap = {
  readonly incident: string;
  readonly need: string;
  readonly kinds: readonly string[];
  readonly missing: number;
  readonly noPlace: boolean;
  readonly ofKind: number;
  readonly withoutCapability: number;
  readonly busy: number;
  readonly divertible: number;
  readonly offDuty: number;
  readonly stale: number;
  readonly unreachable: number;
  /** Could have gone, and goes to another incident. */
  readonly elsewhere: number;
};
/** What is left of a kind when all picks are sent. */
export type Cover = {
  readonly kind: string;
  readonly free: number;
  readonly left: number;
  /** Districts that had one free, and have none left. */
  readonly emptied: readonly string[];
};
export type Recommendation<T extends TravelTime> = {
  readonly picks: readonly UnitPick<T>[];
  readonly gaps: readonly Gap[];
  readonly cover: readonly Cover[];
};

/** Seconds that a less liked kind is worth: it goes only if it is that much nearer. */
const perKindRankS = 180;

const isPositioned = (of: Candidate): boolean =>
  of.lonLat !== null && (of.freshness === 'fresh' || of.freshness === 'late');
const rankOf = (need: DemandNeed, of: Candidate): number => need.kinds.indexOf(of.kind);
const hasAll = (need: DemandNeed, of: Candidate): boolean =>
  need.capabilities.every((capability) => of.capabilities.includes(capability));
const mayGo = (need: DemandNeed, of: Candidate): boolean =>
  of.check === 'free' && isPositioned(of) && rankOf(need, of) >= 0 && hasAll(need, of);

type Slot = { readonly demand: number; readonly need: DemandNeed };

export function recommend<T extends TravelTime>(
  demands: readonly Demand[],
  candidates: readonly Candidate[],
  travelOf: TravelOf<T>,
): Recommendation<T> {
  const slots: Slot[] = demands.flatMap((demand, index) =>
    demand.lonLat === null
      ? []
      : demand.needs.flatMap((need) => Array.from({ length: need.count }, () => ({ demand: index, need }))),
  );
  const chosen = solve(slots, demands, candidates, travelOf);
  const goesTo = new Map<number, Slot>();
  for (const [index, candidate] of chosen.entries()) {
    const slot = slots[index];
    if (candidate >= 0 && slot) goesTo.set(candidate, slot);
  }
  return {
    picks: picksOf(goesTo, demands, candidates, travelOf),
    gaps: demands.flatMap((demand, index) =>
      demand.needs.flatMap((need) => {
        const sent = [...goesTo.values()].filter((slot) => slot.demand === index && slot.need === need).length;
        return sent < need.count
          ? [gapOf(need, need.count - sent, index, { demand, goesTo, candidates, travelOf })]
          : [];
      }),
    ),
    cover: coverOf(demands, candidates, goesTo),
  };
}

function solve(
  slots: readonly Slot[],
  demands: readonly Demand[],
  candidates: readonly Candidate[],
  travelOf: TravelOf<TravelTime>,
) {
  const rows = slots.length;
  const usable = candidates.flatMap((candidate, index) =>
    slots.some(({ need }) => mayGo(need, candidate)) ? [index] : [],
  );
  const costs = new Float64Array(rows * usable.length).fill(Infinity);
  const weights = new Float64Array(rows);
  for (const [row, { demand, need }] of slots.entries()) {
    const { priority } = demands[demand]!;
    weights[row] = (rows + 1) ** (priorities.length - 1 - priorities.indexOf(priority));
    for (const [column, index] of usable.entries()) {
      const candidate = candidates[index]!;
      if (!mayGo(need, candidate)) continue;
      const travel = travelOf(index, demand);
      if (travel) costs[row * usable.length + column] = travel.seconds + rankOf(need, candidate) * perKindRankS;
    }
  }
  return [...assign(costs, rows, usable.length, weights)].map((column) => (column < 0 ? -1 : (usable[column] ?? -1)));
}

function picksOf<T extends TravelTime>(
  goesTo: ReadonlyMap<number, Slot>,
  demands: readonly Demand[],
  candidates: readonly Candidate[],
  travelOf: TravelOf<T>,
): UnitPick<T>[] {
  const picks = [...goesTo].flatMap<UnitPick<T>>(([index, { demand, need }]) => {
    const candidate = candidates[index]!;
    const travel = travelOf(index, demand);
    if (!travel) return [];
    let nearer: UnitPick<T>['nearer'] = null;
    let nearestS = travel.seconds;
    for (const [other, slot] of goesTo) {
      if (slot.demand === demand || !mayGo(need, candidates[other]!)) continue;
      const seconds = travelOf(other, demand)?.seconds ?? Infinity;
      if (seconds >= nearestS) continue;
      nearestS = seconds;
      const { id, callSign } = candidates[other]!;
      nearer = { unit: id, callSign, incident: demands[slot.demand]!.incident };
    }
    return [
      {
        incident: demands[demand]!.incident,
        need: need.id,
        unit: candidate.id,
        callSign: candidate.callSign,
        kind: candidate.kind,
        kindRank: rankOf(need, candidate),
        fixAgeS: candidate.fixAgeS,
        freshness: candidate.freshness,
        travel,
        nearer,
        source: need.source,
      },
    ];
  });
  return picks.sort((a, b) => a.travel.seconds - b.travel.seconds || a.callSign.localeCompare(b.callSign));
}

type Around = {
  readonly demand: Demand;
  readonly goesTo: ReadonlyMap<number, Slot>;
  readonly candidates: readonly Candidate[];
  readonly travelOf: TravelOf<TravelTime>;
};

/** Each unit of the kind is counted once, by the first thing that keeps it. */
function gapOf(
  need: DemandNeed,
  missing: number,
  index: number,
  { demand, goesTo, candidates, travelOf }: Around,
): Gap {
  const counts = {
    ofKind: 0,
    withoutCapability: 0,
    busy: 0,
    divertible: 0,
    offDuty: 0,
    stale: 0,
    unreachable: 0,
    elsewhere: 0,
  };
  for (const [at, candidate] of candidates.entries()) {
    if (rankOf(need, candidate) < 0) continue;
    counts.ofKind++;
    if (!hasAll(need, candidate)) counts.withoutCapability++;
    else if (candidate.check === 'engaged' || candidate.check === 'full') counts.busy++;
    else if (candidate.check === 'divertible') counts.divertible++;
    else if (candidate.check === 'not-available') counts.offDuty++;
    else if (!isPositioned(candidate)) counts.stale++;
    else if (demand.lonLat !== null && !travelOf(at, index)) counts.unreachable++;
    else if (goesTo.has(at) && goesTo.get(at)?.demand !== index) counts.elsewhere++;
  }
  return {
    incident: demand.incident,
    need: need.id,
    kinds: need.kinds,
    missing,
    noPlace: demand.lonLat === null,
    ...counts,
  };
}

function coverOf(
  demands: readonly Demand[],
  candidates: readonly Candidate[],
  goesTo: ReadonlyMap<number, Slot>,
): Cover[] {
  const kinds = new Set(demands.flatMap((demand) => demand.needs.flatMap((need) => need.kinds)));
  return [...kinds].map((kind) => {
    const free = candidates.flatMap((one, index) => (one.kind === kind && one.check === 'free' ? [index] : []));
    const left = free.filter((index) => !goesTo.has(index));
    const districtsOf = (which: readonly number[]) =>
      new Set(which.flatMap((index) => candidates[index]?.district ?? []));
    const remaining = districtsOf(left);
    const emptied = [...districtsOf(free)].filter((district) => !remaining.has(district)).sort();
    return { kind, free: free.length, left: left.length, emptied };
  });
}
