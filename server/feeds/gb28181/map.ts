import type { FeedRecord } from '@/server/wire/record.ts';
import type { Refusal } from '../refusal.ts';
import type { Gb28181Context } from './envelope.ts';
import type { Manscdp } from './manscdp.ts';
import { mapAlarm } from './map-alarm.ts';
import { mapPositions } from './map-position.ts';
import { catalogOf, deviceStatusOf, keepaliveOf, readingOf, standingOf } from './map-status.ts';
import type { Gb28181Message } from './message.ts';

type Mapping = (message: Gb28181Message, body: Manscdp, context: Gb28181Context) => readonly FeedRecord[];

const catalog: Mapping = (message, body, context) =>
  catalogOf(body, context).map((one) => readingOf(one, message, context));
const positions: Mapping = (message, body, context) => mapPositions(message, body, context);

/** What makes records, by root and command. Everything else (RecordInfo, MediaStatus, DeviceInfo, queries) is for the message view. */
const mappings: Readonly<Record<string, Mapping>> = {
  'Notify Keepalive': (message, body, context) => keepaliveOf(body).map((one) => readingOf(one, message, context)),
  'Response Catalog': catalog,
  'Notify Catalog': catalog,
  'Response DeviceStatus': (message, body, context) =>
    deviceStatusOf(body).map((one) => readingOf(one, message, context)),
  'Notify Alarm': (message, body, context) => [mapAlarm(message, body, context)],
  'Notify MobilePosition': positions,
  'Response MobilePosition': positions,
};

export function map(message: Gb28181Message, context: Gb28181Context): readonly (FeedRecord | Refusal)[] {
  const { body } = message;
  const own = standingOf(message).map((one) => readingOf(one, message, context));
  const key = body ? `${body.root} ${body.command}` : '';
  return body && Object.hasOwn(mappings, key) ? [...own, ...mappings[key]!(message, body, context)] : own;
}
