import { type Incident, isOpen, isOpenOrder } from '@/server/domain/incident.ts';
import { incidentKind } from '@/server/domain/incident-kind.ts';
import { higherPriority, type Priority, priorities } from '@/server/domain/scale.ts';
import type { Signal } from '@/server/domain/signal.ts';
import { isOverdue, nothingOverdue, type Overdue, overdueIn, waitsForUnits } from './queue-overdue.ts';

/** One line of the queue: a signal that nobody has judged, or an incident. */
export type QueueRow = {
  readonly key: string;
  readonly priority: Priority;
  /** Nobody has taken it yet. */
  readonly waiting: boolean;
  /** Unanswered, run out, or grave with nobody sent: a person is needed now. */
  readonly needsPerson: boolean;
  readonly overdue: Overdue;
  /** Its clock: since when the caller waits, or since the first signal. */
  readonly since: number;
  readonly open: boolean;
  readonly searched: string;
} & (
  | { readonly of: 'signal'; readonly signal: Signal; readonly behind: number }
  | { readonly of: 'incident'; readonly incident: Incident }
);

export type QueueFilter = {
  readonly show: 'open' | 'waiting' | 'mine' | 'all';
  readonly text: string;
  readonly priority: Priority | null;
};
export const noFilter: QueueFilter = { show: 'open', text: '', priority: null };

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

const rowOfSignal = (signal: Signal): QueueRow => ({
  of: 'signal',
  signal,
  behind: 0,
  key: `signal/${signal.id}`,
  priority: signal.priority,
  waiting: signal.state === 'open',
  needsPerson: signal.state === 'open',
  overdue: nothingOverdue,
  since: signal.receivedAt,
  open: signal.state === 'open',
  searched: fold([signal.title, signal.text, signal.place.text, signal.source.key].join('\n')),
});

const kindWords = (code: string | null): string => {
  const kind = code === null ? null : incidentKind(code);
  return kind ? `${kind.zh} ${kind.en} ${kind.pinyin}` : '';
};

const rowOfIncident = (incident: Incident): QueueRow => {
  const overdue = overdueIn(incident);
  return {
    of: 'incident',
    overdue,
    needsPerson: incident.state === 'received' || isOverdue(overdue) || waitsForUnits(incident),
    incident,
    key: `incident/${incident.id}`,
    priority: incident.priority,
    waiting: incident.state === 'received',
    since: incident.cycles.at(-1)?.clocks.T0 ?? incident.openedAt,
    open: isOpen(incident),
    searched: fold(
      [
        incident.number,
        incident.title,
        incident.text,
        incident.place.text,
        kindWords(incident.kind),
        ...incident.assignments.map((held) => held.callSign),
      ].join('\n'),
    ),
  };
};

const known = new WeakMap<object, QueueRow>();
/** A record that did not change gives the same row, so that a list of thousands is cheap to make again. */
function rowOf<T extends Signal | Incident>(record: T, make: (record: T) => QueueRow): QueueRow {
  const held = known.get(record);
  if (held) return held;
  const row = make(record);
  known.set(record, row);
  return row;
}

const rank = (row: QueueRow) => priorities.indexOf(row.priority);

const unreal = (row: QueueRow) => (row.of === 'signal' ? row.signal.reality : row.incident.reality) !== 'actual';

/** Priority first; within one, what is real before exercises and tests; what waits for a person before what somebody works on; then the longest clock. */
export const compareRows = (a: QueueRow, b: QueueRow): number =>
  rank(a) - rank(b) ||
  Number(unreal(a)) - Number(unreal(b)) ||
  Number(b.waiting) - Number(a.waiting) ||
  a.since - b.since ||
  (a.key < b.key ? -1 : 1);

/** Who looks: a liaison's own are what the department was asked to do. */
export type Me = { readonly id: string; readonly department: string | null };

const isMine = (of: Incident, me: Me): boolean =>
  of.owner?.id === me.id ||
  (me.department !== null &&
    of.orders.some(
      (order) =>
        isOpenOrder(order) &&
        (order.target.kind === 'department' ? order.target.id : order.target.department) === me.department,
    ));

/** Groups of the list, in their order. */
export const sections = ['first', 'mine', 'others'] as const;
export type Section = (typeof sections)[number];
export function sectionOf(row: QueueRow, me: Me): Section {
  if (!row.open) return 'others';
  if (row.needsPerson) return 'first';
  return row.of === 'incident' && isMine(row.incident, me) ? 'mine' : 'others';
}

function passes(row: QueueRow, filter: QueueFilter, me: Me): boolean {
  if (filter.priority !== null && row.priority !== filter.priority) return false;
  if (
    filter.text &&
    !fold(filter.text)
      .split(/\s+/)
      .every((word) => row.searched.includes(word))
  )
    return false;
  switch (filter.show) {
    case 'open':
      return row.open;
    case 'waiting':
      return row.waiting;
    case 'mine':
      return row.open && row.of === 'incident' && isMine(row.incident, me);
    case 'all':
      return true;
  }
}

type Group = { readonly count: number; readonly priority: Priority };

/** What waits behind a signal that is there to be seen: one row speaks for all of them, as high as the highest. */
function groupsOf(signals: readonly Signal[]): ReadonlyMap<string, Group> {
  const leads = new Set(signals.filter((one) => one.state === 'open' && one.lead === null).map((one) => one.id));
  const groups = new Map<string, Group>();
  for (const { state, lead, priority } of signals) {
    if (state !== 'open' || lead === null || !leads.has(lead)) continue;
    const held = groups.get(lead);
    groups.set(lead, {
      count: (held?.count ?? 0) + 1,
      priority: held ? higherPriority(held.priority, priority) : priority,
    });
  }
  return groups;
}

const grouped = (row: QueueRow, group: Group | undefined): QueueRow =>
  row.of === 'signal' && group
    ? { ...row, behind: group.count, priority: higherPriority(row.priority, group.priority) }
    : row;

export function queueOf(
  records: { readonly signals: Iterable<Signal>; readonly incidents: Iterable<Incident> },
  filter: QueueFilter,
  me: Me,
): QueueRow[] {
  const signals = [...records.signals];
  const groups = groupsOf(signals);
  const alone = signals.filter((one) => one.state !== 'open' || one.lead === null || !groups.has(one.lead));
  const rows = [
    ...alone.map((signal) => grouped(rowOf(signal, rowOfSignal), groups.get(signal.id))),
    ...Array.from(records.incidents, (incident) => rowOf(incident, rowOfIncident)),
  ];
  return rows
    .filter((row) => passes(row, filter, me))
    .map((row) => ({ row, section: sections.indexOf(sectionOf(row, me)) }))
    .sort((a, b) => a.section - b.section || compareRows(a.row, b.row))
    .map(({ row }) => row);
}
