import { type Assignment, activeAssignments, type Incident } from '@/server/domain/incident.ts';
import { sendableStates } from '@/server/domain/incident-move.ts';
import { priorities } from '@/server/domain/scale.ts';

export type ReassignTarget = {
  readonly key: string;
  readonly incident: Incident;
  /** The one that it changes places with; null: it goes there. */
  readonly assignment: Assignment | null;
};

/** What may take the unit at all: the server has the last word, and says who was first. */
export function reassignTargets(
  all: readonly Incident[],
  { mode, incident, assignment }: { mode: 'move' | 'swap'; incident: Incident; assignment: Assignment },
): ReassignTarget[] {
  const others = all
    .filter(
      (one) =>
        one.id !== incident.id &&
        sendableStates.includes(one.state) &&
        !activeAssignments(one).some((held) => held.unit === assignment.unit),
    )
    .sort((a, b) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority) || b.openedAt - a.openedAt);
  if (mode === 'move') return others.map((one) => ({ key: one.id, incident: one, assignment: null }));
  const here = new Set(activeAssignments(incident).map((held) => held.unit));
  return others.flatMap((one) =>
    activeAssignments(one)
      .filter((held) => held.state !== 'transporting' && !here.has(held.unit))
      .map((held) => ({ key: held.id, incident: one, assignment: held })),
  );
}
