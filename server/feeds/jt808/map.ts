import type { FeedRecord, Quality, QualityFlag, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { type LonLat, toWgs84 } from '../datum.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { hex, terminalKey } from './header.ts';
import type { Location } from './location.ts';
import type { Jt808Message } from './message.ts';
import type { Jt808Options } from './options.ts';

/** No road is higher, and the field has no sign: more is a depth below sea level or nonsense. */
const highestM = 9_000;
const aheadMs = 5 * 60_000;
const firstYear = 2010;

/** Messages → position records. Alarms and inputs travel in `extras`; a flag that is absent is not raised. */
export function map(message: Jt808Message, context: MapContext<Jt808Options>): readonly (FeedRecord | Refusal)[] {
  return locationsOf(message).map((location) =>
    isRefusal(location) ? location : position(message, location, context),
  );
}

const locationsOf = ({ body }: Jt808Message): readonly (Location | Refusal)[] =>
  body.locations ?? (body.location ? [body.location] : []);

function position(message: Jt808Message, location: Location, context: MapContext<Jt808Options>): FeedRecord {
  const key = terminalKey(message.header.terminal);
  const clock = readClock(location, context.receivedAt);
  const place = readPlace(location, context);
  const altitudeM = location.altitudeM <= highestM ? location.altitudeM : null;
  const speedMps = location.speedKmh < 6553.5 ? location.speedKmh / 3.6 : null;
  const headingDeg = location.directionDeg <= 360 ? location.directionDeg % 360 : null;
  const flags = new Set<QualityFlag>([
    ...message.flags.filter((flag) => flag !== 'partial'),
    ...clock.flags,
    ...place.flags,
  ]);
  if (location.additional.torn !== null) flags.add('partial');
  if (altitudeM === null || headingDeg === null) flags.add('over_range');
  if (speedMps === null) flags.add('sentinel_value');
  if (/^0+$/.test(key) || /[a-f]/.test(key)) flags.add('enum_unknown');

  return {
    kind: 'position',
    subject: { scheme: 'jt808', key },
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: null,
    receivedAt: context.receivedAt,
    geometry: place.lonLat && { type: 'Point', coordinates: place.lonLat },
    crsReceived: place.crs,
    geometrySource: place.lonLat ? 'message' : 'none',
    quality: judge(flags, place.outside),
    dedupeKey: [
      `jt808:${key}`,
      location.time ?? `${location.timeBcd}#${message.header.serial}`,
      place.lonLat ? place.lonLat.map((degrees) => degrees.toFixed(5)).join(',') : 'nowhere',
      /** An SOS pressed in the second of the last report is another fact. */
      hex(location.alarmFlag, 8),
    ].join('|'),
    revision: 0,
    privacy: 'none',
    altitudeM,
    speedMps: speedMps === null ? null : Math.round(speedMps * 1000) / 1000,
    headingDeg,
    accuracyM: null,
    fixed: location.status.fixed,
    extras: extrasOf(message, location),
  };
}

function judge(flags: ReadonlySet<QualityFlag>, outside: boolean): Quality {
  const harmless: QualityFlag[] = ['backfill', 'checksum_variant', 'crs_assumed'];
  const suspect = [...flags].some((flag) => !harmless.includes(flag));
  const state = outside ? 'bad' : flags.has('zero_position') ? 'missing' : suspect ? 'suspect' : 'good';
  return { state, flags: [...flags] };
}

function readClock({ time }: Location, receivedAt: number | null) {
  if (time === null) return { observedAt: null, sourceAt: null, flags: ['clock_invalid'] as const };
  const sourceAt = Date.parse(time);
  const year = Number(time.slice(0, 4));
  const lastYear = receivedAt === null ? null : new Date(receivedAt).getUTCFullYear() + 1;
  if (year < firstYear || (lastYear !== null && year > lastYear))
    return { observedAt: null, sourceAt, flags: ['clock_invalid'] as const };
  const ahead = receivedAt !== null && sourceAt > receivedAt + aheadMs;
  return { observedAt: sourceAt, sourceAt, flags: ahead ? (['clock_ahead'] as const) : [] };
}

/** The bit of the message overrules what the source declares. A place outside the globe is not shown, its alarms are. */
function readPlace({ lat, lon, status }: Location, context: MapContext<Jt808Options>) {
  const crs = status.shifted ? 'gcj02' : context.crs;
  const flags: QualityFlag[] = status.fixed ? [] : ['no_fix'];
  const nowhere = (flag: QualityFlag, outside: boolean) => ({ crs, lonLat: null, outside, flags: [...flags, flag] });
  if (lat === 0 && lon === 0) return nowhere('zero_position', false);
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return nowhere('over_range', true);
  if (crs === 'unknown') flags.push('crs_assumed');
  const lonLat: LonLat = toWgs84([lon, lat], crs);
  return { crs, lonLat, outside: false, flags };
}

function extrasOf(message: Jt808Message, location: Location): Record<string, Scalar> {
  const { alarms, status, additional } = location;
  const extras: Record<string, Scalar> = { messageId: message.messageId, serial: message.header.serial };
  for (const alarm of alarms) extras[`alarm.${alarm}`] = true;
  extras['status.acc'] = status.acc;
  extras['status.inService'] = !status.outOfService;
  extras['status.load'] = status.load;
  for (const name of status.set) extras[`status.${name}`] = true;
  for (const item of additional.items) {
    if (!item.values) extras[`io.${item.id}`] = item.raw;
    else
      for (const [name, value] of Object.entries(item.values))
        extras[`io.${name}`] = typeof value === 'object' && value !== null ? value.join(' ') : (value as Scalar);
  }
  const { mediaId, mediaType } = message.body;
  if (typeof mediaId === 'number') extras['media.id'] = mediaId;
  if (typeof mediaType === 'string') extras['media.type'] = mediaType;
  if (message.signOn) extras['session.signedOn'] = message.signOn.signedOn;
  return extras;
}
