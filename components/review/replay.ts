import type { Assignment, Incident } from '@/server/domain/incident.ts';
import { applyIncident, type IncidentEvent } from '@/server/domain/incident-event.ts';
import { assignmentStates, type UnitStatus } from '@/server/domain/unit.ts';

export type Entry = {
  readonly position: number;
  readonly kind: string;
  readonly content?: unknown;
  readonly by: string;
  readonly recordedAt: number;
};

/** The incident after each entry: the same `apply` as the server's, over the same log (PRODUCT.md §9). */
export type Replay = { readonly entries: readonly Entry[]; readonly states: readonly Incident[] };

export function replayOf(entries: readonly Entry[]): Replay {
  const states: Incident[] = [];
  let state: Incident | null = null;
  for (const entry of entries) {
    try {
      state = applyIncident(state, entry as unknown as IncidentEvent);
    } catch {
      // An entry of a newer server, or a log that does not begin at its beginning: what is known so far stays.
      if (!state) continue;
    }
    states.push(state);
  }
  return { entries: entries.slice(entries.length - states.length), states };
}

/** Index of the last entry that had been recorded at `at`; -1 before the first. */
export function entryAt(replay: Replay, at: number): number {
  let index = -1;
  for (const [each, entry] of replay.entries.entries()) if (entry.recordedAt <= at) index = each;
  return index;
}

export const incidentAt = (replay: Replay, at: number): Incident | null => replay.states[entryAt(replay, at)] ?? null;

/** The entry to jump to: the next one later than `at`, or the last one before it. */
export function neighbour(replay: Replay, at: number, by: 1 | -1): number | null {
  const times = replay.entries.map((entry) => entry.recordedAt);
  return (by > 0 ? times.find((time) => time > at) : times.findLast((time) => time < at)) ?? null;
}

/** What the unit was doing for this incident; null before it was sent and after it was done. */
export function statusIn(of: Incident | null, unit: string): UnitStatus | null {
  const held = of?.assignments.findLast((one) => one.unit === unit);
  const working = (assignmentStates as readonly string[]).includes(held?.state ?? '');
  return working ? (held?.state as UnitStatus) : null;
}

/** From the first signal to the last entry or the end of the tracks, whichever is later. */
export function spanOf(
  replay: Replay,
  tracks: { readonly from: number; readonly to: number } | null,
): { from: number; to: number } {
  const times = replay.entries.map((entry) => entry.recordedAt);
  const from = Math.min(...times, tracks?.from ?? Number.POSITIVE_INFINITY);
  const to = Math.max(...times, tracks?.to ?? Number.NEGATIVE_INFINITY);
  return Number.isFinite(from) ? { from, to: Math.max(to, from + 1_000) } : { from: 0, to: 1_000 };
}

export const tookOf = (held: Assignment): number | null => {
  const start = held.clocks.assigned;
  return start == null || held.endedAt === null ? null : held.endedAt - start;
};
