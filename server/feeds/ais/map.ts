import type { FeedRecord, Quality, QualityFlag, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { type LonLat, toWgs84 } from '../datum.ts';
import { readClock } from './clock.ts';
import { mmsiKind } from './codes.ts';
import type { AisMessage, AisRead } from './message.ts';

const knotMps = 1852 / 3600;
/** What the standard promises with the accuracy bit. */
const accurateM = 10;

const positionTypes: ReadonlySet<number> = new Set([1, 2, 3, 4, 9, 11, 18, 19, 21, 27]);
const sartActive = 14;
const distress: ReadonlySet<string | null> = new Set(['sart', 'man overboard', 'epirb']);

/** Positions → records, with what is known of the vessel. Everything else is for the message view and for the session. */
export const map = (read: AisRead, context: MapContext): readonly FeedRecord[] =>
  read.kind === 'message' && positionTypes.has(read.type) ? [position(read, context)] : [];

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function position(message: AisMessage, context: MapContext): FeedRecord {
  const { fields, mmsi, type } = message;
  const clock = readClock(message, context.receivedAt);
  const place = readPlace(message, context);
  const speedKn = numberOf(fields.speedKn);
  const flags = new Set<QualityFlag>([...message.flags, ...clock.flags, ...place.flags]);
  const { second } = fields;
  if (second === 61) flags.add('manual');
  if (second === 63 || fields.offPosition === true) flags.add('sensor_fault');
  if (mmsiKind(mmsi) === null) flags.add('enum_unknown');
  return {
    kind: 'position',
    subject: { scheme: 'ais', key: mmsi },
    observedAt: clock.observedAt,
    sourceAt: clock.sourceAt,
    relayedAt: clock.relayedAt,
    receivedAt: context.receivedAt,
    geometry: place.lonLat && { type: 'Point', coordinates: place.lonLat },
    crsReceived: context.crs,
    geometrySource: place.lonLat ? 'message' : 'none',
    quality: judge(flags, place),
    dedupeKey: [
      `ais:${mmsi}`,
      stampOf(message, clock.sourceAt ?? clock.observedAt),
      place.lonLat ? place.lonLat.map((degrees) => degrees.toFixed(5)).join(',') : 'nowhere',
    ].join('|'),
    revision: 0,
    privacy: 'none',
    altitudeM: numberOf(fields.altitudeM),
    speedMps: speedKn === null ? null : Math.round(speedKn * knotMps * 1000) / 1000,
    headingDeg: numberOf(fields.headingDeg) ?? numberOf(fields.courseDeg),
    accuracyM: place.lonLat && fields.accurate === true ? accurateM : null,
    fixed: place.lonLat === null ? false : type === 21 ? null : typeof second === 'number' ? second <= 60 : null,
    extras: extrasOf(message),
  };
}

/** Two receivers hear one message: the second of its fix makes it one fact. Without any clock only its content tells. */
const stampOf = ({ fields, type }: AisMessage, at: number | null): string =>
  at === null ? `type ${type} second ${String(fields.second ?? '')}` : new Date(at).toISOString();

function readPlace({ fields }: AisMessage, context: MapContext) {
  const nowhere = (flags: readonly QualityFlag[]) => ({ lonLat: null, flags });
  const { lon, lat } = fields;
  if (typeof lon !== 'number' || typeof lat !== 'number') return nowhere(['sentinel_value']);
  if (lon === 0 && lat === 0) return nowhere(['zero_position']);
  const flags: QualityFlag[] = context.crs === 'unknown' ? ['crs_assumed'] : [];
  const lonLat: LonLat = toWgs84([round(lon), round(lat)], context.crs);
  return { lonLat, flags };
}

/** 1/10000 of a minute is 0.2 m: seven decimals hold it. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

const harmless: ReadonlySet<QualityFlag> = new Set(['crs_assumed', 'manual', 'enum_unknown']);

function judge(flags: ReadonlySet<QualityFlag>, { lonLat }: { lonLat: LonLat | null }): Quality {
  const suspect = [...flags].some((flag) => !harmless.has(flag));
  const state = lonLat === null ? (flags.has('over_range') ? 'bad' : 'missing') : suspect ? 'suspect' : 'good';
  return { state, flags: [...flags] };
}

/** Names of fields that stand in `extras` where the message states them. */
const told = [
  'status',
  'statusName',
  'rotDegPerMin',
  'turning',
  'courseDeg',
  'headingDeg',
  'speedKn',
  'raim',
  'manoeuvreName',
  'aidType',
  'aidTypeName',
  'aidName',
  'virtual',
  'offPosition',
  'fixerName',
  'shipName',
  'shipType',
  'shipTypeName',
  'latent',
] as const;

function extrasOf({ type, repeat, mmsi, fields, carrier, vessel }: AisMessage): Record<string, Scalar> {
  const kind = mmsiKind(mmsi);
  const extras: Record<string, Scalar> = { messageType: type, repeat, mmsiKind: kind };
  if (carrier.channel) extras.channel = carrier.channel;
  if (carrier.station) extras.station = carrier.station;
  if (carrier.formatter === 'VDO') extras.own = true;
  for (const name of told) {
    const value = fields[name];
    if (value !== undefined && value !== null && typeof value !== 'object') extras[name] = value;
  }
  for (const [name, value] of Object.entries(vessel ?? {})) if (value != null) extras[`vessel.${name}`] = value;
  // A beacon in the water that says "active" is a call for help; a ship that sends the same number only has a wrong switch.
  if (distress.has(kind) && fields.status === sartActive) extras['alarm.emergency'] = true;
  return extras;
}
