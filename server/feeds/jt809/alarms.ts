import type { Jt809Message } from './message.ts';

/** An alarm as the standard's messages tell it, 0x1402 of either edition and what is like it. */
export type Alarm = {
  readonly key: string;
  readonly subject: string;
  /** Null where it is about a platform. */
  readonly plate: string | null;
  readonly type: number;
  /** Beijing time, as decoded. */
  readonly startAt: string | null;
  /** Null while it lasts. */
  readonly endAt: string | null;
  readonly text: string;
  /** 1 the terminal, 2 the operator, 3 the authority, 9 other; null in 2019, which names the platform. */
  readonly source: number | null;
  readonly place: readonly [number, number] | null;
};

/** Warnings and hints (0x1403 of 2019, 0x9402) beside the alarms. */
const alarmIds = new Set(['0x1402', '0x1403', '0x9402', '0x9403']);
export const isWarning = ({ subId, body }: Jt809Message): boolean =>
  subId === '0x9402' || (subId === '0x1403' && 'type' in body);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A plate and its colour are one vehicle; separators are for people. */
export const vehicleKey = (plate: string, colour: number): string =>
  `${plate.replace(/[\s·•.-]/g, '').toUpperCase()}_${colour}`;

function subjectOf({ vehicle, body, header }: Jt809Message): { subject: string; plate: string | null } {
  const plate = text(body.vehicleNo) || vehicle?.plate || '';
  const colour = text(body.vehicleNo) ? number(body.vehicleColor) : vehicle?.colour;
  /** An alarm about a platform has zeros (as bytes, or as digits) for a plate. */
  if (/[^0\s]/.test(plate)) return { subject: vehicleKey(plate, colour ?? 0), plate };
  const platform = text(body.targetPlatform) || text(body.sourcePlatform) || `centre ${header.centerId}`;
  return { subject: `platform ${platform}`, plate: null };
}

/** One alarm, or none. Pure: the same message always has the same key. */
export function alarmsOf(message: Jt809Message): readonly Alarm[] {
  const { subId, body } = message;
  const type = number(body.type);
  if (subId === null || !alarmIds.has(subId) || type === null) return [];
  const { subject, plate } = subjectOf(message);
  const startAt = text(body.startAt) || text(body.at) || null;
  const endAt = text(body.endAt) || null;
  const id = text(body.alarmId) || number(body.infoId) || '';
  const kind = isWarning(message) ? 'warning' : 'alarm';
  const told = startAt ?? `serial ${message.header.serial}`;
  return [
    {
      key: `jt809:${subject.replaceAll(',', ' ')},${kind} ${type} ${id},${told}`,
      subject,
      plate,
      type,
      startAt,
      endAt: endAt !== null && startAt !== null && Date.parse(endAt) > Date.parse(startAt) ? endAt : null,
      text: text(body.content),
      source: number(body.source),
      place: placeOf(body.startLon, body.startLat),
    },
  ];
}

function placeOf(lonRaw: unknown, latRaw: unknown): readonly [number, number] | null {
  const [lon, lat] = [number(lonRaw), number(latRaw)];
  if (!lon || !lat || lon > 180_000_000 || lat > 90_000_000) return null;
  return [lon / 1e6, lat / 1e6];
}

/** What a later message may call this alarm: its own number with its vehicle (2011), the serial of its frame (2019), its code (2021). */
export function alarmNumbers(message: Jt809Message): readonly string[] {
  const { body, header } = message;
  const infoId = number(body.infoId);
  const id = text(body.alarmId);
  const numbers = [`serial ${message.subId} ${header.serial}`];
  if (infoId) numbers.push(`info ${subjectOf(message).subject} ${infoId}`);
  if (id) numbers.push(`alarm ${id}`);
  return numbers;
}

/** Handled, or not to be handled, or false: over. "Being handled" and "later" are not. */
const over = new Set([1, 2, 4]);

/** The alarm that this message says is over, as `alarmNumbers` calls it. */
export function handledAlarm(message: Jt809Message): string | null {
  const { subId, body } = message;
  if ((subId !== '0x1403' && subId !== '0x1412') || 'type' in body) return null;
  if (!over.has(number(body.result) ?? -1)) return null;
  if (text(body.alarmId)) return `alarm ${text(body.alarmId)}`;
  if (number(body.sourceSerial) !== null) return `serial ${text(body.sourceId)} ${body.sourceSerial}`;
  return number(body.infoId) === null ? null : `info ${subjectOf(message).subject} ${body.infoId}`;
}
