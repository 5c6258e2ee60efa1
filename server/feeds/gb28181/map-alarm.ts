import type { AlertRecord, QualityFlag } from '@/server/wire/record.ts';
import { alarmEvents, alarmMethods, alarmTypes, priorities, severities } from './alarm-codes.ts';
import { clockIn, envelopeOf, type Gb28181Context, placeIn, scheme, stampOf } from './envelope.ts';
import { type Manscdp, textIn, type Values, valuesIn } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';

const longest = 512;
/** Somebody saw or said it; the rest is what a machine takes it for. */
const byPeople = (method: string | null, type: string | null) =>
  method === '1' || method === '3' || (method === '5' && type === '1');

const within = (values: Values, outer: string, name: string): string | null => {
  const info = valuesIn(values, outer);
  return (info && textIn(info, name)) ?? textIn(values, name);
};

/** A number written `01` or `1 ` is the same code. */
const codeOf = (text: string | null): string | null => (text === null ? null : text.trim().replace(/^0+(?=\d)/, ''));

/**
 * An alarm of a device or a camera. The standard knows no end of one, so that it stands alone; sent again it has the same key. The words
 * are Chinese because they come from the standard's own table and go to a control room.
 */
export function mapAlarm(message: Gb28181Message, body: Manscdp, context: Gb28181Context): AlertRecord {
  const { values, deviceId } = body;
  const method = codeOf(textIn(values, 'AlarmMethod'));
  const type = codeOf(within(values, 'Info', 'AlarmType'));
  const priority = codeOf(textIn(values, 'AlarmPriority'));
  const info = valuesIn(values, 'Info');
  const event = codeOf(info ? within(info, 'AlarmTypeParam', 'EventType') : textIn(values, 'EventType'));
  const description = textIn(values, 'AlarmDescription');
  const clock = clockIn(textIn(values, 'AlarmTime'), context.receivedAt);

  const flags: QualityFlag[] = [];
  const named = (table: Readonly<Record<string, string>> | undefined, code: string | null): string | null => {
    if (code === null) return null;
    if (table && Object.hasOwn(table, code)) return table[code] ?? null;
    flags.push('enum_unknown');
    return null;
  };
  const methodName = named(alarmMethods, method);
  const typeTable = method !== null && Object.hasOwn(alarmTypes, method) ? alarmTypes[method] : undefined;
  /** Makers send 0 where there is no type. */
  const typeName = type === null || type === '0' ? null : named(typeTable, type);
  const severity = priority !== null && Object.hasOwn(severities, priority) ? severities[priority]! : 'Unknown';
  const priorityName = priority === '0' ? null : named(priorities, priority);
  const eventName = named(alarmEvents, event);

  const title = typeName ?? methodName ?? '报警';
  const fault = method === '6';
  return {
    kind: 'alert',
    ...envelopeOf({ message, context, key: deviceId, clock, place: placeIn(values, context), flags }),
    dedupeKey: [`${scheme}:${deviceId}`, 'alarm', method ?? '', type ?? '', event ?? '', whenOf()].join('|'),
    ...(byPeople(method, type) && method !== '5' ? { privacy: 'personal' as const } : {}),
    event: title,
    headline: `${title}：${(description ?? deviceId).slice(0, longest)}`,
    text: [priorityName, methodName, eventName, description?.slice(0, 10_000)].filter(Boolean).join('，') || null,
    language: 'zh-CN',
    severity,
    colour: null,
    urgency: fault ? 'Expected' : 'Immediate',
    certainty: byPeople(method, type) || fault ? 'Observed' : 'Likely',
    effectiveAt: clock.at,
    onsetAt: null,
    expiresAt: null,
    areas: [
      {
        description: null,
        geocodes: [{ name: scheme, value: deviceId }],
        circles: [],
        altitudeM: null,
        ceilingM: null,
      },
    ],
    references: [],
    msgType: 'Alert',
    status: 'Actual',
  };

  function whenOf(): string {
    return clock.at === null ? stampOf(message, context.receivedAt) : String(clock.at);
  }
}
