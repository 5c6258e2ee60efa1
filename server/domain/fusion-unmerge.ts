import type { Incident } from './incident.ts';
import { higherGrade, higherPriority } from './scale.ts';

type Merged = Incident['merged'][number];
type Rank = Merged['before'];

const higher = (a: Rank, b: Rank): Rank => ({
  grade: higherGrade(a.grade, b.grade),
  priority: higherPriority(a.priority, b.priority),
});

/**
 * Takes one merge out of the chain. What the later ones brought still counts, so that no grade sinks below what is merged yet; what a
 * person has set in between, or since, stays.
 */
export function unmerge(of: Incident, id: string): Pick<Incident, 'signals' | 'merged' | 'grade' | 'priority'> {
  const { signals, merged, grade, priority } = of;
  const gone = merged.find((one) => one.incident === id);
  if (!gone) return { signals, merged, grade, priority };
  const at = merged.indexOf(gone);
  let was: Rank = gone.after;
  let now: Rank = gone.before;
  const later = merged.slice(at + 1).map((one): Merged => {
    const before = {
      grade: one.before.grade === was.grade ? now.grade : one.before.grade,
      priority: one.before.priority === was.priority ? now.priority : one.before.priority,
    };
    was = one.after;
    now = higher(before, one.brought ?? one.after);
    return { ...one, before, after: now };
  });
  return {
    signals: signals.filter((signal) => !gone.signals.includes(signal)),
    merged: [...merged.slice(0, at), ...later],
    grade: grade === was.grade ? now.grade : grade,
    priority: priority === was.priority ? now.priority : priority,
  };
}
