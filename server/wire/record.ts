import { z } from 'zod';

/**
 * The one shape in which every department's messages arrive (PRODUCT.md §3 "Observation").
 * Times are epoch milliseconds, UTC; positions are WGS-84 [lon, lat]; values are SI or UCUM.
 */

const epochMs = z.number().int();
const time = epochMs.nullable();

export const recordKinds = ['position', 'reading', 'alert', 'case', 'call', 'capacity'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Frames of reference a source may declare. CGCS2000 is drawn as WGS-84 (they differ by less than a metre). */
export const crsNames = ['wgs84', 'gcj02', 'bd09', 'cgcs2000', 'unknown'] as const;
export type CrsName = (typeof crsNames)[number];

export const qualityFlags = [
  'checksum_variant',
  'checksum_bad',
  'length_bad',
  'truncated',
  'no_fix',
  'zero_position',
  'out_of_area',
  'crs_assumed',
  'crs_suspect',
  'tz_assumed',
  'clock_ahead',
  'clock_invalid',
  'late',
  'backfill',
  'duplicate',
  'out_of_order',
  'sensor_fault',
  'maintenance',
  'calibration',
  'over_range',
  'under_range',
  'sentinel_value',
  'unit_assumed',
  'enum_unknown',
  'partial',
  'manual',
  'test',
  'version_old',
] as const;
export type QualityFlag = (typeof qualityFlags)[number];

export const qualityStates = ['good', 'suspect', 'bad', 'missing'] as const;
export type QualityState = (typeof qualityStates)[number];
export const quality = z.object({ state: z.enum(qualityStates), flags: z.array(z.enum(qualityFlags)) });
export type Quality = z.infer<typeof quality>;

const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(lonLat).min(4);
export const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: lonLat }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(lonLat).min(2) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)) }),
]);
export type Geometry = z.infer<typeof geometry>;

const text = z.string().max(20_000);
const shortText = z.string().max(512);

const envelope = {
  subject: z.object({ scheme: z.string().min(1).max(64), key: z.string().min(1).max(256) }),
  /** When it was true. */
  observedAt: time,
  /** The message's own clock. */
  sourceAt: time,
  /** What a relay stamped. */
  relayedAt: time,
  /** Our clock; null until a transport has received it (decode without a server). */
  receivedAt: time,
  geometry: geometry.nullable(),
  crsReceived: z.enum(crsNames),
  geometrySource: z.enum(['message', 'register', 'area-code', 'none']),
  quality,
  /** Same key: same fact. A higher revision corrects a lower one. */
  dedupeKey: z.string().min(1).max(1024),
  revision: z.number().int().min(0),
  privacy: z.enum(['none', 'restricted', 'personal']),
};

const scalar = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;

export const positionRecord = z.object({
  kind: z.literal('position'),
  ...envelope,
  altitudeM: z.number().nullable(),
  speedMps: z.number().nullable(),
  headingDeg: z.number().min(0).max(360).nullable(),
  accuracyM: z.number().nullable(),
  /** Whether the receiver had a fix; null where the source does not say. */
  fixed: z.boolean().nullable(),
  /** What else the message carried, in named plain values (`alarm.emergency`, `io.fuelL` …). */
  extras: z.record(z.string().max(128), scalar),
});

export const readingRecord = z.object({
  kind: z.literal('reading'),
  ...envelope,
  property: shortText,
  statistic: z.enum(['instant', 'mean', 'min', 'max', 'sum', 'count']),
  intervalS: z.number().nullable(),
  value: z.number().nullable(),
  /** UCUM. */
  unit: shortText.nullable(),
  rawValue: scalar,
  rawUnit: shortText.nullable(),
  limit: z.number().nullable(),
});

export const alertArea = z.object({
  description: text.nullable(),
  geocodes: z.array(z.object({ name: shortText, value: shortText })),
  /** Circles are kept as they came and are also in `geometry` as polygons. */
  circles: z.array(z.object({ center: lonLat, radiusM: z.number().min(0) })),
  altitudeM: z.number().nullable(),
  ceilingM: z.number().nullable(),
});

export const alertRecord = z.object({
  kind: z.literal('alert'),
  ...envelope,
  event: shortText,
  headline: text.nullable(),
  text: text.nullable(),
  language: z.string().max(64).nullable(),
  severity: z.enum(['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']),
  /** The warning scale 预警 of PRODUCT.md §4; null where the source states none. */
  colour: z.enum(['red', 'orange', 'yellow', 'blue']).nullable(),
  urgency: z.enum(['Immediate', 'Expected', 'Future', 'Past', 'Unknown']),
  certainty: z.enum(['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown']),
  effectiveAt: time,
  onsetAt: time,
  expiresAt: time,
  areas: z.array(alertArea),
  /** Dedupe keys (`sender,identifier,sent`) of the messages this one updates or cancels. */
  references: z.array(z.string().max(1024)),
  msgType: z.enum(['Alert', 'Update', 'Cancel', 'Ack', 'Error']),
  status: z.enum(['Actual', 'Exercise', 'System', 'Test', 'Draft']),
});

export const caseStates = [
  'new',
  'accepted',
  'assigned',
  'handling',
  'checked',
  'closed',
  'rejected',
  'reopened',
] as const;
export const caseRecord = z.object({
  kind: z.literal('case'),
  ...envelope,
  number: shortText,
  class: shortText.nullable(),
  title: text,
  text: text.nullable(),
  place: text.nullable(),
  stages: z.array(z.object({ stage: shortText, at: time, by: shortText.nullable(), due: time })).max(200),
  state: z.enum(caseStates),
  priority: shortText.nullable(),
});

export const callRecord = z.object({
  kind: z.literal('call'),
  ...envelope,
  number: shortText,
  type: shortText.nullable(),
  priority: shortText.nullable(),
  place: text.nullable(),
  text: text.nullable(),
  /** Caller lines; personal data, masked in shared views. */
  calls: z.array(z.object({ at: time, from: shortText.nullable(), text: text.nullable() })).max(200),
  units: z.array(shortText).max(200),
  state: z.enum(['reported', 'confirmed', 'dispatched', 'onScene', 'controlled', 'closed', 'false']),
  casualties: z.object({
    dead: z.number().int().min(0).nullable(),
    injured: z.number().int().min(0).nullable(),
    trapped: z.number().int().min(0).nullable(),
    missing: z.number().int().min(0).nullable(),
  }),
});

export const capacityRecord = z.object({
  kind: z.literal('capacity'),
  ...envelope,
  facility: shortText,
  resource: shortText,
  available: z.number().nullable(),
  baseline: z.number().nullable(),
  maximum: z.number().nullable(),
  state: z.enum(['open', 'limited', 'full', 'closed', 'diversion', 'unknown']),
  asOf: time,
});

export const record = z.discriminatedUnion('kind', [
  positionRecord,
  readingRecord,
  alertRecord,
  caseRecord,
  callRecord,
  capacityRecord,
]);
export type FeedRecord = z.infer<typeof record>;
export type PositionRecord = z.infer<typeof positionRecord>;
export type ReadingRecord = z.infer<typeof readingRecord>;
export type AlertRecord = z.infer<typeof alertRecord>;
export type CaseRecord = z.infer<typeof caseRecord>;
export type CallRecord = z.infer<typeof callRecord>;
export type CapacityRecord = z.infer<typeof capacityRecord>;
