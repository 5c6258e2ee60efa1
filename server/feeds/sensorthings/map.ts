import type { FeedRecord, QualityFlag, ReadingRecord, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { judgeTime, readIsoSpan, readIsoTime } from '../iso-time.ts';
import { readGeometry } from '../read-geometry.ts';
import type { JsonValue } from '../read-json.ts';
import { cut } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { measuredIn, ucumOf } from '../units.ts';
import type { Component, Observation, SensorThingsDocument, Stream } from './message.ts';
import type { SensorThingsOptions } from './options.ts';

type Context = MapContext<SensorThingsOptions>;
const longestRaw = 200;
const mostParts = 100;

export function map(document: SensorThingsDocument, context: Context): readonly (FeedRecord | Refusal)[] {
  const named = document.observations.map((one) => (one.stream.key === null ? ofFeed(one, context) : one));
  return [...named.flatMap((one) => readingsOf(one, context)), ...document.unreadable];
}

/** The stream that the feed's options name for answers that name none. */
function ofFeed(observation: Observation, { options: { stream } }: Context): Observation {
  if (!stream) return observation;
  const { id, thing, property = null, unit = null } = stream;
  const around = observation.stream;
  const components = around.components.length > 0 ? around.components : [{ property, unit }];
  const key = `Datastream(${id})`;
  return { ...observation, stream: { ...around, key, thing: thing ? `Thing(${thing})` : around.thing, components } };
}

function timesOf({ phenomenonTime, resultTime }: Observation, { receivedAt, options }: Context) {
  const zone = options.zone ?? '+08:00';
  const flags = new Set<QualityFlag>();
  const result = resultTime === null ? null : readIsoTime(resultTime, zone);
  const span = phenomenonTime === null ? null : readIsoSpan(phenomenonTime, zone);
  const stated = span?.to ?? (phenomenonTime === null ? result : null);
  if (phenomenonTime === null && resultTime === null) {
    // The standard: without a time, the moment at which the server took it.
    if (receivedAt === null) flags.add('partial');
    return { at: receivedAt, resultAt: null, intervalS: null, flags };
  }
  const clock = judgeTime(stated, receivedAt);
  for (const flag of clock.flags) flags.add(flag);
  const length = span?.from ? Math.round((span.to.at - span.from.at) / 1000) : 0;
  return { at: clock.at, resultAt: result?.at ?? null, intervalS: length > 0 ? length : null, flags };
}

/** One result, or one per component of a MultiDatastream. */
function readingsOf(observation: Observation, context: Context): (ReadingRecord | Refusal)[] {
  const { stream, result } = observation;
  if (stream.key === null)
    return [refuse('schema', `observation ${observation.id ?? ''} names no Datastream: ask with $expand=Datastream`)];
  const several = stream.components.length > 1;
  if (!several && !Array.isArray(result)) return [reading(observation, { context, at: 0, result })];
  // A MultiDatastream of one part, or one that the answer does not describe.
  if (!several && Array.isArray(result) && result.length > 0 && result.length <= mostParts)
    return result.map((part, at) => reading(observation, { context, at, result: part, of: result.length }));
  if (!Array.isArray(result) || result.length !== stream.components.length)
    return [refuse('length', `${stream.key}: a result that has not ${stream.components.length} parts`)];
  return result.map((part, at) => reading(observation, { context, at, result: part }));
}

type Part = {
  readonly context: Context;
  readonly at: number;
  readonly result: JsonValue;
  /** How many parts a result has that nothing describes. */
  readonly of?: number;
};

function reading(observation: Observation, { context, at, result, of = 1 }: Part): ReadingRecord {
  const { stream } = observation;
  const times = timesOf(observation, context);
  const found = resultOf(result);
  const component: Component = stream.components[at] ?? { property: null, unit: null };
  const counts = component.counts === true && found.value !== null;
  const ucum = counts ? '1' : component.unit === null ? null : ucumOf(component.unit);
  const measured = found.value === null ? null : inKept(found.value, ucum);
  const feature = readGeometry(observation.feature ?? undefined, context.crs);
  const place = feature.geometry ? feature : readGeometry(stream.location ?? undefined, context.crs);
  const flags = new Set<QualityFlag>([...times.flags, ...found.flags, ...place.flags]);
  if (component.unit !== null && ucum === null && found.value !== null) flags.add('enum_unknown');
  if (component.unit === null && found.value !== null && !found.truth && !counts) flags.add('unit_assumed');
  const statistic = counts ? 'count' : times.intervalS === null ? 'instant' : 'mean';
  const property = cut(propertyName(stream, at, of), 512);
  const stamp = times.at === null ? `observation ${observation.id ?? 'unknown'}` : new Date(times.at).toISOString();
  // A result of a later run of the procedure corrects that of an earlier one.
  const later = times.resultAt !== null && times.at !== null ? Math.floor((times.resultAt - times.at) / 1000) : 0;
  const judged = qualityOf(observation.resultQuality);
  return {
    kind: 'reading',
    subject: { scheme: 'sensorthings', key: cut(stream.thing ?? stream.key ?? '', 256) },
    observedAt: times.at,
    sourceAt: times.resultAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: place.geometry,
    crsReceived: context.crs,
    geometrySource: place.geometry ? 'message' : 'none',
    quality: {
      state: found.missing ? 'missing' : (judged ?? (flags.size > 0 ? 'suspect' : 'good')),
      flags: [...flags],
    },
    dedupeKey: cut(['sensorthings', stream.key, at, statistic, stamp].join('|'), 1024),
    revision: Math.min(2_147_483_647, Math.max(0, later)),
    privacy: 'none',
    property,
    statistic,
    intervalS: times.intervalS,
    value: measured?.value ?? null,
    unit: measured?.unit ?? ucum,
    rawValue: rawOf(result),
    rawUnit: component.unit === null ? null : cut(component.unit, 512),
    limit: null,
  };
}

/** The units that readings of other feeds are kept in; what has no family stays as it is. */
const wanted: Readonly<Record<string, string>> = {
  ...{ '[degF]': 'Cel', K: 'Cel', 'km/h': 'm/s', '[kn_i]': 'm/s', '[mi_i]/h': 'm/s', 'cm/s': 'm/s' },
  ...{ Pa: 'hPa', kPa: 'hPa', mbar: 'hPa', bar: 'hPa', cm: 'm', '[ft_i]': 'm', '[in_i]': 'mm' },
  ...{ 'L/s': 'm3/s', 'm3/h': 'm3/s', 'L/min': 'm3/s', 'mS/cm': 'uS/cm' },
};
const inKept = (value: number, ucum: string | null) =>
  ucum === null ? { value, unit: null } : measuredIn(value, ucum, wanted[ucum] ?? ucum);

type Found = {
  readonly value: number | null;
  readonly missing: boolean;
  readonly truth?: boolean;
  readonly flags: readonly QualityFlag[];
};

/** A text is a category: no value, its words in `rawValue`, and still good. */
function resultOf(result: JsonValue): Found {
  if (typeof result === 'number')
    return [-999, -9999, -99_999].includes(result)
      ? { value: null, missing: true, flags: ['sentinel_value'] }
      : { value: result, missing: false, flags: [] };
  if (typeof result === 'boolean') return { value: result ? 1 : 0, missing: false, truth: true, flags: [] };
  if (typeof result !== 'string') return { value: null, missing: true, flags: result === null ? [] : ['partial'] };
  const text = result.trim();
  if (text === '' || /^(?:nan|null|[+-]?inf(?:inity)?)$/i.test(text)) return { value: null, missing: true, flags: [] };
  const number = /^[+-]?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  return { value: Number.isFinite(number) ? number : null, missing: false, flags: [] };
}

const rawOf = (result: JsonValue): Scalar =>
  typeof result === 'string' ? cut(result, longestRaw) : typeof result === 'object' ? null : result;

const words = (value: JsonValue, depth = 0): string =>
  typeof value === 'string'
    ? value
    : depth < 3 && typeof value === 'object' && value !== null
      ? Object.values(value)
          .slice(0, 20)
          .map((one) => words(one, depth + 1))
          .join(' ')
      : '';

/** The standard leaves the words free; these are what servers write. Null where it says nothing we know. */
function qualityOf(quality: JsonValue): 'good' | 'suspect' | 'bad' | null {
  const text = words(quality).toLowerCase();
  if (/\b(?:bad|invalid|fault|faulty|error|wrong)\b/.test(text)) return 'bad';
  return /\b(?:suspect|questionable|doubtful|uncertain|estimated|unverified)\b/.test(text) ? 'suspect' : null;
}

const propertyName = (stream: Stream, at: number, of: number): string => {
  const { property } = (of > 1 ? null : stream.components[at]) ?? { property: null };
  const several = Math.max(of, stream.components.length) > 1 ? `.${at + 1}` : '';
  return property ?? `${stream.name ?? stream.key ?? 'unknown'}${several}`;
};
