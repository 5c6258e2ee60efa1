import type { FeedRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { type IsoSpan, judgeTime, readIsoSpan, readIsoTime } from '../iso-time.ts';
import { readGeometry } from '../read-geometry.ts';
import type { JsonValue } from '../read-json.ts';
import { cut, nameOf } from '../read-json-document.ts';
import type { NgsiEntity } from './message.ts';
import type { NgsiOptions } from './options.ts';

export type NgsiContext = MapContext<NgsiOptions> & { readonly notifiedAt: string | null };
type Envelope = Pick<
  FeedRecord,
  'subject' | 'sourceAt' | 'relayedAt' | 'receivedAt' | 'geometry' | 'crsReceived' | 'geometrySource' | 'privacy'
>;

/** The first value of an attribute. */
export const heldIn = (entity: NgsiEntity, name: string): JsonValue => entity.attributes[name]?.[0]?.value ?? null;
export const nameIn = (entity: NgsiEntity, ...names: string[]): string | null => {
  for (const name of names) {
    const found = nameOf(heldIn(entity, name));
    if (found !== null) return found;
  }
  return null;
};

/** Counts: whole and not below zero. A truth where a number belongs is a converter's mistake (1 became true) and no count. */
export function countIn(entity: NgsiEntity, name: string): number | null {
  const value = numberIn(heldIn(entity, name));
  return value !== null && Number.isInteger(value) && value >= 0 && value <= 1e9 ? value : null;
}

/** Some brokers keep numbers as texts. */
export function numberIn(value: JsonValue): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d{1,20}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?\s*$/.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Many senders put the time into the id, which would make each observation a station of its own. */
const timeInId = /[-_:.]?\d{4}-\d{2}-\d{2}T\d{2}[:.-]?\d{2}.*$/;
export const stationOf = (id: string): string => id.replace(timeInId, '') || id;

export const zoneOf = (context: NgsiContext): string => context.options.zone ?? '+08:00';

const timeNames = ['dateObserved', 'observationDateTime', 'observationDate', 'TimeInstant', 'dateDetected'];
const changeNames = ['dateModified', 'modifiedAt', 'dateUpdated', 'timestamp'];

const spanIn = (entity: NgsiEntity, name: string, zone: string): IsoSpan | null => {
  const text = nameIn(entity, name);
  return text === null ? null : readIsoSpan(text, zone);
};

export type When = { readonly at: number | null; readonly intervalS: number | null; readonly flags: QualityFlag[] };

/** The entity's own time: its interval where one is given with both ends, else the instant, else when it was last changed. */
export function whenOf(entity: NgsiEntity, context: NgsiContext): When {
  const zone = zoneOf(context);
  const from = spanIn(entity, 'dateObservedFrom', zone);
  const to = spanIn(entity, 'dateObservedTo', zone);
  const bounded = from && to && from.to.at < to.to.at ? { from: from.to, to: to.to } : null;
  const stated = timeNames.map((name) => spanIn(entity, name, zone)).find((span) => span !== null);
  const changed = changeNames.map((name) => spanIn(entity, name, zone)).find((span) => span !== null);
  const span = bounded ?? stated ?? to ?? changed ?? null;
  const clock = judgeTime(span?.to ?? null, context.receivedAt);
  const flags = new Set<QualityFlag>(span ? clock.flags : []);
  // A time was given and is none, or none was given at all.
  if (!span)
    flags.add([...timeNames, 'dateObservedTo'].some((name) => nameIn(entity, name)) ? 'clock_invalid' : 'partial');
  if (!bounded && !stated && !to && changed) flags.add('partial');
  const intervalS = span?.from ? Math.round((span.to.at - span.from.at) / 1000) : null;
  return { at: clock.at, intervalS: intervalS && intervalS > 0 ? intervalS : null, flags: [...flags] };
}

/** A time of one value, which goes before that of its entity. */
export function whenSaid(text: string, context: NgsiContext): When {
  const span = readIsoSpan(text, zoneOf(context));
  const clock = judgeTime(span?.to ?? null, context.receivedAt);
  const intervalS = span?.from ? Math.round((span.to.at - span.from.at) / 1000) : 0;
  return { at: clock.at, intervalS: intervalS > 0 ? intervalS : null, flags: [...clock.flags] };
}

export const timeIn = (
  entity: NgsiEntity,
  name: string,
  context: NgsiContext,
  flags: Set<QualityFlag>,
): number | null => {
  const text = nameIn(entity, name);
  if (text === null) return null;
  const clock = judgeTime(readIsoTime(text, zoneOf(context)), context.receivedAt);
  // An end or a deadline lies ahead by its nature.
  for (const flag of clock.flags) if (flag !== 'clock_ahead') flags.add(flag);
  return clock.at;
};

/** What every record of an entity shares. */
export function envelopeOf(
  entity: NgsiEntity,
  context: NgsiContext,
): { readonly envelope: Envelope; readonly flags: readonly QualityFlag[] } {
  const place = readGeometry(heldIn(entity, 'location') ?? undefined, context.crs);
  const modified = changeNames.map((name) => nameIn(entity, name)).find((text) => text !== null);
  const relayed = context.notifiedAt === null ? null : readIsoTime(context.notifiedAt, zoneOf(context));
  return {
    envelope: {
      subject: { scheme: 'ngsi', key: stationOf(entity.id) },
      sourceAt: modified ? judgeTime(readIsoTime(modified, zoneOf(context)), context.receivedAt).at : null,
      relayedAt: relayed?.at ?? null,
      receivedAt: context.receivedAt,
      geometry: place.geometry,
      crsReceived: context.crs,
      geometrySource: place.geometry ? 'message' : 'none',
      privacy: 'none',
    },
    flags: place.flags,
  };
}

const harmless: ReadonlySet<QualityFlag> = new Set(['clock_ahead']);
export const stateOf = (flags: ReadonlySet<QualityFlag>): 'good' | 'suspect' =>
  [...flags].some((flag) => !harmless.has(flag)) ? 'suspect' : 'good';

/** The part of a dedupe key that says when; without a time each arrival is a fact of its own. */
export const stampOf = (at: number | null, receivedAt: number | null): string =>
  at !== null ? new Date(at).toISOString() : `received ${receivedAt ?? 'never'}`;

/** A value that was changed after the time it is true of corrects what was sent before: by how many seconds later. */
export const correctionOf = (observedAt: number | null, changedAt: number | null): number =>
  observedAt === null || changedAt === null
    ? 0
    : Math.min(2_147_483_647, Math.max(0, Math.floor((changedAt - observedAt) / 1000)));

/** The second of the latest change: what is later corrects what is earlier. */
export const revisionOf = (...times: readonly (number | null)[]): number =>
  Math.min(2_147_483_647, Math.max(0, ...times.map((at) => Math.floor((at ?? 0) / 1000))));

/** An address, in one line, as its country writes it: from the large to the small in none, so as the sender ordered it. */
export function placeOf(entity: NgsiEntity): string | null {
  const address = heldIn(entity, 'address');
  if (typeof address === 'string') return cut(address.trim(), 2_000) || null;
  if (typeof address !== 'object' || address === null || Array.isArray(address)) return null;
  const parts = ['streetAddress', 'addressLocality', 'district', 'addressRegion', 'addressCountry'];
  return cut(parts.flatMap((part) => nameOf(address[part]) ?? []).join(', '), 2_000) || null;
}
