import type { Incident, IncidentState } from '../incident.ts';
import type { Decision } from '../incident-decide.ts';
import { applyIncident, type IncidentEvent } from '../incident-event.ts';
import { openIncident } from '../incident-open.ts';
import { nowhere } from '../place.ts';
import { wasRefused } from '../refusal.ts';
import type { Actor, Role } from '../role.ts';
import type { Signal } from '../signal.ts';
import { type Unit, unit as unitSchema } from '../unit.ts';

/** Ready-made states for the domain's own tests. */
export const actor = (id: string, ...roles: Role[]): Actor => ({
  id,
  name: id,
  roles,
  department: null,
  district: null,
});
export const operator = actor('operator', 'call-taker', 'dispatcher');
export const chief = actor('chief', 'duty-chief');
export const verifier = actor('verifier', 'verifier');
export const liaison = (department: string): Actor => ({ ...actor(`liaison-${department}`, 'liaison'), department });
export const context = (by: Actor, now = 1_000_000): Decision => ({ now, actor: by });

export const someSignal = (id: string, more: Partial<Signal> = {}): Signal => ({
  id: id as Signal['id'],
  kind: 'call',
  title: '路面积水',
  text: '积水较深，车辆无法通行',
  place: { ...nowhere, text: '应天大街', source: 'feed' },
  priority: 'P2',
  proposedKind: 'statutory.flood.waterlogging',
  reality: 'actual',
  department: 'police',
  source: { feed: 'police-110', scheme: 'push', key: id, dedupeKey: id },
  callers: [],
  unit: null,
  colour: null,
  expiresAt: null,
  observedAt: 900_000,
  receivedAt: 990_000,
  revision: 0,
  state: 'open',
  incident: null,
  dismissedReason: null,
  lead: null,
  fused: null,
  apart: [],
  ...more,
});

export const someUnit = (id: string, more: Partial<Unit> = {}): Unit =>
  unitSchema.parse({
    id,
    callSign: id,
    name: id,
    kind: 'patrol-car',
    department: 'police',
    district: null,
    subject: null,
    dispatchable: true,
    rest: 'available',
    emergencySince: null,
    assignments: [],
    ...more,
  });

export const replay = (start: Incident | null, events: readonly IncidentEvent[]): Incident => {
  const end = events.reduce<Incident | null>(applyIncident, start);
  if (!end) throw new Error('no events');
  return end;
};

/** A filed incident with one signal. */
export function filed(id = 'i1', now = 1_000_000): Incident {
  const decided = openIncident(
    {
      id: id as Incident['id'],
      number: '20261124-0001',
      facts: { title: null, text: null, kind: null, place: null, priority: null },
      signals: [someSignal('s1')],
    },
    context(operator, now),
  );
  if (wasRefused(decided)) throw new Error(decided.refused);
  return replay(null, decided);
}

/** The same incident as if it stood in another state. */
export const inState = (state: IncidentState): Incident => ({
  ...filed(),
  state,
  resumeState: ['suspended', 'transferred', 'merged'].includes(state) ? 'filed' : null,
});
