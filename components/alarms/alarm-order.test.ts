import { describe, expect, it } from 'vitest';
import type { Alarm } from '@/server/domain/alarm.ts';
import { alarmOf } from '@/server/store/testing/records.ts';
import { countAlarms, noAlarmFilter, rowsOf, shelvedOf, standingOf } from './alarm-order.ts';

const seen = { by: { id: 'a', name: 'a' }, at: 5 };
const shelf = (until: number) => ({ until, reason: '检修', by: seen.by, at: 1 });
const now = 1_000;
const alarms: Alarm[] = [
  alarmOf('line', { raises: 'status', priority: 'P1' }),
  alarmOf('p2-seen', { acknowledged: seen }),
  alarmOf('p2-old', { raisedAt: 1 }),
  alarmOf('p2-new', { raisedAt: 9, name: '下关' }),
  alarmOf('p2-over', { state: 'cleared', raisedAt: 99 }),
  alarmOf('p1', { priority: 'P1', shelved: shelf(9_000) }),
  alarmOf('p3-flood', { priority: 'P3', quiet: 'flood' }),
  alarmOf('p3-shelved', { priority: 'P3', shelved: shelf(2_000) }),
  alarmOf('p3-back', { priority: 'P3', shelved: shelf(500), acknowledged: seen }),
  alarmOf('p3-grave', { priority: 'P3', shelved: shelf(2_000), signal: 's1' as never }),
  alarmOf('gone', { state: 'cleared', acknowledged: seen }),
  alarmOf('line-over', { state: 'cleared', raises: 'status' }),
];
const rows = rowsOf(alarms, (signal) => (signal === 's1' ? 'II' : null), now);
const ids = (of: readonly { alarm: Alarm }[]) => of.map(({ alarm }) => alarm.id);

describe('the list', () => {
  it('has P1 first, then what nobody has seen, lines last; what is over and seen is gone', () => {
    expect(ids(standingOf(rows, noAlarmFilter))).toEqual([
      'p1',
      'p2-new',
      'p2-old',
      'p2-over',
      'p2-seen',
      'p3-flood',
      'p3-grave',
      'p3-back',
      'line',
    ]);
  });
  it('keeps shelved ones apart, but never P1 nor what belongs to grade I or II, and not past their time', () => {
    expect(ids(shelvedOf(rows))).toEqual(['p3-shelved']);
  });
  it('is searched by any word, and narrowed to what was collected', () => {
    expect(ids(standingOf(rows, { show: 'all', text: ' 下关 '.trim() }))).toEqual(['p2-new']);
    expect(ids(standingOf(rows, { show: 'collected', text: '' }))).toEqual(['p3-flood']);
    expect(ids(standingOf(rows, { show: 'lines', text: '' }))).toEqual(['line']);
  });
  it('is counted without lines', () => {
    expect(countAlarms(rows)).toEqual({ unseen: 6, critical: 1, standing: 8 });
  });
});
