import { z } from 'zod';
import {
  alertRecord,
  callRecord,
  capacityRecord,
  caseRecord,
  crsNames,
  geometry,
  positionRecord,
  quality,
  readingRecord,
} from '@/server/wire/record.ts';
import { mostRecords, pushProfile } from './read-batch.ts';

/**
 * What a sender must and may send: the record of the wire with ISO 8601 times, where everything that has an honest default may be left out.
 * Unknown members are refused: a misspelt `speedKmh` that is dropped in silence would be worse than a refusal.
 */
const time = z.iso
  .datetime({ offset: true, error: 'an ISO 8601 date and time with a zone, e.g. 2025-07-01T08:00:00+08:00' })
  .max(40)
  .describe('ISO 8601 with a zone');
const optionalTime = time.nullish();
const name = z.string().min(1).max(256);
const { alertAreas, ...alert } = { alertAreas: alertRecord.shape.areas, ...alertRecord.shape };
const [call, capacity, reading, position] = [
  callRecord.shape,
  capacityRecord.shape,
  readingRecord.shape,
  positionRecord.shape,
];

const envelope = {
  subject: z
    .strictObject({ scheme: z.string().min(1).max(64), key: z.string().min(1).max(256) })
    .describe('What the record is about, e.g. {"scheme": "police-unit", "key": "PD-1024"}; stable over time'),
  observedAt: time.describe('When it was true'),
  sourceAt: optionalTime.describe('The clock of the message itself, e.g. when it was last changed at the source'),
  relayedAt: optionalTime,
  receivedAt: optionalTime.describe('Passed over: the receiver stamps its own clock'),
  geometry: geometry.nullish().describe('GeoJSON, [longitude, latitude], in the frame that "crs" names'),
  crs: z
    .enum(crsNames)
    .optional()
    .describe('Frame of the coordinates as sent; left out, the one registered for the source'),
  crsReceived: z.enum(crsNames).optional().describe('The same as "crs", under its name in the record'),
  geometrySource: z.enum(['message', 'register', 'area-code', 'none']).optional(),
  quality: quality.optional(),
  dedupeKey: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .describe('Same key: same fact. Left out, it is made from what identifies the kind'),
  revision: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe(
      'A higher revision corrects a lower one under the same key; left out, cases and calls take the second of sourceAt or observedAt',
    ),
  privacy: z.enum(['none', 'restricted', 'personal']).optional(),
};

const pointOnly = z
  .object({
    type: z.literal('Point'),
    coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
  })
  .describe('GeoJSON Point, [longitude, latitude]');

const positionInput = z
  .strictObject({
    kind: z.literal('position'),
    ...envelope,
    geometry: pointOnly,
    altitudeM: position.altitudeM.optional(),
    speedMps: position.speedMps.optional(),
    headingDeg: position.headingDeg.optional(),
    accuracyM: position.accuracyM.optional(),
    fixed: position.fixed.optional(),
    extras: position.extras.optional(),
  })
  .meta({ id: 'position' });

const readingInput = z
  .strictObject({
    kind: z.literal('reading'),
    ...envelope,
    property: name.describe('What was measured, e.g. waterLevel'),
    statistic: reading.statistic.optional(),
    intervalS: reading.intervalS.optional(),
    value: reading.value.describe('Null: the sensor gave none'),
    unit: reading.unit.describe('UCUM, e.g. m, mm, Cel, mg/L; null for what has no unit'),
    rawValue: reading.rawValue.optional(),
    rawUnit: reading.rawUnit.optional(),
    limit: reading.limit.optional(),
  })
  .meta({ id: 'reading' });

const alertInput = z
  .strictObject({
    kind: z.literal('alert'),
    ...envelope,
    event: alert.event.min(1),
    headline: alert.headline.optional(),
    text: alert.text.optional(),
    language: alert.language.optional(),
    severity: alert.severity.optional(),
    colour: alert.colour.optional(),
    urgency: alert.urgency.optional(),
    certainty: alert.certainty.optional(),
    effectiveAt: optionalTime,
    onsetAt: optionalTime,
    expiresAt: optionalTime,
    areas: alertAreas.max(2_000).optional(),
    references: alert.references.max(500).optional(),
    msgType: alert.msgType.optional(),
    status: alert.status.optional(),
  })
  .meta({ id: 'alert' });

const caseInput = z
  .strictObject({
    kind: z.literal('case'),
    ...envelope,
    number: name,
    class: caseRecord.shape.class.optional(),
    title: caseRecord.shape.title.min(1),
    text: caseRecord.shape.text.optional(),
    place: caseRecord.shape.place.optional(),
    stages: z
      .array(z.strictObject({ stage: name, at: optionalTime, by: z.string().max(512).nullish(), due: optionalTime }))
      .max(200)
      .optional(),
    state: caseRecord.shape.state.optional(),
    priority: caseRecord.shape.priority.optional(),
  })
  .meta({ id: 'case' });

const callInput = z
  .strictObject({
    kind: z.literal('call'),
    ...envelope,
    number: name,
    type: call.type.optional(),
    priority: call.priority.optional(),
    place: call.place.optional(),
    text: call.text.optional(),
    calls: z
      .array(
        z.strictObject({
          at: optionalTime,
          from: z.string().max(512).nullish(),
          text: z.string().max(20_000).nullish(),
        }),
      )
      .max(200)
      .optional(),
    units: call.units.optional(),
    state: call.state.optional(),
    casualties: call.casualties.partial().strict().optional(),
  })
  .meta({ id: 'call' });

const capacityInput = z
  .strictObject({
    kind: z.literal('capacity'),
    ...envelope,
    facility: name,
    resource: name.describe('e.g. icu-bed, emergency-bed, shelter-place, parking'),
    available: capacity.available.describe('Null: not known, which is not zero'),
    baseline: capacity.baseline.optional(),
    maximum: capacity.maximum.optional(),
    state: capacity.state.optional(),
    asOf: optionalTime,
  })
  .meta({ id: 'capacity' });

export const pushRecord = z.discriminatedUnion('kind', [
  positionInput,
  readingInput,
  alertInput,
  caseInput,
  callInput,
  capacityInput,
]);
export type PushRecord = z.infer<typeof pushRecord>;

const batch = z.array(pushRecord).max(mostRecords);
const body = z.union([z.strictObject({ profile: z.literal(pushProfile), records: batch }), batch, pushRecord]);

/** The published contract as JSON Schema 2020-12. In the line form each line is one record. */
export const pushProfileSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(body, { io: 'input' }),
  $id: 'urn:one-network:push-profile:1',
  title: 'One Network push profile, version 1',
});
