import type { QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { judgeClock } from '../source-clock.ts';
import { bounded, tripKey } from './keys.ts';
import type { RtEntity, RtFeed, StopTimeUpdate, TripUpdate } from './message.ts';
import type { GtfsRtOptions } from './options.ts';
import { posixMs } from './posix-time.ts';
import { flagsOf, stateOf } from './quality.ts';

type Event = NonNullable<StopTimeUpdate['arrival']>;

/** How late an event is: stated, or the difference to the time it was planned for where the message holds both. */
const delayOf = (event: Event | undefined): number | null => {
  if (event?.delay !== undefined) return event.delay;
  return event?.time && event.scheduledTime ? event.time - event.scheduledTime : null;
};

const delayAt = (stop: StopTimeUpdate): number | null => {
  if (stop.scheduleRelationship === 'SKIPPED' || stop.scheduleRelationship === 'NO_DATA') return null;
  return delayOf(stop.arrival) ?? delayOf(stop.departure);
};

/** Whether the stop still lies ahead at that moment; without times every stop may. */
const isAhead = ({ arrival, departure }: StopTimeUpdate, atMs: number | null): boolean => {
  const last = departure?.time || arrival?.time;
  return atMs === null || !last || last * 1000 >= atMs;
};

/** The trip's delay now: what it states of itself, else that of the next stop, else of the last one that states any. */
export function currentDelayS(update: TripUpdate, atMs: number | null): number | null {
  if (update.delay !== undefined) return update.delay;
  const stated = (update.stopTimeUpdate ?? []).filter((stop) => delayAt(stop) !== null);
  const next = stated.find((stop) => isAhead(stop, atMs)) ?? stated.at(-1);
  return next ? delayAt(next) : null;
}

/** More than a day late is a wrong day. */
const longestDelayS = 86_400;

export function mapTrip(entity: RtEntity, feed: RtFeed, context: MapContext<GtfsRtOptions>): ReadingRecord[] {
  const { tripUpdate: update } = entity;
  const key = tripKey(update?.trip);
  if (!update || !key) return [];
  const base = new Set<QualityFlag>(flagsOf(entity, feed));
  const stated = posixMs(update.timestamp);
  const clock = judgeClock(stated ?? (update.timestamp ? null : feed.producedAt), context.receivedAt);
  for (const flag of clock.flags) base.add(flag);

  const reading = (subject: string, property: string, of: { value: number | null; unit: string }): ReadingRecord => {
    const flags = new Set(base);
    if (property === 'delay' && Math.abs(of.value ?? 0) > longestDelayS) flags.add('over_range');
    const stamp = clock.at ?? context.receivedAt ?? 'undated';
    return {
      kind: 'reading',
      subject: { scheme: 'gtfs-rt', key: subject },
      observedAt: clock.at,
      sourceAt: clock.at,
      relayedAt: null,
      receivedAt: context.receivedAt,
      geometry: null,
      crsReceived: context.crs,
      geometrySource: 'none',
      quality: { state: of.value === null ? 'missing' : stateOf(flags), flags: [...flags] },
      // A forecast made at one moment may be told again with other values: each is a fact of its own.
      dedupeKey: ['gtfs-rt', property, subject, stamp, of.value, [...flags].sort().join('+')].join('|'),
      revision: 0,
      privacy: 'none',
      property,
      statistic: 'instant',
      intervalS: null,
      value: of.value,
      unit: of.unit,
      rawValue: of.value,
      rawUnit: of.unit,
      limit: null,
    };
  };

  const { scheduleRelationship } = update.trip ?? {};
  if (scheduleRelationship === 'CANCELED' || scheduleRelationship === 'DELETED')
    return [reading(key, 'cancelled', { value: 1, unit: '1' })];
  const delayS = currentDelayS(update, clock.at);
  // Where only times are foretold, how late that is stands in the timetable: the trip runs, its delay is not known.
  const whole = reading(key, 'delay', { value: delayS, unit: 's' });
  if (!(context.options.stops ?? !feed.connected)) return [whole];
  const stops = (update.stopTimeUpdate ?? []).flatMap((stop) => {
    const value = delayAt(stop);
    const name = stop.stopId || `#${stop.stopSequence}`;
    return value === null ? [] : [reading(bounded(`${key}/${name}`), 'delay', { value, unit: 's' })];
  });
  return [whole, ...stops];
}
