import type { QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import { clockIn, envelopeOf, type Gb28181Context, type Place, placeIn, scheme, stampOf } from './envelope.ts';
import { heldIn, itemsIn, type Manscdp, textIn, type Values, valuesIn } from './manscdp.ts';
import type { Gb28181Message } from './message.ts';

/** One yes or no of a device. */
type Said = {
  readonly key: string;
  readonly property: 'online' | 'fault' | 'videoLost' | 'recording' | 'encoding' | 'onDuty' | 'alarming';
  readonly value: number | null;
  readonly rawValue: string | null;
  readonly place?: Place | null;
  readonly deviceTime?: string | null;
  readonly flags?: readonly QualityFlag[];
};

const words: Readonly<Record<string, number>> = {
  ...{ on: 1, ok: 1, online: 1, up: 1, '1': 1, true: 1, add: 1, update: 1 },
  ...{ off: 0, error: 0, offline: 0, down: 0, '0': 0, false: 0 },
};
const wordOf = (text: string | null): number | null => {
  const word = text?.toLowerCase() ?? '';
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
};

function said(key: string, property: Said['property'], rawValue: string | null): Said {
  const value = wordOf(rawValue);
  return { key, property, value, rawValue, flags: value === null ? ['enum_unknown'] : [] };
}

/** Keepalive: the device itself, and those below it that do not work. */
export function keepaliveOf(body: Manscdp): Said[] {
  const status = textIn(body.values, 'Status');
  const faulty = textsIn(valuesIn(body.values, 'Info'), 'DeviceID');
  return [
    status === null
      ? { key: body.deviceId, property: 'online', value: 1, rawValue: null }
      : said(body.deviceId, 'online', status),
    ...faulty.map((key): Said => ({ key: key.slice(0, 64), property: 'fault', value: 1, rawValue: 'Info' })),
  ];
}

function textsIn(values: Values | null, name: string): string[] {
  const held = values ? heldIn(values, name) : null;
  const all = Array.isArray(held) ? held : held === null ? [] : [held];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** A catalogue entry says whether it is there; a change of one (Event) says what happened to it. */
export function catalogOf(body: Manscdp, context: Gb28181Context): Said[] {
  return itemsIn(body.values, 'DeviceList').flatMap((item): Said[] => {
    const key = textIn(item, 'DeviceID')?.slice(0, 64);
    if (!key) return [];
    const [event, status] = [textIn(item, 'Event')?.toUpperCase() ?? null, textIn(item, 'Status')];
    const place = placeIn(item, context);
    if (event === 'VLOST') return [{ key, property: 'videoLost', value: 1, rawValue: event, place }];
    if (event === 'DEFECT') return [{ key, property: 'fault', value: 1, rawValue: event, place }];
    if (event === 'ON' || event === 'OFF') return [{ ...said(key, 'online', event), place }];
    return status === null || event === 'DEL' ? [] : [{ ...said(key, 'online', status), place }];
  });
}

const fields = [
  ['Online', 'online'],
  ['Encode', 'encoding'],
  ['Record', 'recording'],
] as const;

export function deviceStatusOf({ values, deviceId }: Manscdp): Said[] {
  const deviceTime = textIn(values, 'DeviceTime');
  const state = textIn(values, 'Status');
  const own = fields.flatMap(([field, property]) => {
    const text = textIn(values, field);
    return text === null ? [] : [{ ...said(deviceId, property, text), deviceTime }];
  });
  const works = wordOf(state);
  const fault: Said[] =
    state === null ? [] : [{ ...said(deviceId, 'fault', state), value: works === null ? null : 1 - works, deviceTime }];
  return [...own, ...fault, ...itemsIn(values, 'Alarmstatus').flatMap(dutyOf)];
}

/** ONDUTY armed, OFFDUTY not, ALARM armed and sounding. */
function dutyOf(item: Values): Said[] {
  const key = textIn(item, 'DeviceID')?.slice(0, 64);
  const rawValue = textIn(item, 'DutyStatus');
  if (!key || rawValue === null) return [];
  const duty = rawValue.toUpperCase();
  const isKnown = duty === 'ONDUTY' || duty === 'OFFDUTY' || duty === 'ALARM';
  const flags: QualityFlag[] = isKnown ? [] : ['enum_unknown'];
  const value = (yes: boolean) => (isKnown ? Number(yes) : null);
  return [
    { key, property: 'onDuty', value: value(duty !== 'OFFDUTY'), rawValue, flags },
    { key, property: 'alarming', value: value(duty === 'ALARM'), rawValue, flags },
  ];
}

/** None of these messages has a time of its own: they are true as they come. */
export function readingOf(one: Said, message: Gb28181Message, context: Gb28181Context): ReadingRecord {
  const { key, property, value, rawValue, place = null, deviceTime = null, flags = [] } = one;
  const own = deviceTime === null ? null : clockIn(deviceTime, context.receivedAt);
  const common = envelopeOf({ message, context, key, place, flags: [...flags, ...(own?.flags ?? [])] });
  return {
    kind: 'reading',
    ...common,
    sourceAt: own?.at ?? null,
    /** Without a place the state is as good as with one. */
    quality:
      place && !place.geometry ? { ...common.quality, state: value === null ? 'suspect' : 'good' } : common.quality,
    dedupeKey: [`${scheme}:${key}`, property, 'instant', stampOf(message, context.receivedAt)].join('|'),
    property,
    statistic: 'instant',
    intervalS: null,
    value,
    unit: '1',
    rawValue,
    rawUnit: null,
    limit: null,
  };
}

/** Whoever registers is there; whoever takes it back has left. */
export const standingOf = ({ standing }: Gb28181Message): Said[] =>
  standing?.kind === 'registered' || standing?.kind === 'unregistered'
    ? [
        {
          key: standing.deviceId.slice(0, 64),
          property: 'online',
          value: standing.kind === 'registered' ? 1 : 0,
          rawValue: standing.kind,
        },
      ]
    : [];
