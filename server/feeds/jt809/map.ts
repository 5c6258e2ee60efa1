import type { FeedRecord, PositionRecord, QualityFlag, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { vehiclePosition } from '../vehicle-position.ts';
import { alarmAlerts } from './alarm-alerts.ts';
import { vehicleKey } from './alarms.ts';
import type { Jt809Message } from './message.ts';
import type { Jt809Options } from './options.ts';
import type { Position } from './position.ts';

/** Positions → position records, alarms → alerts. Everything else is for the message view and for its answer. */
export function map(message: Jt809Message, context: MapContext<Jt809Options>): readonly (FeedRecord | Refusal)[] {
  if (message.sealed) return [refuse('unsupported', 'the body is enciphered')];
  const positions = message.positions.map((position) =>
    isRefusal(position) ? position : positionRecord(message, position, context),
  );
  return [...positions, ...alarmAlerts(message, context)];
}

function positionRecord(
  message: Jt809Message,
  position: Position,
  { crs, receivedAt }: MapContext<Jt809Options>,
): PositionRecord {
  const { header, vehicle } = message;
  const plate = vehicle?.plate ?? '';
  const flags: QualityFlag[] = message.flags.filter((flag) => flag !== 'partial');
  if (plate === '' || plate.includes('\ufffd')) flags.push('enum_unknown');
  if (position.encrypt > 1) flags.push('crs_suspect');
  if (position.form === '2019' && position.platforms.length === 0) flags.push('partial');
  const record = vehiclePosition(position.location, {
    subject: { scheme: 'jt809', key: vehicleKey(plate, vehicle?.colour ?? 0) },
    receivedAt,
    crs,
    flags,
    serial: header.serial,
    extras: extrasOf(message, position),
  });
  return { ...record, relayedAt: header.sentAt };
}

function extrasOf(message: Jt809Message, { platforms }: Position): Record<string, Scalar> {
  const { subId, header, vehicle } = message;
  const extras: Record<string, Scalar> = {
    messageId: subId,
    serial: header.serial,
    centerId: header.centerId,
    plate: vehicle?.plate ?? null,
    plateColour: vehicle?.colourName ?? null,
  };
  platforms.forEach(({ platform, alarms }, at) => {
    if (platform !== '') extras[`platform${at + 1}.code`] = platform;
    if (alarms.length > 0) extras[`platform${at + 1}.alarms`] = alarms.join(' ');
  });
  return extras;
}
