import { z } from 'zod';
import { at, who } from './who.ts';

/**
 * A thing with a fixed place that a department's messages speak of: a gauge, an air monitor, a fire panel, a lift, a hospital. Many protocols
 * carry no position and no unit of their own, so what a station is comes from the register.
 */
export const stationKinds = [
  'river-level',
  'underpass',
  'rain',
  'water-quality',
  'weather',
  'air',
  'emission',
  'fire-panel',
  'lift',
  'hospital',
  'scenic',
  'shelter',
  'parking',
  'camera',
  'stop',
  'sensor',
] as const;
export type StationKind = (typeof stationKinds)[number];

/** Zero points of heights; levels over different ones are never compared (research: metres apart at Nanjing). */
export const verticalDatums = ['wusong', 'cgvd1985', 'cgvd1956', 'local', 'unknown'] as const;

/** Where a value begins to matter. `notice` is a status line; `alarm` may need a person. */
export const thresholdLevels = ['notice', 'alarm', 'severe'] as const;
export type ThresholdLevel = (typeof thresholdLevels)[number];
export const threshold = z.object({
  level: z.enum(thresholdLevels),
  /** `below` for stocks that run out: beds, pressure. */
  when: z.enum(['above', 'below']),
  value: z.number(),
  /** Who says so, e.g. the flood office's warning level. */
  source: z.string().max(200).nullable(),
});
export type Threshold = z.infer<typeof threshold>;

/** One thing that it measures or counts. `property` as in its records; for a capacity the resource. */
export const measure = z.object({
  property: z.string().min(1).max(128),
  /** UCUM; null where the messages say. */
  unit: z.string().max(64).nullable(),
  thresholds: z.array(threshold).max(8),
  /** The most that is approved or possible (visitors, beds). */
  maximum: z.number().nullable(),
});
export type Measure = z.infer<typeof measure>;

export const station = z.object({
  /** `<scheme>/<key>`, as the records name it: `sl651/0010100001`. */
  id: z.string().min(3).max(330),
  scheme: z.string().min(1).max(64),
  key: z.string().min(1).max(256),
  kind: z.enum(stationKinds),
  name: z.string().min(1).max(200),
  department: z.string().max(64).nullable(),
  /** WGS-84; null where nobody knows it: then it is in lists and not on the map. */
  lonLat: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).nullable(),
  /** Code of the district it lies in; null: unknown or outside. */
  district: z.string().max(32).nullable(),
  address: z.string().max(500),
  verticalDatum: z.enum(verticalDatums),
  /** Seconds between two messages; null: it speaks only when something happens. */
  expectedIntervalS: z.number().positive().max(31_536_000).nullable(),
  measures: z.array(measure).max(64),
  /** Made up for the demonstration; says so wherever it is shown. */
  demo: z.boolean(),
  state: z.enum(['registered', 'retired']),
  /** The feed whose own words this is (a catalogue, a timetable), which may change it. Left out where somebody registered it: no feed touches that. */
  describedBy: z.string().max(128).optional(),
});
export type Station = z.infer<typeof station>;

export const stationId = (scheme: string, key: string): string => `${scheme}/${key}`;

export const stationEventKinds = {
  /** New, or changed: the whole entry as it is from now on. */
  stationRegistered: z.object({ station, by: who }),
  stationRetired: z.object({ by: who, at, reason: z.string().max(2_000) }),
} as const;

type Content<K extends keyof typeof stationEventKinds> = z.infer<(typeof stationEventKinds)[K]>;
export type StationEvent = {
  [K in keyof typeof stationEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof stationEventKinds];

/** Who speaks for a feed; what it took out of the register it may bring back, what a person took out it may not. */
export const describingBy = { id: 'system/feeds', name: '数据接入' } as const;

export function applyStation(current: Station | null, event: StationEvent): Station {
  if (event.kind === 'stationRegistered') return event.content.station;
  if (!current) throw new Error(`${event.kind} before stationRegistered`);
  if (event.content.by.id === describingBy.id) return { ...current, state: 'retired' };
  const { describedBy: _gone, ...own } = current;
  return { ...own, state: 'retired' };
}

export type ReadingState = 'normal' | ThresholdLevel;

const order: readonly ReadingState[] = ['normal', ...thresholdLevels];
export const worseState = (one: ReadingState, other: ReadingState): ReadingState =>
  order.indexOf(one) >= order.indexOf(other) ? one : other;

/** The worst threshold that a value has passed. */
export function stateOfValue(value: number, thresholds: readonly Threshold[]): ReadingState {
  return thresholds.reduce<ReadingState>((worst, one) => {
    const passed = one.when === 'above' ? value >= one.value : value <= one.value;
    return passed ? worseState(worst, one.level) : worst;
  }, 'normal');
}
