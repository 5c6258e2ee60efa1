import { describe, expect, it } from 'vitest';
import { type ReadingRecord, record } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { checksum, checksumText } from './checksum.ts';
import { decode } from './decode.ts';
import { hj212 } from './hj212.ts';
import { type Hj212Options, hj212Options } from './options.ts';
import { bytesOf, vector } from './testing/vectors.ts';

const receivedAt = Date.parse('2026-06-15T00:40:00Z');

function readings(
  bytes: Uint8Array,
  given: Partial<Hj212Options> = {},
  at: number | null = receivedAt,
): ReadingRecord[] {
  const message = decode(bytes);
  if (isRefusal(message)) throw new Error(message.detail);
  const options = hj212Options.parse(given);
  return hj212.map(message, { receivedAt: at, crs: 'wgs84', options }).map((one) => {
    expect(record.safeParse(one).error).toBeUndefined();
    return one as ReadingRecord;
  });
}
const brief = (one: ReadingRecord) => [
  one.property,
  one.statistic,
  one.value,
  one.unit,
  one.intervalS,
  one.quality.state,
];
const seal = (segment: string): Uint8Array =>
  bytesOf(
    `##${String(segment.length).padStart(4, '0')}${segment}${checksumText(checksum(bytesOf(segment), 'standard'))}`,
  );
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('values', () => {
  it('become one reading for each code and statistic, with the unit of code and site', () => {
    expect(readings(vector('air')).map(brief)).toEqual([
      ['a34004', 'mean', 35.2, 'ug/m3', 600, 'good'],
      ['a34004', 'min', 30, 'ug/m3', 600, 'good'],
      ['a34004', 'max', 41.7, 'ug/m3', 600, 'good'],
      ['a21005', 'mean', 0.8, 'mg/m3', 600, 'good'],
      ['a05024', 'mean', 160.5, 'ug/m3', 600, 'suspect'],
      ['a01001', 'mean', -3.5, 'Cel', 600, 'good'],
    ]);
    expect(readings(vector('flue')).map(brief)).toEqual([
      ['a21026', 'min', 10.1, 'mg/m3', 3600, 'bad'],
      ['a21026', 'mean', 12.5, 'mg/m3', 3600, 'bad'],
      ['a21026', 'max', 15, 'mg/m3', 3600, 'bad'],
      ['a21026', 'sum', 1.25, 'kg', 3600, 'bad'],
      ['a21026-Zs', 'min', 11, 'mg/m3', 3600, 'bad'],
      ['a21026-Zs', 'mean', 13.6, 'mg/m3', 3600, 'bad'],
      ['a21026-Zs', 'max', 16.2, 'mg/m3', 3600, 'bad'],
      ['a00000', 'mean', 20.5, 'm3/s', 3600, 'good'],
      ['a00000', 'sum', 73800, 'm3', 3600, 'good'],
    ]);
  });

  it('keep what was sent, and say whose it is', () => {
    expect(readings(vector('air'))[0]).toEqual({
      kind: 'reading',
      subject: { scheme: 'hj212', key: '320100NJ00000001' },
      observedAt: Date.parse('2026-06-15T00:30:00Z'),
      sourceAt: Date.parse('2026-06-15T00:30:12.345Z'),
      relayedAt: null,
      receivedAt,
      geometry: null,
      crsReceived: 'wgs84',
      geometrySource: 'none',
      quality: { state: 'good', flags: [] },
      dedupeKey: 'hj212:320100NJ00000001|a34004|mean|2051|20260615083000',
      revision: 0,
      privacy: 'none',
      property: 'a34004',
      statistic: 'mean',
      intervalS: 600,
      value: 35.2,
      unit: 'ug/m3',
      rawValue: '35.2',
      rawUnit: 'ug/m3',
      limit: null,
    });
  });

  it('find their mark in another group where the sender has one group for each field', () => {
    expect(readings(vector('old')).map((one) => [...brief(one), one.quality.flags])).toEqual([
      ['B01', 'instant', 100.2, 'L/s', null, 'good', []],
      ['011', 'instant', 51, 'mg/L', null, 'suspect', ['manual']],
      ['060', 'instant', 1.5, 'mg/L', null, 'good', []],
    ]);
  });

  it('of codes and suffixes nobody knows are kept without a unit; texts are not measurements', () => {
    expect(readings(vector('meter')).map(brief)).toEqual([['100000-Ia', 'instant', 401.4, null, null, 'good']]);
    expect(readings(vector('state')).map(brief)).toEqual([
      ['SB1-RS', 'instant', 1, null, null, 'good'],
      ['SB2-RS', 'instant', 0, null, null, 'good'],
    ]);
    const strange = readings(seal('ST=22;CN=2011;MN=X;CP=&&DataTime=20260615083000;a29999-Rtd=1,zz-Rtd=2&&'));
    expect(strange.map((one) => [one.property, one.unit, one.quality.flags])).toEqual([
      ['a29999', 'ug/m3', ['unit_assumed']],
      ['zz', null, []],
    ]);
  });

  it('that are no number are missing, with what was sent', () => {
    const [, flow, ammonia] = readings(vector('water'));
    expect(flow).toMatchObject({ value: 12.3, quality: { state: 'bad', flags: ['checksum_variant', 'sensor_fault'] } });
    expect(ammonia).toMatchObject({ value: null, rawValue: '-', quality: { state: 'missing' } });
  });

  it.each([
    ['N', 'good', []],
    ['F', 'bad', ['maintenance']],
    ['M', 'bad', ['maintenance']],
    ['S', 'suspect', ['manual']],
    ['D', 'bad', ['sensor_fault']],
    ['C', 'bad', ['calibration']],
    ['T', 'suspect', ['over_range']],
    ['B', 'bad', ['sensor_fault']],
    ['P', 'bad', ['sensor_fault']],
    ['n', 'good', []],
    ['Q', 'suspect', ['enum_unknown']],
  ])('with the mark %s are %s', (mark, state, flags) => {
    const bytes = seal(`ST=32;CN=2011;MN=X;CP=&&DataTime=20260615083000;w01018-Rtd=1,w01018-Flag=${mark}&&`);
    expect(readings(bytes)[0]?.quality).toEqual({ state, flags });
  });
});

describe('time', () => {
  it('is Beijing time of 14 or 17 digits, and marks the end of an interval or, where the source says so, its start', () => {
    expect(iso(readings(vector('odd'))[0]!.observedAt)).toBe('2026-06-15T00:30:00.123Z');
    const [hour] = readings(vector('flue'));
    const [shifted] = readings(vector('flue'), { dataTime: 'start' });
    expect([iso(hour!.observedAt), iso(shifted!.observedAt)]).toEqual([
      '2026-06-15T00:00:00.000Z',
      '2026-06-15T01:00:00.000Z',
    ]);
    expect(shifted!.dedupeKey).toBe(hour!.dedupeKey);
    const minute = readings(vector('air'), { dataTime: 'start', minuteIntervalS: 300 })[0]!;
    expect([iso(minute.observedAt), minute.intervalS]).toEqual(['2026-06-15T00:35:00.000Z', 300]);
    expect(iso(readings(vector('old'), { dataTime: 'start' })[0]!.observedAt)).toBe('2026-06-15T00:30:00.000Z');
  });

  it('is that of the sample where an analyser tells it', () => {
    const [cod, flow] = readings(vector('water'));
    expect([iso(cod!.observedAt), iso(flow!.observedAt)]).toEqual([
      '2026-06-15T00:00:00.000Z',
      '2026-06-15T00:31:00.000Z',
    ]);
    expect(cod!.quality.flags).not.toContain('backfill');
  });

  it('long past when its message was made is backfill', () => {
    expect(readings(vector('late')).map(({ quality }) => quality)).toEqual([
      { state: 'good', flags: ['backfill'] },
      { state: 'good', flags: ['backfill'] },
      { state: 'bad', flags: ['backfill', 'maintenance'] },
    ]);
  });

  it('that cannot be is none', () => {
    const at = (digits: string, received: number | null = receivedAt) => {
      const [one] = readings(seal(`ST=22;CN=2011;MN=X;CP=&&DataTime=${digits};a34004-Rtd=1&&`), {}, received);
      return [iso(one!.observedAt), one!.quality.state, one!.quality.flags];
    };
    for (const digits of ['20260230000000', '20260615250000', '2026061508', 'now', '19700101000000', '20590101000000'])
      expect(at(digits), digits).toEqual([null, 'suspect', ['clock_invalid']]);
    expect(at('20590101000000', null)).toEqual([null, 'suspect', ['clock_invalid']]);
    expect(at('20260615090000')).toEqual(['2026-06-15T01:00:00.000Z', 'suspect', ['clock_ahead']]);
    const [none] = readings(seal('QN=20260615083000000;ST=22;CN=2011;MN=X;CP=&&a34004-Rtd=1&&'));
    expect(none).toMatchObject({ observedAt: null, quality: { state: 'suspect', flags: ['partial'] } });
    expect(none!.dedupeKey).toBe('hj212:X|a34004|instant|2011|QN20260615083000000');
  });

  it('may stand in a message more than once', () => {
    const several = 'DataTime=20260615080000;w01018-Avg=1,w01018-Flag=D;DataTime=20260615090000;w01018-Avg=2';
    const read = readings(seal(`ST=32;CN=2061;MN=X;CP=&&${several}&&`));
    expect(read.map((one) => [iso(one.observedAt)?.slice(11, 16), one.value, one.quality.state])).toEqual([
      ['00:00', 1, 'bad'],
      ['01:00', 2, 'suspect'],
    ]);
  });
});

describe('other messages', () => {
  it('of a mobile unit carry its place', () => {
    const read = readings(vector('odd'));
    expect(read.map((one) => one.property)).toEqual(['l01001', 'l01002', 'a34002']);
    expect(read[2]).toMatchObject({
      geometry: { type: 'Point', coordinates: [118.796877, 32.060255] },
      geometrySource: 'message',
    });
    const nowhere = readings(seal('ST=22;CN=2011;MN=X;CP=&&DataTime=20260615083000;l01001-Rtd=0,l01002-Rtd=0&&'));
    expect(nowhere[0]!.geometry).toBeNull();
  });

  it('an alarm of 2005 is its value; requests, answers, notices and settings are no readings', () => {
    expect(readings(vector('alarm')).map(brief)).toEqual([['011', 'instant', 120.5, 'mg/L', null, 'good']]);
    for (const name of ['standard', 'setpw', 'clock', 'asked', 'taken', 'info'] as const)
      expect(readings(vector(name)), name).toEqual([]);
  });
});
