import { type AggregateKind, aggregateKinds } from '@/server/domain/aggregate.ts';
import { type Action, actions, policy, readAction, type Scope } from '@/server/domain/policy.ts';
import type { Role } from '@/server/domain/role.ts';

/** Who may read and write the rows of each table: derived from the policy table, rendered by `row-security.ts`. */
export type Grant = {
  readonly all: readonly Role[];
  /** Rows that touch the actor's own department or district, by the expressions in `columns`. */
  readonly own: readonly Role[];
  readonly district: readonly Role[];
  /** Rows for which this SQL holds, whatever the role. `me` is the actor's id. */
  readonly where: string | null;
};
export type TableRule = {
  readonly read: Grant;
  readonly write: Grant;
  readonly ownSql?: string;
  readonly districtSql?: string;
};

const width: Record<Scope, number> = { own: 0, district: 1, all: 2 };
const nobody: Grant = { all: [], own: [], district: [], where: null };

/** The widest scope that any of these actions gives to each role. */
function may(...asked: Action[]): Grant {
  const widest = new Map<Role, Scope>();
  for (const action of asked)
    for (const [role, scope] of Object.entries(policy[action]) as [Role, Scope][]) {
      const held = widest.get(role);
      if (!held || width[scope] > width[held]) widest.set(role, scope);
    }
  const having = (scope: Scope) => [...widest].filter(([, held]) => held === scope).map(([role]) => role);
  return { all: having('all'), own: having('own'), district: having('district'), where: null };
}

/** For tables whose rows have no department or district: any scope is enough. */
function anywhere(...asked: Action[]): Grant {
  const { all, own, district } = may(...asked);
  return { ...nobody, all: [...all, ...own, ...district] };
}

const orWhere = (grant: Grant, where: string): Grant => ({ ...grant, where });

const incidentWrites: Action[] = [
  'incident.file',
  'incident.move',
  'incident.dispatch',
  'incident.answer',
  'incident.void',
];
const readers = anywhere(...actions.filter((action) => action.endsWith('.read')));

const dispatchers = may('incident.dispatch', 'incident.answer');
const projectionWrites: Record<AggregateKind, Grant> = {
  incident: may(...incidentWrites),
  signal: may('signal.judge', 'incident.file', 'incident.void'),
  // A unit may work outside its own district: who dispatches in one may send every unit that may be seen.
  unit: { ...dispatchers, all: [...dispatchers.all, ...dispatchers.district], district: [] },
  department: may('seat.take'),
  warning: nobody,
  feed: nobody,
  station: may('station.register'),
  rule: may('rule.set'),
  alarm: may('alarm.acknowledge', 'alarm.shelve'),
  plan: may('plan.set'),
};

const projection = (kind: AggregateKind): TableRule => ({
  read: may(readAction[kind]),
  write: projectionWrites[kind],
  ownSql: 'departments @> array[(select app_department())]',
  districtSql: 'district = (select app_district())',
});

/** An event is seen by whoever sees its record now. */
const eventOfSeenRecord = `case split_part(stream, '/', 1) ${aggregateKinds
  .map(
    (kind) =>
      `when '${kind}' then exists (select 1 from ${kind} record where record.id = substr(stream, ${kind.length + 2}))`,
  )
  .join(' ')} else false end`;

const historyRead: TableRule = { read: anywhere('history.read'), write: nobody };

export const tableRules: Record<string, TableRule> = {
  ...Object.fromEntries(aggregateKinds.map((kind) => [kind, projection(kind)])),
  /** Whoever sees the incident sees its files; a wall shows nothing that people wrote. */
  room_file: {
    read: { ...nobody, own: anywhere('incident.read').all.filter((role) => role !== 'wall') },
    write: { ...nobody, own: anywhere(...incidentWrites).all },
    ownSql: 'exists (select from incident where incident.id = incident_id)',
  },
  /** Written beside signals and incidents by whoever may write those. */
  fusion_subject: {
    read: anywhere(...incidentWrites, 'signal.judge'),
    write: anywhere(...incidentWrites, 'signal.judge'),
  },
  unit_slot: { read: anywhere('unit.read'), write: anywhere('incident.dispatch', 'incident.answer') },
  command: {
    read: orWhere(may('log.read'), 'actor_id = (select app_actor())'),
    write: orWhere(nobody, 'actor_id = (select app_actor())'),
  },
  event: {
    read: orWhere(may('log.read'), eventOfSeenRecord),
    write: orWhere(nobody, 'actor_id = (select app_actor())'),
  },
  sealed: { read: readers, write: nobody },
  account: { read: orWhere(may('account.manage'), 'id = (select app_actor())'), write: may('account.manage') },
  session: {
    read: orWhere(may('account.manage'), 'account_id = (select app_actor())'),
    write: orWhere(may('account.manage'), 'account_id = (select app_actor())'),
  },
  push_token: { read: may('account.manage'), write: may('account.manage') },
  seat_code: {
    read: may('seat.take'),
    write: may('seat.take'),
    ownSql: 'department = (select app_department())',
  },
  raw_message: { read: may('quarantine.read'), write: nobody },
  quarantine: { read: may('quarantine.read'), write: may('quarantine.redecode') },
  seen_record: { read: nobody, write: nobody },
  position_history: historyRead,
  position_minute: historyRead,
  position_hour: historyRead,
  reading_history: historyRead,
  reading_minute: historyRead,
  reading_hour: historyRead,
  history_subject: historyRead,
  timer: { read: anywhere(...incidentWrites, 'seat.take'), write: anywhere(...incidentWrites, 'seat.take') },
  counter: { read: anywhere('incident.file'), write: anywhere('incident.file') },
  jurisdiction: { read: readers, write: nobody },
  migration: { read: nobody, write: nobody },
};
