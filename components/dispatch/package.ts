import { type Incident, isOpen } from '@/server/domain/incident.ts';
import { sendableStates } from '@/server/domain/incident-move.ts';
import { priorities } from '@/server/domain/scale.ts';
import { type Pickable, proposePackage } from './pick.ts';

/** The server solves so many at once; the most urgent first. */
const mostTogether = 20;

/** Other incidents that an order may be sent to now, and that units could be sent to at all. */
export function incidentsTogether(all: readonly Incident[], of: Incident): Incident[] {
  return all
    .filter(
      (one) =>
        one.id !== of.id &&
        isOpen(one) &&
        sendableStates.includes(one.state) &&
        one.place.lonLat !== null &&
        (one.kind !== null || one.plan !== null),
    )
    .sort((a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || a.openedAt - b.openedAt)
    .slice(0, mostTogether - 1);
}

type Chosen = { readonly incident: string; readonly unit: string };
const unitsFor = (picks: readonly Chosen[], incident: string): string[] =>
  picks.filter((one) => one.incident === incident).map((one) => one.unit);

export const isOtherPackage = (shown: readonly Chosen[], latest: readonly Chosen[], incident: string): boolean =>
  unitsFor(shown, incident).sort().join() !== unitsFor(latest, incident).sort().join();

/**
 * What is chosen before the operator chooses: the picks for this incident. Once orders are out and no plan or need asks for more, nothing:
 * whoever sent one car on purpose is not to send three by a key. Without a point the server can recommend nobody; then by the rough place.
 */
export function proposedFor(
  of: Asking,
  picks: readonly Chosen[] | null,
  all: readonly (Pickable & { readonly travel: unknown })[],
): string[] {
  const asks = of.orders.length === 0 || of.plan !== null || of.needs.some((need) => need.state === 'open');
  if (!asks) return [];
  if (picks === null || of.place.lonLat === null) return of.orders.length === 0 ? proposePackage(all) : [];
  const there = new Set(all.map((one) => one.id));
  return unitsFor(picks, of.id).filter((unit) => there.has(unit));
}
type Asking = Pick<Incident, 'id' | 'orders' | 'plan' | 'needs' | 'place'>;

/** Picks first, then as they were read: a row does not move under the cursor because somebody drove on. */
export function inHeldOrder<T extends { readonly id: string }>(
  rows: readonly T[],
  picks: readonly string[],
  seen: ReadonlyMap<string, number>,
): T[] {
  const place = (id: string) => {
    const pick = picks.indexOf(id);
    return pick >= 0 ? pick - picks.length : (seen.get(id) ?? seen.size);
  };
  return [...rows].sort((a, b) => place(a.id) - place(b.id));
}
