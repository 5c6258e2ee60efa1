import { describe, expect, it } from 'vitest';
import { type ReadingRecord, record as wireRecord } from '@/server/wire/record.ts';
import { isRefusal } from '../refusal.ts';
import { acceptPush } from '../transport/accept-push.ts';
import type { FeedPort } from '../transport/port.ts';
import { memoryLedger } from '../transport/push-ledger.ts';
import { resolveMonth } from './clock.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';
import { metar } from './metar.ts';
import { bytesOf, reports } from './testing/reports.ts';

const receivedAt = Date.parse('2025-06-24T14:36:00Z');

function readingsOf(text: string, at: number | null = receivedAt): ReadingRecord[] {
  const document = decode(bytesOf(text));
  if (isRefusal(document)) throw new Error(document.detail);
  return map(document, { receivedAt: at, crs: 'wgs84', options: {} }).flatMap((one) => {
    if (isRefusal(one) || one.kind !== 'reading') return [];
    expect(wireRecord.safeParse(one).error).toBeUndefined();
    return [one];
  });
}
const values = (readings: readonly ReadingRecord[]) =>
  Object.fromEntries(readings.map((one) => [one.property, one.value]));

describe('readings', () => {
  it('are made of each property that a report names', () => {
    const readings = readingsOf(reports.plain);
    expect(values(readings)).toEqual({
      windDirection: 220,
      windSpeed: 6,
      windGust: 12,
      windDirectionFrom: 180,
      windDirectionTo: 260,
      visibility: 3000,
      visibilityMinimum: 1200,
      'runwayVisualRange.06': 800,
      thunderstorm: 1,
      presentWeather: null,
      cloudBase: 305,
      ceiling: 1219,
      airTemperature: 26,
      dewPoint: 24,
      pressureQnh: 1003,
    });
    expect(readings[1]).toEqual({
      kind: 'reading',
      subject: { scheme: 'metar', key: 'ZSNJ' },
      observedAt: Date.parse('2025-06-24T14:30:00Z'),
      sourceAt: Date.parse('2025-06-24T14:30:00Z'),
      relayedAt: null,
      receivedAt,
      geometry: null,
      crsReceived: 'wgs84',
      geometrySource: 'none',
      quality: { state: 'good', flags: [] },
      dedupeKey: 'metar:ZSNJ|METAR|windSpeed|mean|2025-06-24T14:30:00.000Z',
      revision: 0,
      privacy: 'none',
      property: 'windSpeed',
      statistic: 'mean',
      intervalS: null,
      value: 6,
      unit: 'm/s',
      rawValue: '22006G12MPS',
      rawUnit: 'm/s',
      limit: null,
    });
    const text = readings.find(({ property }) => property === 'presentWeather');
    expect(text).toMatchObject({ value: null, unit: null, rawValue: '-TSRA BR', quality: { state: 'good' } });
    expect(new Set(readings.map((one) => one.dedupeKey)).size).toBe(readings.length);
  });

  it('have units of UCUM beside those of the report', () => {
    const of = Object.fromEntries(
      readingsOf(reports.american).map((one) => [one.property, [one.value, one.unit, one.rawUnit]]),
    );
    expect(of).toMatchObject({
      windSpeed: [7.717, 'm/s', '[kn_i]'],
      visibility: [2414, 'm', '[mi_us]'],
      pressureQnh: [1013.2, 'hPa', "[in_i'Hg]"],
      airTemperature: [-5, 'Cel', null],
      'runwayVisualRange.04R': [671, 'm', null],
    });
    expect(values(readingsOf(reports.sea))).toMatchObject({ waterTemperature: 8, waveHeight: 1.5, windSpeed: 13.889 });
  });

  it('say what is a bound, what was not measured and what was assumed', () => {
    const quality = (text: string) =>
      Object.fromEntries(readingsOf(text, receivedAt + 3_600_000).map((one) => [one.property, one.quality]));
    expect(quality(reports.cavok)).toMatchObject({
      windDirection: { state: 'missing', flags: [] },
      windSpeed: { state: 'good' },
      visibility: { state: 'good', flags: ['over_range'] },
    });
    expect(quality(reports.speci)).toMatchObject({
      'runwayVisualRange.06L': { state: 'good', flags: ['over_range'] },
      'runwayVisualRange.24': { state: 'good', flags: ['under_range'] },
      verticalVisibility: { state: 'good' },
    });
    const auto = quality(reports.auto);
    for (const property of ['windSpeed', 'visibility', 'airTemperature', 'dewPoint', 'pressureQnh'])
      expect(auto[property]).toEqual({ state: 'missing', flags: [] });
    expect(auto).not.toHaveProperty('thunderstorm');
    expect(quality('ENLK 241430Z 26026G40 9999 02/M01 Q0996')).toMatchObject({
      windSpeed: { state: 'suspect', flags: ['unit_assumed'] },
      airTemperature: { state: 'good', flags: [] },
    });
    expect(quality(reports.american).windSpeed).toEqual({ state: 'good', flags: ['maintenance'] });
  });

  it('are not made of forecasts and of reports of nothing', () => {
    expect(readingsOf(reports.taf)).toEqual([]);
    expect(readingsOf(reports.nil)).toEqual([]);
  });

  it('of a correction are a revision', () => {
    expect(readingsOf(reports.cavok)[0]?.revision).toBe(1);
    expect(readingsOf(reports.american)[0]?.revision).toBe(2);
  });
});

describe('time', () => {
  it.each([
    [24, 14, '2025-06-24T14:36:00Z', '2025-06-24T14:30:00Z'],
    [30, 23, '2025-07-01T00:10:00Z', '2025-06-30T23:30:00Z'],
    [31, 23, '2026-01-01T00:10:00Z', '2025-12-31T23:30:00Z'],
    [31, 12, '2025-07-01T00:00:00Z', '2025-05-31T12:30:00Z'],
    [1, 0, '2025-06-30T23:50:00Z', '2025-07-01T00:30:00Z'],
    [26, 0, '2025-06-24T14:36:00Z', '2025-05-26T00:30:00Z'],
    [29, 12, '2024-03-05T00:00:00Z', '2024-02-29T12:30:00Z'],
    [29, 12, '2025-03-05T00:00:00Z', '2025-01-29T12:30:00Z'],
  ])('day %i at %i, read at %s', (day, hour, base, expected) => {
    expect(resolveMonth({ day, hour, minute: 30 }, Date.parse(base))).toBe(Date.parse(expected));
  });

  it('is not known without a clock, unless a date stands above the report', () => {
    expect(readingsOf(reports.plain, null)[0]).toMatchObject({
      observedAt: null,
      sourceAt: null,
      dedupeKey: 'metar:ZSNJ|METAR|windDirection|mean|241430Z',
    });
    expect(readingsOf(`2025/06/24 14:33\n${reports.plain}`, null)[0]).toMatchObject({
      observedAt: Date.parse('2025-06-24T14:30:00Z'),
      relayedAt: Date.parse('2025-06-24T14:33:00Z'),
    });
  });

  it('is flagged where a station is ahead of us', () => {
    expect(readingsOf(reports.plain, receivedAt - 3_600_000)[0]?.quality).toEqual({
      state: 'suspect',
      flags: ['clock_ahead'],
    });
  });
});

it('is polled: the same page again brings nothing, a correction its revision', async () => {
  const taken: string[] = [];
  const into: FeedPort = {
    received: () => undefined,
    records: async (_, { records }) => {
      taken.push(...records.map((one) => `${one.dedupeKey.split('|')[2]}@${one.revision}`));
      return true;
    },
    refused: async () => undefined,
    noise: () => undefined,
    status: () => undefined,
  };
  const ledger = memoryLedger();
  const poll = (text: string, at: number) =>
    acceptPush({
      feed: { id: 'meteorology-metar', protocol: metar, crs: 'wgs84', kinds: ['reading'] },
      bytes: bytesOf(text),
      origin: { receivedAt: at, source: 'page', connection: 'page' },
      into,
      ledger,
    });
  const page = 'METAR ZSNJ 241430Z 22006MPS 9999 28/20 Q1003=\nTAF ZSNJ 241105Z 2412/2518 20004MPS CAVOK=\n';
  await poll(page, receivedAt);
  expect(taken).toHaveLength(7);
  await poll(page, receivedAt + 3_600_000);
  expect(taken).toHaveLength(7);
  await poll(page.replace('METAR', 'METAR COR').replace('28/20', '27/20'), receivedAt + 3_600_000);
  expect(taken.slice(7)).toContain('airTemperature@1');
});
