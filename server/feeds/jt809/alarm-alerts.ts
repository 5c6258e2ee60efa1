import type { AlertRecord, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { judgeClock } from '../source-clock.ts';
import { alarmType } from './alarm-types.ts';
import { type Alarm, alarmsOf, handledAlarm, isWarning } from './alarms.ts';
import type { Jt809Message } from './message.ts';
import type { Jt809Options } from './options.ts';

type Context = MapContext<Jt809Options>;

/**
 * An alarm is a pair: the alert that opens it and the cancel that names it. One that is told with its end gives both. The words are
 * Chinese because the standard's are, and go to a control room like a vehicle's plate.
 */
export function alarmAlerts(message: Jt809Message, context: Context): readonly AlertRecord[] {
  const alerts = alarmsOf(message).flatMap((alarm) => {
    const opening = openingAlert(alarm, message, context);
    return alarm.endAt === null ? [opening] : [opening, endingAlert(opening, alarm.endAt)];
  });
  return message.ends !== undefined && handledAlarm(message) !== null
    ? [...alerts, handledAlert(message.ends, message, context)]
    : alerts;
}

const timeOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));

function openingAlert(alarm: Alarm, message: Jt809Message, { receivedAt, crs }: Context): AlertRecord {
  const clock = judgeClock(timeOf(alarm.startAt), receivedAt);
  const type = alarmType(alarm.type);
  const warning = isWarning(message);
  const who = alarm.plate ?? alarm.subject.replace(/^platform /, '平台 ');
  const event = type?.event ?? `报警 ${alarm.type}`;
  const flags: QualityFlag[] = message.flags.filter((flag) => flag !== 'partial');
  flags.push(...clock.flags);
  if (!type) flags.push('enum_unknown');
  if (alarm.place) flags.push('crs_assumed');
  const doubtful = flags.some((flag) => flag !== 'checksum_variant' && flag !== 'crs_assumed');
  return {
    kind: 'alert',
    subject: { scheme: 'jt809', key: alarm.subject },
    observedAt: clock.at,
    sourceAt: timeOf(typeof message.body.at === 'string' ? message.body.at : alarm.startAt),
    relayedAt: message.header.sentAt,
    receivedAt,
    geometry: alarm.place && { type: 'Point', coordinates: [...alarm.place] },
    crsReceived: alarm.place ? crs : 'unknown',
    geometrySource: alarm.place ? 'message' : 'none',
    quality: { state: doubtful ? 'suspect' : 'good', flags },
    dedupeKey: alarm.key,
    revision: 0,
    privacy: 'none',
    event,
    headline: `${event}：${who}`,
    text: alarm.text === '' ? null : alarm.text,
    language: 'zh-CN',
    severity: warning ? 'Minor' : (type?.severity ?? 'Unknown'),
    colour: null,
    urgency: warning ? 'Expected' : 'Immediate',
    certainty: warning ? 'Possible' : alarm.source === 1 ? 'Observed' : 'Likely',
    effectiveAt: clock.at,
    onsetAt: clock.at,
    expiresAt: null,
    areas: [
      {
        description: who,
        geocodes: [{ name: 'jt809', value: alarm.subject }],
        circles: [],
        altitudeM: null,
        ceilingM: null,
      },
    ],
    references: [],
    msgType: 'Alert',
    status: 'Actual',
  };
}

const endingAlert = (opening: AlertRecord, endAt: string): AlertRecord => ({
  ...opening,
  observedAt: timeOf(endAt),
  dedupeKey: `${opening.dedupeKey.replaceAll(',', ' ')},end,${endAt}`,
  severity: 'Unknown',
  urgency: 'Past',
  effectiveAt: timeOf(endAt),
  onsetAt: null,
  references: [opening.dedupeKey],
  msgType: 'Cancel',
});

/** The platform below says that an alarm was dealt with; the session knows which one it means. */
function handledAlert(ends: string, message: Jt809Message, context: Context): AlertRecord {
  const { header, body, vehicle } = message;
  const at = header.sentAt ?? context.receivedAt;
  const subject = ends.slice('jt809:'.length).split(',')[0] ?? '';
  const opening = openingAlert(
    {
      key: ends,
      subject,
      plate: vehicle?.plate ?? null,
      type: Number(/,\S+ (\d+)/.exec(ends)?.[1] ?? 0),
      startAt: null,
      endAt: null,
      text: typeof body.note === 'string' ? body.note : '',
      source: null,
      place: null,
    },
    message,
    context,
  );
  const flags = opening.quality.flags.filter((flag) => flag !== 'clock_invalid');
  return {
    ...opening,
    observedAt: at,
    quality: { state: flags.length > 0 ? 'suspect' : 'good', flags },
    dedupeKey: `${ends.replaceAll(',', ' ')},handled,${at ?? `serial ${header.serial}`}`,
    severity: 'Unknown',
    urgency: 'Past',
    certainty: 'Observed',
    effectiveAt: at,
    onsetAt: null,
    references: [ends],
    msgType: 'Cancel',
  };
}
