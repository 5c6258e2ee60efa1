import { type ClockTarget, clockTargets, measureClocks } from '@/server/domain/clock.ts';
import { type Incident, isOpen } from '@/server/domain/incident.ts';
import type { Priority } from '@/server/domain/scale.ts';

export const shows = ['ended', 'open', 'all'] as const;
export type Show = (typeof shows)[number];
export type ReviewFilter = { readonly text: string; readonly show: Show; readonly priorities: readonly Priority[] };

export type ReviewRow = {
  readonly incident: Incident;
  readonly open: boolean;
  readonly beganAt: number;
  readonly endedAt: number | null;
  /** Over all cycles: intervals that held their target, that did not, and that were not reached. */
  readonly met: number;
  readonly missed: number;
  readonly notReached: number;
};

export function reviewRow(incident: Incident): ReviewRow {
  const results = incident.cycles.flatMap((cycle) => measureClocks(cycle.clocks));
  const last = incident.cycles.at(-1)?.clocks;
  const open = isOpen(incident);
  return {
    incident,
    open,
    beganAt: incident.cycles[0]?.clocks.T0 ?? incident.openedAt,
    endedAt: open ? null : (last?.T10 ?? incident.changedAt),
    met: results.filter((one) => one.met === true).length,
    missed: results.filter((one) => one.met === false).length,
    notReached: results.filter((one) => one.met === null).length,
  };
}

/** `wordsOf`: what the screen shows of the incident, in its language, so that one finds what one sees. */
export function reviewRows(
  incidents: Iterable<Incident>,
  filter: ReviewFilter,
  wordsOf: (of: Incident) => readonly (string | null)[],
): ReviewRow[] {
  const text = filter.text.trim().toLowerCase();
  return [...incidents]
    .filter(
      (of) =>
        (filter.show === 'all' || isOpen(of) === (filter.show === 'open')) &&
        (filter.priorities.length === 0 || filter.priorities.includes(of.priority)) &&
        (text === '' ||
          [of.number, of.title, of.place.text, of.kind, ...wordsOf(of)].some((part) =>
            part?.toLowerCase().includes(text),
          )),
    )
    .map(reviewRow)
    .sort((a, b) => b.beganAt - a.beganAt || b.incident.id.localeCompare(a.incident.id));
}

export type TargetSummary = {
  readonly target: ClockTarget;
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  /** Share within the target, 0..1. */
  readonly within: number | null;
};

/** Nearest rank: a value that was measured, never one between two. */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** P50, P90 and the share within the target; never a bare mean (PRODUCT.md §8). */
export function targetSummaries(incidents: Iterable<Incident>): TargetSummary[] {
  const cycles = [...incidents].flatMap((of) => of.cycles);
  return clockTargets.map((target) => {
    const took = cycles
      .flatMap((cycle) => measureClocks(cycle.clocks, [target]).flatMap((one) => one.tookMs ?? []))
      .sort((a, b) => a - b);
    const good = took.filter((ms) => ms <= target.withinS * 1_000).length;
    return {
      target,
      count: took.length,
      p50Ms: percentile(took, 0.5),
      p90Ms: percentile(took, 0.9),
      within: took.length ? good / took.length : null,
    };
  });
}
