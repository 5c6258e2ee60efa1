import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dry } from '../day/waters.ts';
import { patrolNetwork } from '../network/network.ts';
import { flood } from '../scenario/flood.ts';
import { rainfall } from './rain.ts';
import { readStations, type Station, thinned } from './station.ts';
import { measured, type Surroundings } from './value.ts';
import { drownedNear, rainShare } from './weather-share.ts';

const file = new URL('../../server/places/nanjing/stations.jsonl', import.meta.url);
const text = readFileSync(file, 'utf8');
/** Without those that the day's own waters and hospitals speak for. */
const stations = readStations(text).filter(({ scheme }) => !['water-level', 'health-capacity'].includes(scheme));
type Threshold = { level: string; when: 'above' | 'below'; value: number };
const thresholds = new Map(
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { key: string; measures: { property: string; thresholds?: Threshold[] }[] })
    .flatMap(({ key, measures }) => measures.map((one) => [`${key}/${one.property}`, one.thresholds ?? []] as const)),
);
const network = patrolNetwork();
const midnightMs = Date.parse('2026-06-20T00:00:00+08:00');
const around = (station: Station, rest: Partial<Surroundings> = {}): Surroundings => ({
  seed: 1,
  cityMs: midnightMs,
  weather: dry,
  rain: rainfall(),
  rainShare: rainShare(station.at),
  drowned: station.kind === 'underpass' ? drownedNear(network, station.at) : null,
  ...rest,
});
const passed = (station: Station, of: Surroundings, levels: readonly string[]) =>
  station.measures.flatMap((measure) => {
    const value = measured(station, measure, of);
    return (thresholds.get(`${station.key}/${measure.property}`) ?? [])
      .filter((limit) => levels.includes(limit.level))
      .filter((limit) => (limit.when === 'above' ? value >= limit.value : value <= limit.value))
      .map(() => `${station.key} ${measure.property} ${value}`);
  });

describe('what stations measure', () => {
  it('raises nothing on an ordinary day, whatever the hour and the seed', () => {
    const wrong: string[] = [];
    for (const seed of [1, 42])
      for (let hour = 0; hour < 24; hour += 1.5)
        for (const station of stations)
          wrong.push(
            ...passed(station, around(station, { seed, cityMs: midnightMs + hour * 3_600_000 }), [
              'notice',
              'alarm',
              'severe',
            ]),
          );
    expect(wrong).toEqual([]);
  });

  it('follows the hour: warm and windy in the afternoon, ozone with it, visitors at noon', () => {
    const mean = (property: string, hour: number) => {
      const of = stations.filter((station) => station.measures.some((measure) => measure.property === property));
      const at = (station: Station) => around(station, { cityMs: midnightMs + hour * 3_600_000 });
      const sum = of.reduce(
        (total, station) =>
          total + measured(station, station.measures.find((measure) => measure.property === property)!, at(station)),
        0,
      );
      return sum / of.length;
    };
    for (const [property, high, low] of [
      ['airTemperature', 14, 3],
      ['a05024', 15, 4],
      ['a21004', 8, 3],
      ['relativeHumidity', 4, 14],
      ['site-visitors', 3, 13],
      ['LAeq', 18, 3],
    ] as const)
      expect(mean(property, high), property).toBeGreaterThan(mean(property, low));
  });

  it('is the same for the same seed and changes little from one minute to the next', () => {
    for (const station of stations.filter(({ scheme }) => scheme === 'hj212').slice(0, 40)) {
      for (const measure of station.measures) {
        const one = measured(station, measure, around(station));
        expect(measured(station, measure, around(station))).toBe(one);
        const next = measured(station, measure, around(station, { cityMs: midnightMs + 60_000 }));
        const [low, high] = measure.usual!;
        expect(Math.abs(next - one), `${station.key} ${measure.property}`).toBeLessThanOrEqual(
          (high - low) * 0.08 + 0.11,
        );
      }
    }
  });

  it('lets the storm be where it is: some underpasses, gauges and rivers, not the whole city', () => {
    const rain = rainfall();
    for (let second = 0; second <= 400; second += 5) rain.fall(second, flood.weather(second).rainMmH);
    const storm = { weather: flood.weather(400), rain };
    const alarmed = (of: Partial<Station>) =>
      stations
        .filter((station) => station.kind === of.kind && station.scheme === of.scheme)
        .map((station) => passed(station, around(station, storm), ['alarm']).length > 0);
    for (const of of [
      { kind: 'underpass', scheme: 'mqtt' },
      { kind: 'rain', scheme: 'sl651' },
      { kind: 'river-level', scheme: 'sl651' },
    ]) {
      const all = alarmed(of);
      const share = all.filter(Boolean).length / all.length;
      expect(share, of.kind).toBeGreaterThan(0);
      expect(share, of.kind).toBeLessThan(0.2);
    }
  });

  it('keeps the rain gauges’ sums together', () => {
    const rain = rainfall();
    for (let second = 0; second <= 7_200; second += 10) rain.fall(second, second < 3_600 ? 36 : 0);
    expect(rain.total()).toBeCloseTo(35.9, 0);
    expect(rain.within(300)).toBeCloseTo(0, 6);
    expect(rain.within(3_600)).toBeCloseTo(0, 0);
    expect(rain.within(5_400)).toBeCloseTo(18, 0);
    expect(rain.within(1e6)).toBeCloseTo(rain.total(), 6);
  });
});

describe('the register', () => {
  it('is thinned without losing a scheme', () => {
    const few = thinned(stations, 300);
    expect(few.length).toBeLessThan(320);
    expect(new Set(few.map(({ scheme }) => scheme))).toEqual(new Set(stations.map(({ scheme }) => scheme)));
    expect(thinned(stations, 20_000)).toHaveLength(stations.length);
  });

  it('says which line it cannot read', () => {
    expect(() => readStations('{"scheme":"x"}')).toThrow('第 1 行');
  });
});
