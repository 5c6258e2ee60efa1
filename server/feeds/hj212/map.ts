import type { FeedRecord, Geometry, QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { toWgs84 } from '../datum.ts';
import { type Clock, clockOf } from './clock.ts';
import { type Medium, mediumOf, sumUnitOf, type Unit, unitOf } from './codes.ts';
import { commands } from './commands.ts';
import { type Measure, measuresOf, readSuffix } from './measures.ts';
import type { Hj212Message } from './message.ts';
import type { Hj212Options } from './options.ts';
import { judgeMark, qualityOf } from './quality.ts';

/** Values → reading records, one for each code and statistic. Requests, answers, notices without values and settings become none. */
export function map(message: Hj212Message, context: MapContext<Hj212Options>): readonly FeedRecord[] {
  const kind = commands[message.command]?.kind ?? 'data';
  const carries = kind === 'data' || (kind === 'notice' && message.command === '2072');
  if (!carries || message.role === 'request') return [];
  const measures = measuresOf(message);
  const place = placeOf(measures, context);
  const clock = clockOf(message, context);
  const medium = mediumOf(message.header.ST!);
  return measures.flatMap((measure) => reading(message, measure, { context, place, clock, medium }) ?? []);
}

type Surroundings = {
  readonly context: MapContext<Hj212Options>;
  readonly place: Geometry | null;
  readonly clock: (measure: Measure) => Clock;
  readonly medium: Medium;
};

function reading(message: Hj212Message, measure: Measure, around: Surroundings): ReadingRecord | null {
  const { context, place, medium } = around;
  const { statistic } = readSuffix(measure.suffix)!;
  const value = readNumber(measure.text);
  /** Text under an unknown suffix is no measurement; it stays in the message. */
  if (measure.kind === 'other' && value === null) return null;
  const key = message.header.MN!;
  const property = propertyOf(measure);
  const { unit, assumed } = unitFor(medium, measure);
  const clock = around.clock(measure);
  const [state, markFlag] = judgeMark(measure.mark);
  const flags: QualityFlag[] = [...message.flags, ...clock.flags];
  if (markFlag) flags.push(markFlag);
  if (assumed) flags.push('unit_assumed');
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
    quality: qualityOf(state, value !== null, flags),
    dedupeKey: `hj212:${key}|${property}|${statistic}|${message.command}|${clock.name}`,
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
  const name = kind === 'value' || kind === 'sum' ? code : `${code}-${suffix}`;
  return (converted ? `${code}-Zs` : name).slice(0, longestProperty);
}

function unitFor(medium: Medium, { code, kind }: Measure): Unit {
  if (kind === 'value' || kind === 'part') return unitOf(code, medium);
  if (kind === 'sum') return sumUnitOf(code, medium);
  return { unit: kind === 'hours' ? 'h' : null, assumed: false };
}

/** Anything but a plain decimal number is no value: `-`, `NaN`, an empty field. */
function readNumber(text: string): number | null {
  return /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : null;
}

/** A mobile unit sends its place as two more codes, in degrees. */
function placeOf(measures: readonly Measure[], { crs }: MapContext<Hj212Options>): Geometry | null {
  const degreesOf = (code: string): number | null => {
    const measure = measures.find((one) => one.code === code && one.kind === 'value');
    return measure && judgeMark(measure.mark)[0] === 'good' ? readNumber(measure.text) : null;
  };
  const [lon, lat] = [degreesOf('l01001'), degreesOf('l01002')];
  if (lon === null || lat === null || Math.abs(lon) > 180 || Math.abs(lat) > 90 || (lon === 0 && lat === 0))
    return null;
  return { type: 'Point', coordinates: toWgs84([lon, lat], crs) };
}
