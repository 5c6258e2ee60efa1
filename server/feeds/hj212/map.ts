import type { FeedRecord, Geometry, Quality, QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { toWgs84 } from '../datum.ts';
import { beijingMs, judgeClock } from '../source-clock.ts';
import { mediumOf, sumUnitOf, type Unit, unitOf } from './codes.ts';
import { commands } from './commands.ts';
import { type Measure, measuresOf, readSuffix } from './measures.ts';
import type { Hj212Message } from './message.ts';
import type { Hj212Options } from './options.ts';
import { judgeMark, qualityOf } from './quality.ts';

/** Data older than this against its own message was asked for, or kept back while the line was down. */
const promptMs = 10 * 60_000;

/** Values → reading records, one for each code and statistic. Requests, answers, notices without values and settings become none. */
export function map(message: Hj212Message, context: MapContext<Hj212Options>): readonly FeedRecord[] {
  const kind = commands[message.command]?.kind ?? 'data';
  const carries = kind === 'data' || (kind === 'notice' && message.command === '2072');
  if (!carries || message.role === 'request') return [];
  const measures = measuresOf(message);
  const place = placeOf(measures, context);
  return measures.flatMap((measure) => reading(message, measure, { context, place }) ?? []);
}

type Surroundings = { readonly context: MapContext<Hj212Options>; readonly place: Geometry | null };

function reading(message: Hj212Message, measure: Measure, { context, place }: Surroundings): ReadingRecord | null {
  const { statistic } = readSuffix(measure.suffix)!;
  const { value, missing } = readNumber(measure.text);
  /** Text under an unknown suffix is no measurement; it stays in the message. */
  if (measure.kind === 'other' && value === null) return null;
  const key = message.header.MN!;
  const property = propertyOf(measure);
  const { unit, assumed } = unitFor(message, measure);
  const clock = readClocks(message, measure, context);
  const [state, markFlag] = judgeMark(measure.mark);
  const flags: QualityFlag[] = [...message.flags, ...clock.flags];
  if (markFlag) flags.push(markFlag);
  if (assumed) flags.push('unit_assumed');
  const states: Quality['state'][] = [state, missing ? 'missing' : 'good'];
  return {
    kind: 'reading',
    subject: { scheme: 'hj212', key },
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: place,
    crsReceived: context.crs,
    geometrySource: place ? 'message' : 'none',
    quality: qualityOf(states, flags),
    dedupeKey: [`hj212:${key}`, property, statistic, message.command, clock.name].join('|'),
    revision: 0,
    privacy: 'none',
    property,
    statistic,
    intervalS: statistic === 'instant' ? null : clock.intervalS,
    value,
    unit,
    rawValue: measure.text.slice(0, 2_000),
    rawUnit: unit,
    limit: null,
  };
}

const longestProperty = 128;

function propertyOf({ code, converted, kind, suffix }: Measure): string {
  const name = kind === 'other' || kind === 'state' || kind === 'hours' ? `${code}-${suffix}` : code;
  return (converted ? `${code}-Zs` : name).slice(0, longestProperty);
}

function unitFor({ header }: Hj212Message, { code, kind }: Measure): Unit {
  const medium = mediumOf(header.ST!);
  if (kind === 'value') return unitOf(code, medium);
  if (kind === 'sum') return sumUnitOf(code, medium);
  return { unit: kind === 'hours' ? 'h' : null, assumed: false };
}

/** Anything but a plain decimal number is no value: `-`, `NaN`, an empty field. */
function readNumber(text: string): { value: number | null; missing: boolean } {
  if (!/^[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,2})?$/i.test(text)) return { value: null, missing: true };
  return { value: Number(text), missing: false };
}

function readClocks(message: Hj212Message, measure: Measure, { receivedAt, options }: MapContext<Hj212Options>) {
  const interval = commands[message.command]?.interval ?? null;
  const intervalS = interval === 'minutes' ? options.minuteIntervalS : interval;
  const sourceAt = message.header.QN === undefined ? null : beijingMs(message.header.QN);
  /** An analyser that needs an hour for a sample reports the same sample many times. */
  const sampled = measure.sampleTime !== null && beijingMs(measure.sampleTime) !== null;
  const digits = sampled ? measure.sampleTime : measure.dataTime;
  const name = digits ?? `QN${message.header.QN ?? ''}`;
  if (digits === null) return { observedAt: null, sourceAt, intervalS, name, flags: ['partial'] as QualityFlag[] };

  const stated = judgeClock(beijingMs(digits), receivedAt);
  const shiftMs = !sampled && options.dataTime === 'start' ? (intervalS ?? 0) * 1_000 : 0;
  const observedAt = stated.at === null ? null : stated.at + shiftMs;
  const flags = [...stated.flags];
  const lateMs = promptMs + 2 * (intervalS ?? 0) * 1_000;
  if (!sampled && observedAt !== null && sourceAt !== null && sourceAt - observedAt > lateMs) flags.push('backfill');
  return { observedAt, sourceAt, intervalS, name, flags };
}

/** A mobile unit sends its place as two more codes, in degrees. */
function placeOf(measures: readonly Measure[], { crs }: MapContext<Hj212Options>): Geometry | null {
  const degreesOf = (code: string): number | null => {
    const measure = measures.find((one) => one.code === code && one.kind === 'value');
    return measure && judgeMark(measure.mark)[0] === 'good' ? readNumber(measure.text).value : null;
  };
  const [lon, lat] = [degreesOf('l01001'), degreesOf('l01002')];
  if (lon === null || lat === null || Math.abs(lon) > 180 || Math.abs(lat) > 90 || (lon === 0 && lat === 0))
    return null;
  return { type: 'Point', coordinates: toWgs84([lon, lat], crs) };
}
