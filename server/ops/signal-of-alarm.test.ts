import { describe, expect, it } from 'vitest';
import type { SignalId } from '@/server/domain/ids.ts';
import { seededRules } from '@/server/domain/seeded-rules.ts';
import { alarmOf } from '@/server/store/testing/records.ts';
import { clearedSignal, partsSignal, signalOfAlarm } from './signal-of-alarm.ts';

const known = { id: 's' as SignalId, unit: null, nearDistrict: null };
const ruleNamed = (id: string) => seededRules.find((rule) => rule.id === id)!;
const subject = (property: string | null) => ({ scheme: 's', key: 'k', property, station: null, feed: 'f' });

describe('a signal of an alarm', () => {
  it('names a reading in words, with its unit and the limit, and says what to do', () => {
    const alarm = alarmOf('a', { name: '卡子门大街下穿通道', subject: subject('waterDepth'), value: 0.4, limit: 0.27 });
    const signal = signalOfAlarm(alarm, ruleNamed('underpass-close'), known);
    expect(signal.title).toBe('下穿通道积水须封闭：卡子门大街下穿通道 积水深度 0.4 m，限值 0.27 m');
    expect(signal.text).toContain('立即封闭通道');
    expect(signal).toMatchObject({ kind: 'alarm', proposedKind: 'statutory.flood.underpass', state: 'open' });
    const other = { ...alarm, subject: subject('turbidity'), unit: null };
    expect(signalOfAlarm(other, ruleNamed('underpass-close'), known).title).toContain('turbidity 0.4，');
  });

  it('of a terminal that cries for help does not take its call sign for a place', () => {
    const alarm = alarmOf('a', { name: '014400000122', subject: subject(null), lonLat: [118.79, 31.97] });
    const signal = signalOfAlarm(alarm, ruleNamed('vehicle-sos'), known);
    expect(signal).toMatchObject({ kind: 'sos', title: '014400000122 紧急求助 SOS' });
    expect(signal.place).toMatchObject({ text: '', lonLat: [118.79, 31.97], district: '320102' });
  });

  it('says that it is over, once, and how many parts it has', () => {
    const signal = signalOfAlarm(alarmOf('a'), ruleNamed('fire-component'), known);
    const cleared = clearedSignal(clearedSignal(signal));
    expect(cleared.title.match(/已恢复/g)).toHaveLength(1);
    expect(partsSignal(partsSignal(signal, 2), 3).title).toMatch(/[^）]（3 处）$/);
  });
});
