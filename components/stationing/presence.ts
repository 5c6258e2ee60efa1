import type { Department, Seat } from '@/server/domain/presence.ts';
import { isPresent } from '@/server/domain/presence.ts';

export type PresenceState = 'present' | 'away' | 'vacant';

/** A department is present when one of its seats is; away counts as not answering (PRODUCT.md §6). */
export const presenceOf = (of: Department): PresenceState =>
  isPresent(of) ? 'present' : of.seats.some((seat) => seat.state === 'away') ? 'away' : 'vacant';

/** The seat that speaks for the department: who is present longest, else who is away and back first. */
export function speaksFor(of: Department): Seat | null {
  const since = (seat: Seat) => seat.since ?? Number.MAX_SAFE_INTEGER;
  const present = of.seats.filter((seat) => seat.state === 'present').sort((a, b) => since(a) - since(b))[0];
  if (present) return present;
  const back = (seat: Seat) => seat.backBy ?? Number.MAX_SAFE_INTEGER;
  return of.seats.filter((seat) => seat.state === 'away').sort((a, b) => back(a) - back(b))[0] ?? null;
}

/** Said to be back by then, and is not. */
export const isOverdue = (seat: Seat, now: number): boolean =>
  seat.state === 'away' && seat.backBy !== null && seat.backBy <= now;

/** Since when nobody answers; null while somebody does, or where nobody ever sat. */
export function vacantSince(of: Department): number | null {
  if (presenceOf(of) !== 'vacant') return null;
  const left = of.seats.flatMap((seat) => seat.since ?? []);
  return left.length ? Math.max(...left) : null;
}

/** In the order of the regulation's list. */
export function stationedOf(departments: Iterable<Department>, order: readonly string[]): Department[] {
  const at = (id: string) => (order.indexOf(id) < 0 ? order.length : order.indexOf(id));
  return [...departments].filter((of) => of.stationed).sort((a, b) => at(a.id) - at(b.id) || a.id.localeCompare(b.id));
}
