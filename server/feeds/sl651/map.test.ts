import { describe, expect, it } from 'vitest';
import { type ReadingRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { sl651 } from './sl651.ts';
import { vector } from './testing/vectors.ts';

const receivedAt = Date.parse('2026-06-15T00:30:40Z');
const options = sl651.options.parse({});

function readings(bytes: Uint8Array, at: number | null = receivedAt): ReadingRecord[] {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  return sl651.map(message, { receivedAt: at, crs: 'wgs84', options }).map((one) => {
    expect(record.safeParse(one).error).toBeUndefined();
    return one as ReadingRecord;
  });
}
const brief = (one: ReadingRecord) => [one.property, one.statistic, one.value, one.unit, one.intervalS];
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('readings', () => {
  it('say whose they are, when they were true, and what was sent', () => {
    expect(readings(vector('timed'))[0]).toEqual({
      kind: 'reading',
      subject: { scheme: 'sl651', key: '0060123456' },
      observedAt: Date.parse('2026-06-15T00:30:00Z'),
      sourceAt: Date.parse('2026-06-15T00:30:10Z'),
      relayedAt: null,
      receivedAt,
      geometry: null,
      crsReceived: 'wgs84',
      geometrySource: 'none',
      quality: { state: 'good', flags: [] },
      dedupeKey: `sl651:0060123456|Z|instant|${Date.parse('2026-06-15T00:30:00Z') / 1000}`,
      revision: 0,
      privacy: 'none',
      property: 'Z',
      statistic: 'instant',
      intervalS: null,
      value: -1.72,
      unit: 'm',
      rawValue: -1.72,
      rawUnit: 'm',
      limit: null,
    });
    expect(readings(vector('timed')).map(brief)).toEqual([
      ['Z', 'instant', -1.72, 'm', null],
      ['PJ', 'sum', 12.5, 'mm', null],
      ['PT', 'sum', 345.1, 'mm', null],
      ['VT', 'instant', 12.15, 'V', null],
    ]);
  });

  it('are the same from both forms', () => {
    const facts = (name: 'timed' | 'ascii') =>
      readings(vector(name))
        .filter(({ property }) => ['Z', 'PJ', 'VT'].includes(property))
        .map((one) => [...brief(one), one.dedupeKey]);
    expect(facts('ascii')).toEqual(facts('timed'));
  });

  it('show no level where the gauge has no sensor, and no number where there is none', () => {
    expect(
      readings(vector('doubts')).map((one) => [one.property, one.value, one.rawValue, one.unit, one.quality]),
    ).toEqual([
      ['Z', null, 9999.999, 'm', { state: 'missing', flags: ['sentinel_value'] }],
      ['ZU', null, 'FFFFFFFF', 'm', { state: 'missing', flags: [] }],
      ['AI', -2.1, -2.1, 'Cel', { state: 'good', flags: [] }],
      ['PN05', null, '0A0125', 'mm', { state: 'bad', flags: ['sensor_fault'] }],
      ['0xff38', 13.01, 13.01, null, { state: 'good', flags: [] }],
      ['0x7f', 5, 5, null, { state: 'good', flags: [] }],
    ]);
  });

  it('of an hour stand at their own times; those long past when the message was made are backfill', () => {
    const rows = readings(vector('hour'), null);
    const rain = rows.filter(({ property }) => property === 'DRP');
    expect(rain.map((one) => iso(one.observedAt)?.slice(11, 16)).join(' ')).toBe(
      '00:05 00:10 00:15 00:20 00:25 00:30 00:35 00:40 00:45 00:50 00:55 01:00',
    );
    expect(rain[1]).toMatchObject({
      value: 0.5,
      statistic: 'sum',
      intervalS: 300,
      quality: { state: 'good', flags: ['backfill'] },
    });
    expect(rain[3]).toMatchObject({ value: null, quality: { state: 'missing' } });
    expect(rain.at(-1)?.quality.flags).toEqual([]);
    expect(rows.filter(({ property }) => property === 'DRZ1')[0]).toMatchObject({
      value: 0.12,
      unit: 'm',
      intervalS: null,
    });
    const byEnd = readings(vector('hourByEnd'), null);
    expect([iso(byEnd[0]!.observedAt), iso(byEnd[11]!.observedAt)]).toEqual([
      '2026-06-15T00:05:00.000Z',
      '2026-06-15T01:00:00.000Z',
    ]);
    const row = readings(vector('series'), null);
    expect(row.map((one) => [iso(one.observedAt)?.slice(11, 16), one.value])).toEqual([
      ['00:00', 8.1],
      ['00:30', null],
      ['01:00', 8.2],
    ]);
  });

  it('of a test report say so', () => {
    expect(readings(vector('test'))[0]?.quality).toEqual({ state: 'suspect', flags: ['test'] });
  });

  it('of a station whose clock was never set have no time, and are told apart by serial number', () => {
    for (const at of [receivedAt, null]) {
      const [one] = readings(vector('clock'), at);
      expect(one).toMatchObject({
        observedAt: null,
        value: 8.34,
        quality: { state: 'suspect', flags: ['clock_invalid'] },
      });
      expect(iso(one!.sourceAt)).toBe('2059-10-11T07:49:47.000Z');
      expect(one!.dedupeKey).toBe('sl651:0060123456|Z|instant|5910111549+0#22');
    }
  });

  it('from the future are kept and flagged', () => {
    const [one] = readings(vector('timed'), Date.parse('2026-06-15T00:20:00Z'));
    expect(one!.quality).toEqual({ state: 'suspect', flags: ['clock_ahead'] });
  });

  it('keep what stands before the place where a body is torn', () => {
    expect(readings(vector('torn')).map((one) => [one.property, one.value, one.quality.flags])).toEqual([
      ['Z', 8.33, ['partial']],
    ]);
  });

  it('come from no settings, texts, pictures, states, and from no centre', () => {
    for (const name of ['keepAlive', 'manual', 'settings', 'password', 'state', 'picture1', 'confirm'] as const)
      expect(readings(vector(name)), name).toEqual([]);
  });
});
