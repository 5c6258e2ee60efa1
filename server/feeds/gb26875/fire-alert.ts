import type { AlertRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { AlarmStep } from './alarms.ts';
import { readClock } from './clock.ts';
import { componentTypes, nameOf, pressedByHand, systemTypes } from './codes.ts';
import { envelopeOf, underTest } from './envelope.ts';
import type { DataObject, Gb26875Message } from './message.ts';
import type { Gb26875Options } from './options.ts';

const dayMs = 24 * 3_600_000;

type Of = {
  readonly object: DataObject;
  readonly message: Gb26875Message;
  readonly context: MapContext<Gb26875Options>;
};

/**
 * A fire is a pair: the alert that opens it, and the cancel that names it. The words are Chinese because they come from the panel and
 * go to a control room like a station's own name; the place is the panel's description, since the protocol has no coordinates.
 */
export function fireAlert(step: AlarmStep, { object, message, context }: Of): AlertRecord {
  const opens = step.kind === 'open';
  const clock = readClock(object.time ?? null, message.header.time, context.receivedAt);
  const { testBit } = context.options;
  const test = opens && underTest(object) && testBit !== 'ignore';
  const place = placeOf(object, step);
  const byHand = pressedByHand.has(object.componentType ?? -1);
  const end = opens ? null : endKey(step, object, message, context.receivedAt);
  return {
    kind: 'alert',
    subject: { scheme: 'gb26875', key: step.subject },
    ...envelopeOf(message, clock, { context, flags: test ? ['test'] : [] }),
    dedupeKey: end ?? step.reference,
    event: opens ? '火灾报警' : '火警解除',
    headline: `${opens ? '火灾报警' : '火警解除'}：${place}`,
    text: opens ? detailOf(object, step.subject) : null,
    language: 'zh-CN',
    severity: opens ? 'Severe' : 'Unknown',
    colour: null,
    urgency: opens ? 'Immediate' : 'Past',
    certainty: byHand ? 'Observed' : opens ? 'Likely' : 'Unknown',
    effectiveAt: clock.observedAt,
    onsetAt: null,
    expiresAt: opens && clock.behind && context.receivedAt !== null ? context.receivedAt + dayMs : null,
    areas: [
      {
        description: place,
        geocodes: [{ name: 'gb26875', value: step.subject }],
        circles: [],
        altitudeM: null,
        ceilingM: null,
      },
    ],
    references: opens ? [] : [step.reference],
    msgType: opens ? 'Alert' : 'Cancel',
    status: test && testBit === 'honour' ? 'Test' : 'Actual',
  };
}

const endKey = (step: AlarmStep, object: DataObject, message: Gb26875Message, receivedAt: number | null): string => {
  const at =
    object.time ?? message.header.time ?? (receivedAt === null ? `serial ${message.header.serial}` : receivedAt);
  return `${step.subject},fire-end,${at}`;
};

/** A reset at the panel ends fires of components that the message does not name: they go by their subject. */
function placeOf(object: DataObject, step: AlarmStep): string {
  if (object.description) return object.description;
  if (object.systemType === undefined) return `用户信息传输装置 ${step.subject}`;
  const [component, system] = [object.componentType, nameOf(systemTypes, object.systemType)[0]];
  return `${component === undefined ? system : nameOf(componentTypes, component)[0]} ${step.subject}`;
}

function detailOf(object: DataObject, subject: string): string {
  const parts = [
    object.systemType === undefined ? null : nameOf(systemTypes, object.systemType)[0],
    object.componentType === undefined ? null : nameOf(componentTypes, object.componentType)[0],
    object.description ?? null,
    subject,
  ];
  return parts.filter(Boolean).join('，');
}
