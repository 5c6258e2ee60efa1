import type { SendCommand } from '@/server/domain/incident-command.ts';
import type { SendCheck, UnitStatus } from '@/server/domain/unit.ts';

/** What the rules look at; the whole candidate comes from the server. */
export type Pickable = {
  readonly id: string;
  readonly callSign: string;
  readonly name: string;
  readonly kind: string;
  readonly department: string | null;
  readonly status: UnitStatus;
  readonly check: SendCheck;
  readonly wanted: boolean;
};

export type PickFilter = { readonly text: string; readonly kind: string | null; readonly freeOnly: boolean };

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

/** What was chosen stays in sight, whatever the filter says: nothing is sent that the operator does not see. */
export function filterCandidates<T extends Pickable>(
  all: readonly T[],
  filter: PickFilter,
  chosen: ReadonlySet<string>,
  /** Its kind and department as the operator reads them. */
  named: (one: T) => string = () => '',
): T[] {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    if (chosen.has(one.id)) return true;
    if (filter.freeOnly && one.check !== 'free' && one.check !== 'divertible') return false;
    if (filter.kind !== null && one.kind !== filter.kind) return false;
    const searched = fold(`${one.callSign} ${one.name} ${one.kind} ${one.department ?? ''} ${named(one)}`);
    return words.every((word) => searched.includes(word));
  });
}

/** Space on a unit; what cannot be sent at all cannot be chosen. */
export function toggleChoice(chosen: ReadonlySet<string>, one: Pickable): ReadonlySet<string> {
  const next = new Set(chosen);
  if (next.delete(one.id)) return next;
  if (one.check === 'not-available' || one.check === 'full') return chosen;
  return next.add(one.id);
}

/** Engaged units among the chosen: each needs the operator's word for a second assignment. */
export const engagedAmong = <T extends Pickable>(all: readonly T[], chosen: ReadonlySet<string>): T[] =>
  all.filter((one) => chosen.has(one.id) && one.check === 'engaged');

export type Sending = {
  readonly units: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly text: string;
  readonly confirmed: boolean;
};

/** Null: there is nothing to send, or a second assignment was not confirmed. */
export function sendingOf(all: readonly Pickable[], sending: Sending): SendCommand | null {
  const units = [...sending.units] as SendCommand['units'];
  if (units.length + sending.departments.size === 0) return null;
  const engaged = engagedAmong(all, sending.units);
  if (engaged.length > 0 && !sending.confirmed) return null;
  return {
    units,
    departments: [...sending.departments],
    text: sending.text.trim(),
    confirmSecond: engaged.map((one) => one.id) as SendCommand['confirmSecond'],
  };
}

/** One of each wanted kind, the best placed free one: what the operator most often sends. */
export function proposePackage<T extends Pickable & { readonly travel: unknown }>(all: readonly T[]): string[] {
  const kinds = new Set<string>();
  return all.flatMap((one) => {
    if (!one.wanted || one.check !== 'free' || one.travel === null || kinds.has(one.kind)) return [];
    kinds.add(one.kind);
    return [one.id];
  });
}
