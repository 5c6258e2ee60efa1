import type { FeedRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { type LonLat, toWgs84 } from '../datum.ts';
import { readIsoTime } from '../iso-time.ts';
import { beijingMs, judgeClock } from '../source-clock.ts';
import { textIn, type Values } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';
import type { Gb28181Options } from './options.ts';

export type Gb28181Context = MapContext<Gb28181Options>;

export const scheme = 'gb28181';

/** A number as devices write it; null where it is none or absent. */
export function numberIn(values: Values, name: string): number | null {
  const text = textIn(values, name);
  return text !== null && /^[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})$/.test(text) ? Number(text) : null;
}

export type Clock = {
  readonly at: number | null;
  readonly text: string | null;
  readonly flags: readonly QualityFlag[];
};

/** `2026-06-15T08:30:00` in Beijing time, which the standard means and does not say; a space, fractions and plain digits are seen too. */
export function clockIn(text: string | null, receivedAt: number | null): Clock {
  if (text === null) return { at: null, text, flags: ['clock_invalid'] };
  const padded = text.trim().replace(/(?<=[-T :])(\d)(?=[-T :]|$)/g, '0$1');
  const at = readIsoTime(padded)?.at ?? beijingMs(padded);
  const judged = judgeClock(at, receivedAt);
  return { at: judged.at, text: text.slice(0, 64), flags: judged.flags };
}

export type Place = {
  readonly geometry: { type: 'Point'; coordinates: LonLat } | null;
  readonly flags: readonly QualityFlag[];
  readonly outside: boolean;
  readonly crs: Gb28181Context['crs'];
  /** As sent, for keys. */
  readonly text: string;
};

/** Null where the message names no place. Which datum it is in no message says: the feed's, and flagged. */
export function placeIn(values: Values, { crs }: Gb28181Context): Place | null {
  const [lonText, latText] = [textIn(values, 'Longitude'), textIn(values, 'Latitude')];
  if (lonText === null && latText === null) return null;
  const [lon, lat] = [numberIn(values, 'Longitude'), numberIn(values, 'Latitude')];
  const text = `${lonText ?? ''},${latText ?? ''}`.slice(0, 64);
  const nowhere = (flag: QualityFlag, outside: boolean): Place => ({
    geometry: null,
    flags: [flag],
    outside,
    crs,
    text,
  });
  if (lon === null || lat === null) return nowhere('no_fix', false);
  if (lon === 0 && lat === 0) return nowhere('zero_position', false);
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return nowhere('over_range', true);
  return {
    geometry: { type: 'Point', coordinates: toWgs84([lon, lat], crs) },
    flags: ['crs_assumed'],
    outside: false,
    crs,
    text,
  };
}

/** What tells one message from another where it carries no time. */
export function stampOf({ sip, body }: Gb28181Message, receivedAt: number | null): string {
  if (sip) return `${sip.callId}/${sip.sequence}`;
  return `sn ${body?.sn ?? ''}@${receivedAt ?? ''}`;
}

/** A name that was cut, a length that was miscounted: what else the message says is none the worse. */
const harmless: ReadonlySet<QualityFlag> = new Set(['crs_assumed', 'partial', 'length_bad']);

type Common = Pick<
  FeedRecord,
  | 'subject'
  | 'observedAt'
  | 'sourceAt'
  | 'relayedAt'
  | 'receivedAt'
  | 'geometry'
  | 'crsReceived'
  | 'geometrySource'
  | 'quality'
  | 'revision'
  | 'privacy'
>;
type Of = {
  readonly message: Gb28181Message;
  readonly context: Gb28181Context;
  readonly key: string;
  /** Absent: the message has no time of its own, and is true as it comes. */
  readonly clock?: Clock;
  readonly place: Place | null;
  readonly flags?: readonly QualityFlag[];
};

/** What records of all kinds share. */
export function envelopeOf({ message, context, key, clock, place, flags = [] }: Of): Common {
  const all = [...new Set([...message.flags, ...(clock?.flags ?? []), ...(place?.flags ?? []), ...flags])];
  const suspect = all.some((flag) => !harmless.has(flag));
  const missing = place !== null && place.geometry === null && !place.outside;
  return {
    subject: { scheme, key },
    observedAt: clock ? clock.at : context.receivedAt,
    sourceAt: clock?.at ?? null,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: place?.geometry ?? null,
    crsReceived: place?.geometry ? place.crs : 'unknown',
    geometrySource: place?.geometry ? 'message' : 'none',
    quality: { state: place?.outside ? 'bad' : missing ? 'missing' : suspect ? 'suspect' : 'good', flags: all },
    revision: 0,
    privacy: 'none',
  };
}
