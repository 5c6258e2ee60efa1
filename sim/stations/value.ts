import { beijingTime } from '../beijing-time.ts';
import type { Weather } from '../day/waters.ts';
import { random } from '../random.ts';
import type { Rainfall } from './rain.ts';
import type { Measure, Station } from './station.ts';
import type { Drowned } from './weather-share.ts';

/** What a value follows from: the hour of the city's own day, the weather, and what people do. */
export type Surroundings = {
  readonly seed: number;
  /** The city's own clock, epoch ms: it runs at the speed of the city. */
  readonly cityMs: number;
  readonly weather: Weather;
  readonly rain: Rainfall;
  readonly rainShare: number;
  /** The scenario's underpass whose water a depth gauge shares in. */
  readonly drowned: Drowned | null;
};

const hourOf = (cityMs: number) => {
  const { hour, minute } = beijingTime(cityMs);
  return Number(hour) + Number(minute) / 60;
};

/** 1 at its best hour, 0 twelve hours away. */
const daily = (hour: number, best: number) => 0.5 + 0.5 * Math.cos(((hour - best) / 24) * 2 * Math.PI);
/** A hill around an hour. */
const hill = (hour: number, middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2));
const rush = (hour: number) => Math.max(hill(hour, 8, 1.6), hill(hour, 18, 2));
const working = (hour: number) => Math.min(1, hill(hour, 10.5, 3.2) + hill(hour, 15.5, 3));

/** Where in its usual range a value lies by the hour, 0 to 1; what is not here drifts by itself. */
const curves: Readonly<Record<string, (hour: number) => number>> = {
  airTemperature: (hour) => daily(hour, 14.5),
  relativeHumidity: (hour) => 1 - daily(hour, 14.5),
  windSpeed: (hour) => daily(hour, 15),
  visibility: (hour) => daily(hour, 14),
  a05024: (hour) => daily(hour, 15),
  a21004: rush,
  a21005: rush,
  a34004: (hour) => 0.35 + 0.5 * hill(hour, 8, 3) + 0.3 * hill(hour, 22, 3),
  a34002: (hour) => 0.35 + 0.5 * rush(hour),
  w01009: (hour) => daily(hour, 16),
  w01001: (hour) => daily(hour, 15),
  a34013: working,
  a21026: (hour) => 0.3 + 0.5 * working(hour),
  a21002: (hour) => 0.3 + 0.5 * working(hour),
  w01018: working,
  w00000: working,
  LAeq: (hour) => Math.min(1, 0.15 + 0.85 * Math.max(rush(hour), hill(hour, 13, 5))),
  VT: (hour) => daily(hour, 15),
  parking: (hour) => 1 - working(hour),
  'site-visitors': (hour) => 1 - hill(hour, 13.5, 3.6),
};

/** A value between 0 and 1 that wanders: new each `periodMs`, smooth between; the same for the same seed and station. */
function wander(label: string, atMs: number, periodMs: number): number {
  const step = Math.floor(atMs / periodMs);
  const share = (1 - Math.cos(((atMs / periodMs) % 1) * Math.PI)) / 2;
  const [from, to] = [random(label, String(step)).next(), random(label, String(step + 1)).next()];
  return from + (to - from) * share;
}

const tidePeriodMs = 12.42 * 3_600_000;
const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** An ordinary day: within the usual range, by the hour, each station with a habit and a drift of its own. */
function ordinary(station: Station, { property, usual }: Measure, { seed, cityMs }: Surroundings): number {
  const [low, high] = usual ?? [0, 0];
  if (low === high) return low;
  const label = `${seed}/${station.key}/${property}`;
  const curve = curves[property]?.(hourOf(cityMs)) ?? wander(label, cityMs, 6 * 3_600_000);
  const own = random(label, 'habit').next() - 0.5;
  const drift = wander(label, cityMs, 40 * 60_000) - 0.5;
  return low + (high - low) * clamp(0.12 + 0.66 * curve + 0.18 * own + 0.12 * drift, 0.02, 0.98);
}

type Model = (base: number, measure: Measure, around: Surroundings) => number;
const lower =
  (share: number): Model =>
  (base, _, { weather, rainShare }) =>
    base * (1 - share * clamp((weather.rainMmH * rainShare) / 50, 0, 1));

/** What bad weather does to what is measured. */
const models: Readonly<Record<string, Model>> = {
  Z: (base, _, { weather, rainShare, cityMs }) =>
    base + 0.12 * Math.sin((cityMs / tidePeriodMs) * 2 * Math.PI) + weather.riseM * (0.3 + 1.25 * rainShare),
  PN05: (_, __, { rain, rainShare }) => rain.within(300) * rainShare,
  P1: (_, __, { rain, rainShare }) => rain.within(3_600) * rainShare,
  precipitation: (_, __, { rain, rainShare }) => rain.within(3_600) * rainShare,
  /** Counted from the day the gauge was put up: never falls, so it does not drift. */
  PT: (_, { usual }, { rain, rainShare }) => (usual?.[0] ?? 0) + rain.total() * rainShare,
  waterDepth: (base, _, { weather, rainShare, drowned }) =>
    Math.max(
      clamp(base * 0.4 + (weather.rainMmH * rainShare) / 700, 0, 0.13),
      drowned ? (weather.depthM[drowned.underpass] ?? 0) * drowned.share : 0,
    ),
  airTemperature: (base, _, { weather }) => base - 4 * clamp(weather.rainMmH / 60, 0, 1),
  relativeHumidity: (base, _, { weather }) => base + (97 - base) * clamp(weather.rainMmH / 25, 0, 1),
  windSpeed: (base, _, { weather, rainShare }) => base + 8 * clamp((weather.rainMmH * rainShare) / 70, 0, 1),
  windGust: (_, __, { weather, rainShare }) =>
    weather.rainMmH > 0 ? 7 + 12 * clamp((weather.rainMmH * rainShare) / 60, 0, 1) : 0,
  visibility: (base, _, { weather, rainShare }) => base / (1 + 4 * clamp((weather.rainMmH * rainShare) / 60, 0, 1)),
  a34004: lower(0.6),
  a34002: lower(0.7),
  a05024: lower(0.5),
  w01019: (base, _, { weather }) => base * (1 + 0.25 * clamp(weather.riseM, 0, 1)),
  displacement: (base, _, { rain, rainShare }) => base + rain.total() * rainShare * 0.02,
  'icu-bed': (base, _, { weather, rainShare }) => base * (1 - 0.8 * weather.bedPressure * rainShare),
  'emergency-bed': (base, _, { weather, rainShare }) => base * (1 - 0.93 * weather.bedPressure * rainShare),
  'site-visitors': (base, { maximum }, { weather }) =>
    base + ((maximum ?? base) - base) * 0.6 * clamp(weather.rainMmH / 40, 0, 1),
};

/** Places and people are counted in whole numbers and cannot be more than there are; one that is half free is free. */
const whole = (value: number, { maximum }: Measure) => clamp(Math.ceil(value), 0, maximum ?? Number.MAX_SAFE_INTEGER);
const places: Readonly<Record<string, number>> = {
  Z: 3,
  waterDepth: 3,
  VT: 2,
  a21005: 2,
  w01001: 2,
  w21003: 3,
  w21011: 3,
  tilt: 3,
};

export function measured(station: Station, measure: Measure, around: Surroundings): number {
  const base = ordinary(station, measure, around);
  const value = models[measure.property]?.(base, measure, around) ?? base;
  if (measure.unit === '1') return whole(value, measure);
  const digits = 10 ** (places[measure.property] ?? 1);
  return Math.round(Math.max(0, value) * digits) / digits;
}
