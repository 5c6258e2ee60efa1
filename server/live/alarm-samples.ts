import type { AlarmSample } from '@/server/domain/alarm-sample.ts';
import type { Feed } from '@/server/domain/feed.ts';
import type { AlertRecord, FeedRecord, QualityFlag } from '@/server/wire/record.ts';

/** Of another time, or of no use: such a record neither raises an alarm nor ends one. */
const ofAnotherTime: ReadonlySet<QualityFlag> = new Set(['backfill', 'late', 'out_of_order', 'duplicate']);
const ofNoUse: ReadonlySet<QualityFlag> = new Set([
  'checksum_bad',
  'length_bad',
  'sensor_fault',
  'maintenance',
  'calibration',
  'sentinel_value',
  'test',
]);
/** Without a mark of its own: what is older than its own interval and this is a report on the past. */
const promptMs = 30 * 60_000;

const isPrompt = (at: number, intervalS: number | null, now: number): boolean =>
  now - at <= (intervalS ?? 0) * 1_000 + promptMs;

/** Whether what was measured then still says something of now. */
export const isOfNow = (sample: AlarmSample, now: number): boolean =>
  isPrompt(sample.at, sample.of === 'reading' ? sample.intervalS : null, now);

const reference = (record: AlertRecord): string => record.dedupeKey.replace(/#[^,#]*$/, '');

/** Whether a record may speak of now. A cry for help needs no fix: the place is missing then, not the cry. */
function counts(record: FeedRecord, now: number): boolean {
  const { quality } = record;
  if (quality.flags.some((flag) => ofAnotherTime.has(flag))) return false;
  const { observedAt } = record;
  if (observedAt !== null && !isPrompt(observedAt, record.kind === 'reading' ? record.intervalS : null, now))
    return false;
  if (record.kind === 'position') return true;
  if (record.kind === 'alert' || record.kind === 'call') return quality.state !== 'bad';
  return quality.state !== 'bad' && quality.state !== 'missing' && !quality.flags.some((flag) => ofNoUse.has(flag));
}

const noFlags: ReadonlySet<string> = new Set();

/** Names of what is set; a position comes thousands of times a second, and most have nothing set. */
function flagsOf(extras: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  let flags: Set<string> | null = null;
  for (const name in extras) {
    if (extras[name] !== true || !Object.hasOwn(extras, name)) continue;
    flags ??= new Set();
    flags.add(name);
  }
  return flags ?? noFlags;
}

const callEnds: ReadonlySet<string> = new Set(['controlled', 'closed', 'false']);

/** What the rules are asked about; null: it says nothing to them. */
export function sampleOf(record: FeedRecord, now: number): AlarmSample | null {
  if (!counts(record, now)) return null;
  const point = record.geometry?.type === 'Point' ? record.geometry.coordinates : null;
  const { observedAt } = record;
  const { scheme, key } = record.subject;
  const at = Math.min(observedAt ?? now, now);
  switch (record.kind) {
    case 'reading': {
      const { value } = record;
      if (value === null) return null;
      // Field by field, as a position: these come by the ten thousand, and spreading costs more than all the rest.
      const { property, statistic, intervalS, unit, limit } = record;
      const lonLat = point;
      return { of: 'reading', scheme, key, at, observedAt, lonLat, property, statistic, intervalS, value, unit, limit };
    }
    case 'capacity': {
      const { resource, available, maximum, facility } = record;
      if (available === null) return null;
      const about = { of: 'capacity', scheme, key, at, observedAt, lonLat: point } as const;
      return { ...about, property: resource, value: available, maximum, name: facility };
    }
    case 'position': {
      const flags = flagsOf(record.extras);
      const placed = record.quality.state === 'good' || record.quality.state === 'suspect';
      const lonLat = placed && record.fixed !== false ? point : null;
      return { of: 'position', scheme, key, at, observedAt, lonLat, flags };
    }
    case 'alert': {
      if (record.msgType === 'Ack' || record.msgType === 'Error' || record.status === 'Draft') return null;
      const text = record.areas[0]?.description ?? record.headline ?? record.event;
      const ends = record.msgType === 'Cancel' ? record.references : null;
      const about = { of: 'alert', scheme, key, at, observedAt, lonLat: point } as const;
      return { ...about, event: record.event, text, reference: reference(record), ends, call: null };
    }
    case 'call': {
      // A device that calls goes by its own key (people trapped in a lift); a person's call is no device's alarm.
      if (record.subject.key === record.number || record.type === null) return null;
      const ends = callEnds.has(record.state) ? [] : null;
      const text = record.place ?? record.type;
      const about = { of: 'alert', scheme, key, at, observedAt, lonLat: point } as const;
      return { ...about, event: record.type, text, reference: record.number, ends, call: record.number };
    }
    default:
      return null;
  }
}

export const sampleOfFeed = (feed: Feed, now: number): AlarmSample => ({
  of: 'feed',
  scheme: 'feed',
  key: feed.id,
  at: now,
  observedAt: feed.since,
  lonLat: null,
  state: feed.state,
});

const realityOfStatus = {
  Actual: 'actual',
  Exercise: 'exercise',
  System: 'test',
  Test: 'test',
  Draft: 'test',
} as const;
type Reality = 'actual' | 'exercise' | 'test';

/** An exercise stays one, and a message that calls itself one is one whatever its feed is. */
export const realityOf = (record: FeedRecord, feed: Reality): Reality =>
  feed === 'actual' && record.kind === 'alert' ? realityOfStatus[record.status] : feed;
