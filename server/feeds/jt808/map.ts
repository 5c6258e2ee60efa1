import type { FeedRecord, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { Location } from '../vehicle-location.ts';
import { vehiclePosition } from '../vehicle-position.ts';
import { terminalKey } from './header.ts';
import type { Jt808Message } from './message.ts';
import type { Jt808Options } from './options.ts';

/** Messages → position records. */
export function map(message: Jt808Message, context: MapContext<Jt808Options>): readonly (FeedRecord | Refusal)[] {
  return locationsOf(message).map((location) =>
    isRefusal(location) ? location : position(message, location, context),
  );
}

const locationsOf = ({ body }: Jt808Message): readonly (Location | Refusal)[] =>
  body.locations ?? (body.location ? [body.location] : []);

function position(message: Jt808Message, location: Location, context: MapContext<Jt808Options>): FeedRecord {
  const key = terminalKey(message.header.terminal);
  const odd = /^0+$/.test(key) || /[a-f]/.test(key);
  return vehiclePosition(location, {
    subject: { scheme: 'jt808', key },
    receivedAt: context.receivedAt,
    crs: context.crs,
    flags: [...message.flags.filter((flag) => flag !== 'partial'), ...(odd ? (['enum_unknown'] as const) : [])],
    serial: message.header.serial,
    extras: extrasOf(message),
  });
}

function extrasOf({ messageId, header, body, signOn }: Jt808Message): Record<string, Scalar> {
  const extras: Record<string, Scalar> = { messageId, serial: header.serial };
  const { mediaId, mediaType } = body;
  if (typeof mediaId === 'number') extras['media.id'] = mediaId;
  if (typeof mediaType === 'string') extras['media.type'] = mediaType;
  if (signOn) extras['session.signedOn'] = signOn.signedOn;
  return extras;
}
