import { describe, expect, it } from 'vitest';
import { push } from '@/server/feeds/push/protocol.ts';
import { isRefusal } from '@/server/feeds/refusal.ts';
import { type FeedRecord, record as recordSchema } from '@/server/wire/record.ts';
import { marketRegulation } from './market-regulation.ts';

/** As a lift platform would push it, read by the profile's own reader. */
function mapped(sent: Record<string, unknown>): FeedRecord {
  const common = { subject: { scheme: 'lift', key: '31103201002016010001' }, observedAt: '2026-07-01T08:00:00+08:00' };
  const message = push.decode(Buffer.from(JSON.stringify([{ ...common, ...sent }])));
  if (isRefusal(message)) throw new Error(message.detail);
  const [read] = push.map(message, { receivedAt: Date.parse('2026-07-01T00:00:01Z'), crs: 'wgs84', options: {} });
  if (!read || isRefusal(read)) throw new Error(read?.detail);
  const result = marketRegulation.map(read, { feedId: 'market-lifts', receivedAt: 1 });
  // Whatever a department makes of a record is a record.
  expect(recordSchema.safeParse(result).success).toBe(true);
  return result;
}

describe('lift events', () => {
  it('people trapped are a call, filed as what it may be', () => {
    expect(mapped({ kind: 'alert', event: '困人', headline: '新街口百货 3 号梯困人' })).toMatchObject({
      kind: 'call',
      type: '电梯困人',
      privacy: 'personal',
      state: 'reported',
      text: '新街口百货 3 号梯困人',
    });
    expect(
      mapped({
        kind: 'case',
        number: 'D1',
        class: '电梯困人',
        title: '轿厢困人',
        place: '中山路 1 号',
        state: 'handling',
      }),
    ).toMatchObject({
      kind: 'call',
      number: 'D1',
      place: '中山路 1 号',
      state: 'dispatched',
    });
    expect(mapped({ kind: 'call', number: 'D2', type: '紧急呼叫', casualties: { trapped: 2 } })).toMatchObject({
      kind: 'call',
      type: '电梯困人',
      casualties: { trapped: 2 },
    });
    expect(mapped({ kind: 'call', number: 'D3', type: '乘客被困', state: 'closed' })).toMatchObject({
      kind: 'call',
      type: '乘客被困',
      state: 'closed',
    });
    expect(mapped({ kind: 'call', number: 'D4', text: 'two people trapped' })).toMatchObject({ kind: 'call' });
  });

  it('other faults are a case or an alert', () => {
    expect(
      mapped({ kind: 'call', number: 'F1', type: '开门故障', text: '门机故障', state: 'confirmed' }),
    ).toMatchObject({
      kind: 'case',
      number: 'F1',
      class: '开门故障',
      title: '开门故障',
      state: 'accepted',
    });
    const alert = mapped({ kind: 'alert', event: '主电源断电' });
    expect(alert).toMatchObject({ kind: 'alert', event: '主电源断电' });
    expect(mapped({ kind: 'case', number: 'F2', title: '维保超期' })).toMatchObject({ kind: 'case', number: 'F2' });
  });

  it('a call that says nothing stays a call', () => {
    expect(mapped({ kind: 'call', number: 'U1' })).toMatchObject({ kind: 'call', privacy: 'personal', type: null });
  });

  it('a repeated or corrected event keeps its key and its revision', () => {
    const once = mapped({ kind: 'alert', event: '困人', dedupeKey: 'lift,1', revision: 1 });
    const again = mapped({ kind: 'alert', event: '困人', dedupeKey: 'lift,1', revision: 2, msgType: 'Cancel' });
    expect([once.dedupeKey, once.revision]).toEqual(['lift,1', 1]);
    expect(again).toMatchObject({ dedupeKey: 'lift,1', revision: 2, state: 'false', number: 'lift,1' });
  });
});
