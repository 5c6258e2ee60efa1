import { type Incident, isOpen } from '@/server/domain/incident.ts';
import { priorities } from '@/server/domain/scale.ts';

/** Open incidents, the most urgent first, then the longest running; transferred and suspended ones wait at the end. */
export function wallIncidents(incidents: Iterable<Incident>): Incident[] {
  const asleep = (of: Incident) => (of.state === 'suspended' ? 1 : 0);
  const began = (of: Incident) => of.cycles.at(-1)?.clocks.T0 ?? of.openedAt;
  return [...incidents]
    .filter(isOpen)
    .sort(
      (a, b) =>
        asleep(a) - asleep(b) ||
        priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
        began(a) - began(b) ||
        a.id.localeCompare(b.id),
    );
}

export const incidentBegan = (of: Incident): number => of.cycles.at(-1)?.clocks.T0 ?? of.openedAt;
