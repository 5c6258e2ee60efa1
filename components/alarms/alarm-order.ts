import { type Alarm, isShelved, isStale, isStanding } from '@/server/domain/alarm.ts';
import { type Grade, priorities } from '@/server/domain/scale.ts';

/** One line of the list, with what the rest of the record says of it. */
export type AlarmRow = {
  readonly alarm: Alarm;
  /** Of the incident that its signal belongs to; I and II are never hidden. */
  readonly grade: Grade | null;
  readonly shelved: boolean;
  readonly stale: boolean;
  readonly searched: string;
};
export type AlarmFilter = { readonly show: 'all' | 'unseen' | 'collected' | 'lines'; readonly text: string };
export const noAlarmFilter: AlarmFilter = { show: 'all', text: '' };

const fold = (text: string) => text.normalize('NFKC').toLowerCase();

export const rowsOf = (
  alarms: Iterable<Alarm>,
  gradeOf: (signal: string) => Grade | null,
  now: number,
): readonly AlarmRow[] =>
  Array.from(alarms)
    .filter(isStanding)
    .map((alarm) => {
      const grade = alarm.signal === null ? null : gradeOf(alarm.signal);
      return {
        alarm,
        grade,
        shelved: isShelved(alarm, now, grade),
        stale: isStale(alarm, now),
        searched: fold(
          `${alarm.name}\n${alarm.title['zh-CN']}\n${alarm.title.en}\n${alarm.subject.key}\n${alarm.text}`,
        ),
      };
    });

const isLine = ({ alarm }: AlarmRow): boolean => alarm.raises === 'status';
export const isUnseen = ({ alarm, shelved }: AlarmRow): boolean =>
  !shelved && alarm.raises !== 'status' && alarm.acknowledged === null;

/** Alarms before lines, P1 first; within one priority what nobody has seen, then what is still on, then the newest. */
export const compareAlarms = (a: AlarmRow, b: AlarmRow): number =>
  Number(isLine(a)) - Number(isLine(b)) ||
  priorities.indexOf(a.alarm.priority) - priorities.indexOf(b.alarm.priority) ||
  Number(isUnseen(b)) - Number(isUnseen(a)) ||
  Number(b.alarm.state === 'active') - Number(a.alarm.state === 'active') ||
  b.alarm.raisedAt - a.alarm.raisedAt ||
  (a.alarm.id < b.alarm.id ? -1 : 1);

const passes = (row: AlarmRow, { show, text }: AlarmFilter): boolean => {
  if (
    text &&
    !fold(text)
      .split(/\s+/)
      .every((word) => row.searched.includes(word))
  )
    return false;
  if (show === 'lines') return isLine(row);
  if (show === 'unseen') return isUnseen(row);
  return show === 'all' || row.alarm.quiet === 'flood';
};

export const standingOf = (rows: readonly AlarmRow[], filter: AlarmFilter): AlarmRow[] =>
  rows.filter((row) => !row.shelved && passes(row, filter)).sort(compareAlarms);

/** Those that come back soonest first. */
export const shelvedOf = (rows: readonly AlarmRow[]): AlarmRow[] =>
  rows
    .filter((row) => row.shelved)
    .sort((a, b) => (a.alarm.shelved?.until ?? 0) - (b.alarm.shelved?.until ?? 0) || compareAlarms(a, b));

export type AlarmCount = { readonly unseen: number; readonly critical: number; readonly standing: number };
/** What the navigation and the status bar say. */
export const countAlarms = (rows: readonly AlarmRow[]): AlarmCount => {
  const unseen = rows.filter(isUnseen);
  return {
    unseen: unseen.length,
    critical: unseen.filter(({ alarm }) => alarm.priority === 'P1').length,
    standing: rows.filter((row) => !row.shelved && !isLine(row)).length,
  };
};
