import type { Actor, Role } from './role.ts';

/**
 * Who may do what: the one table (DESIGN.md law 9). Procedures ask `may`, the socket asks `may` at join and emit, and the
 * database's row-level security is rendered from the `read` rows. `all`: everywhere; `own`: what touches the own department;
 * `district`: what lies in the own district.
 */
export type Scope = 'all' | 'own' | 'district';
type Row = Partial<Record<Role, Scope>>;

const everywhere = (...roles: Role[]): Row => Object.fromEntries(roles.map((role) => [role, 'all'])) as Row;
const desk: Role[] = ['call-taker', 'dispatcher', 'duty-chief', 'resident-commander', 'commander'];
const room: Role[] = [...desk, 'verifier', 'supervisor', 'auditor'];
const sending: Role[] = ['dispatcher', 'duty-chief', 'resident-commander'];

export const policy = {
  'incident.read': {
    ...everywhere(...room, 'liaison', 'information-officer', 'wall'),
    'district-operator': 'district',
  },
  'incident.file': {
    ...everywhere('call-taker', 'dispatcher', 'duty-chief', 'resident-commander'),
    'district-operator': 'district',
  },
  'incident.move': {
    ...everywhere(...desk, 'verifier', 'supervisor'),
    'district-operator': 'district',
    liaison: 'own',
  },
  'incident.dispatch': { ...everywhere(...sending), 'district-operator': 'district' },
  'incident.answer': { ...everywhere(...sending), 'district-operator': 'district', liaison: 'own' },
  'incident.void': everywhere('duty-chief', 'resident-commander', 'commander'),
  'signal.read': { ...everywhere(...room), 'district-operator': 'district', liaison: 'own' },
  'signal.judge': {
    ...everywhere('call-taker', 'dispatcher', 'duty-chief', 'resident-commander'),
    'district-operator': 'district',
  },
  'caller.read': everywhere('call-taker', 'dispatcher', 'duty-chief', 'resident-commander'),
  'unit.read': { ...everywhere(...room, 'liaison', 'information-officer', 'wall'), 'district-operator': 'all' },
  'unit.register': everywhere('duty-chief', 'resident-commander'),
  'department.read': {
    ...everywhere(...room, 'liaison', 'information-officer', 'wall', 'system-admin', 'security-admin'),
    'district-operator': 'all',
  },
  'seat.take': { liaison: 'own', ...everywhere('duty-chief', 'resident-commander') },
  'warning.read': { ...everywhere(...room, 'liaison', 'information-officer', 'wall'), 'district-operator': 'all' },
  'feed.read': { ...everywhere(...room, 'liaison', 'wall', 'system-admin'), 'district-operator': 'all' },
  'station.read': {
    ...everywhere(...room, 'liaison', 'information-officer', 'wall', 'system-admin'),
    'district-operator': 'all',
  },
  'station.register': everywhere('duty-chief', 'system-admin'),
  'rule.read': { ...everywhere(...room, 'liaison', 'system-admin'), 'district-operator': 'all' },
  'rule.set': everywhere('duty-chief', 'resident-commander'),
  'plan.read': { ...everywhere(...room, 'liaison', 'system-admin'), 'district-operator': 'all' },
  'plan.set': everywhere('duty-chief', 'resident-commander'),
  'alarm.read': { ...everywhere(...room, 'liaison', 'wall', 'system-admin'), 'district-operator': 'district' },
  'alarm.acknowledge': {
    ...everywhere('call-taker', 'dispatcher', 'duty-chief', 'resident-commander'),
    'district-operator': 'district',
    liaison: 'own',
  },
  'alarm.shelve': everywhere('dispatcher', 'duty-chief', 'resident-commander'),
  'quarantine.read': everywhere('dispatcher', 'duty-chief', 'resident-commander', 'auditor', 'system-admin'),
  'quarantine.redecode': everywhere('duty-chief', 'system-admin'),
  'history.read': { ...everywhere(...room, 'liaison'), 'district-operator': 'district' },
  'log.read': everywhere('duty-chief', 'resident-commander', 'commander', 'supervisor', 'auditor', 'security-admin'),
  'account.manage': everywhere('system-admin', 'security-admin'),
} as const satisfies Record<string, Row>;

export type Action = keyof typeof policy;
export const actions = Object.keys(policy) as Action[];

/** What the action is done to: a record's departments and district, where they are known. */
export type Subject = { readonly departments?: readonly string[]; readonly district?: string | null };

/** Every role of the actor is asked; the widest scope wins. Without a subject the question is "anywhere at all". */
export function may(actor: Actor, action: Action, subject: Subject | null = null): boolean {
  const row: Row = policy[action];
  return actor.roles.some((role) => {
    const scope = row[role];
    if (!scope) return false;
    if (scope === 'all' || subject === null) return true;
    if (scope === 'own') return actor.department !== null && (subject.departments ?? []).includes(actor.department);
    return actor.district !== null && subject.district === actor.district;
  });
}

/** Reads by record kind, for the socket and for row-level security. */
export const readAction = {
  incident: 'incident.read',
  signal: 'signal.read',
  unit: 'unit.read',
  department: 'department.read',
  warning: 'warning.read',
  feed: 'feed.read',
  station: 'station.read',
  rule: 'rule.read',
  alarm: 'alarm.read',
  plan: 'plan.read',
} as const satisfies Record<string, Action>;

/** Roles with this scope on an action, in the table's order. */
export const rolesWith = (action: Action, scope: Scope): Role[] =>
  (Object.entries(policy[action]) as [Role, Scope][]).filter(([, held]) => held === scope).map(([role]) => role);
