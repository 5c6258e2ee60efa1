import type { FeedRecord, QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { Refusal } from '../refusal.ts';
import { noFires, stateTypes, stepAlarms, subjectOf } from './alarms.ts';
import { readClock } from './clock.ts';
import { analogueTypes, componentBits, scaled, systemBits, transmitterBits } from './codes.ts';
import { envelopeOf, underTest } from './envelope.ts';
import { fireAlert } from './fire-alert.ts';
import type { DataObject, Gb26875Message } from './message.ts';
import type { Gb26875Options } from './options.ts';

const analogueData = 3;
const bitsOf: Readonly<Record<number, readonly string[]>> = { 1: systemBits, 2: componentBits, 21: transmitterBits };

type Place = { readonly message: Gb26875Message; readonly context: MapContext<Gb26875Options> };

/** States and analogue values → readings; a fire that begins or ends → an alert beside them. Everything else is for the message view. */
export function map(message: Gb26875Message, context: MapContext<Gb26875Options>): readonly (FeedRecord | Refusal)[] {
  const { unit } = message;
  if (!unit) return [];
  const place = { message, context };
  const records: (FeedRecord | Refusal)[] = unit.objects.flatMap((object, at): FeedRecord[] => {
    if (stateTypes.has(unit.type)) return stateReadings(place, object, at);
    return unit.type === analogueData ? [analogueReading(place, object, at)] : [];
  });
  const alarms = message.alarms ?? stepAlarms(noFires, message, context.receivedAt ?? 0).steps;
  for (const step of alarms) {
    const object = unit.objects[step.object];
    if (object) records.push(fireAlert(step, { object, message, context }));
  }
  if (unit.unreadable) records.push(unit.unreadable);
  return records;
}

/** One yes or no per bit that the standard names, so that rules can speak of a fault or a shielded detector by name. */
function stateReadings(place: Place, object: DataObject, at: number): ReadingRecord[] {
  const names = bitsOf[place.message.unit?.type ?? 0] ?? [];
  const word = object.state ?? 0;
  const flags: QualityFlag[] = underTest(object) && place.context.options.testBit !== 'ignore' ? ['test'] : [];
  const rawValue = `0x${word.toString(16).padStart(4, '0')}`;
  return names.map((property, bit) =>
    reading(place, { object, at, flags }, { property, value: (word >> bit) & 1, unit: '1', rawValue, rawUnit: null }),
  );
}

function analogueReading(place: Place, object: DataObject, at: number): ReadingRecord {
  const type = analogueTypes[object.analogueType ?? 0];
  const raw = object.analogueRaw ?? 0;
  const named = type
    ? {
        property: type.property,
        value: object.analogueValue ?? null,
        unit: type.unit,
        rawValue: scaled(raw, type.rawScale),
        rawUnit: type.rawUnit,
        statistic: type.statistic,
      }
    : { property: `analogue.${object.analogueType}`, value: raw, unit: null, rawValue: raw, rawUnit: null };
  return reading(place, { object, at, flags: type ? [] : ['unit_assumed'] }, named);
}

type Named = Pick<ReadingRecord, 'property' | 'value' | 'unit' | 'rawValue' | 'rawUnit'> &
  Partial<Pick<ReadingRecord, 'statistic'>>;
type Of = { readonly object: DataObject; readonly at: number; readonly flags: readonly QualityFlag[] };

function reading({ message, context }: Place, { object, at, flags }: Of, named: Named): ReadingRecord {
  const { header } = message;
  const key = subjectOf(header.source, object);
  const clock = readClock(object.time ?? null, header.time, context.receivedAt);
  const statistic = named.statistic ?? 'instant';
  return {
    kind: 'reading',
    subject: { scheme: 'gb26875', key },
    ...envelopeOf(message, clock, { context, flags }),
    dedupeKey: [`gb26875:${key}`, named.property, statistic, stampOf(message, object, at, context.receivedAt)].join(
      '|',
    ),
    statistic,
    intervalS: null,
    limit: null,
    property: named.property,
    value: named.value,
    unit: named.unit,
    rawValue: named.rawValue,
    rawUnit: named.rawUnit,
  };
}

/** Without any clock two states of one component are told apart by the frame they came in. */
const stampOf = (message: Gb26875Message, object: DataObject, at: number, receivedAt: number | null): string =>
  object.time ?? message.header.time ?? `#${message.header.serial}.${at}@${receivedAt ?? ''}`;
