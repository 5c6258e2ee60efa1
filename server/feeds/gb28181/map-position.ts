import type { PositionRecord, QualityFlag, Scalar } from '@/server/wire/record.ts';
import { clockIn, envelopeOf, type Gb28181Context, numberIn, placeIn, scheme, stampOf } from './envelope.ts';
import { itemsIn, type Manscdp, textIn, type Values } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';

/** No road and no drone of a city is higher. */
const highestM = 9_000;
const fastestKmh = 1_200;
const mostExtras = 32;
const known = new Set(
  'time,capturetime,gpstime,longitude,latitude,speed,direction,altitude,height,deviceid,result,devicelist,num,sumnum'.split(
    ',',
  ),
);

/** One position, or in the 2022 edition a list of them. An answer to the subscription itself carries none. */
export function mapPositions(message: Gb28181Message, body: Manscdp, context: Gb28181Context): PositionRecord[] {
  const items = itemsIn(body.values, 'DeviceList');
  if (items.length > 0)
    return items.map((item) =>
      position(message, { deviceId: textIn(item, 'DeviceID') ?? body.deviceId, values: item, body }, context),
    );
  const says = textIn(body.values, 'Longitude') ?? textIn(body.values, 'Latitude') ?? textIn(body.values, 'Time');
  return says === null ? [] : [position(message, { deviceId: body.deviceId, values: body.values, body }, context)];
}

type Of = { readonly deviceId: string; readonly values: Values; readonly body: Manscdp };

function position(message: Gb28181Message, { deviceId, values, body }: Of, context: Gb28181Context): PositionRecord {
  const key = deviceId.slice(0, 64);
  const time = textIn(values, 'Time') ?? textIn(values, 'CaptureTime') ?? textIn(values, 'GPSTime');
  const clock = clockIn(time, context.receivedAt);
  const place = placeIn(values, context);
  const flags: QualityFlag[] = place === null ? ['no_fix'] : [];
  const inRange = (value: number | null, low: number, high: number): number | null => {
    if (value === null || (value >= low && value <= high)) return value;
    flags.push('over_range');
    return null;
  };
  const speedKmh = inRange(numberIn(values, 'Speed'), 0, fastestKmh);
  const direction = inRange(numberIn(values, 'Direction'), 0, 360);
  const altitudeM = inRange(numberIn(values, 'Altitude'), -500, highestM);
  const heightM = numberIn(values, 'Height');
  const extras: Record<string, Scalar> = { command: body.command };
  if (message.sip?.from.user) extras.sender = message.sip.from.user;
  if (heightM !== null) extras.heightM = heightM;
  for (const [name, value] of Object.entries(values)) {
    if (Object.keys(extras).length >= mostExtras) break;
    if (typeof value === 'string' && value !== '' && !known.has(name.toLowerCase()))
      extras[`gb.${name.slice(0, 100)}`] = value.slice(0, 500);
  }
  return {
    kind: 'position',
    ...envelopeOf({ message, context, key, clock, place, flags }),
    dedupeKey: [
      `${scheme}:${key}`,
      'position',
      clock.at ?? stampOf(message, context.receivedAt),
      place?.text ?? 'nowhere',
    ].join('|'),
    altitudeM,
    speedMps: speedKmh === null ? null : Math.round((speedKmh / 3.6) * 1_000) / 1_000,
    headingDeg: direction === null ? null : direction % 360,
    accuracyM: null,
    fixed: null,
    extras,
  };
}
