import type { QualityFlag, ReadingRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { cut } from '../read-json-document.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { GtfsSchedule } from './message.ts';

const dayMs = 86_400_000;

/** Whose timetable it is: the first agency, by id or name. */
const subjectOf = ({ agencies }: GtfsSchedule): string => cut(agencies[0]?.id || agencies[0]?.name || 'timetable', 200);

/**
 * A timetable is no observation; what can honestly be said of it is how large it is and how long it lasts. Its stops go into the register
 * (`stationsOfGtfs`). Rows that could not be read go to the quarantine.
 */
export function map(schedule: GtfsSchedule, context: MapContext): readonly (ReadingRecord | Refusal)[] {
  const { receivedAt } = context;
  const partial = schedule.unreadable.length > 0;
  const flags: QualityFlag[] = partial ? ['partial'] : [];
  const subject = subjectOf(schedule);
  const reading = (property: string, value: number, unit: string, statistic: 'count' | 'instant'): ReadingRecord => ({
    kind: 'reading',
    subject: { scheme: 'gtfs', key: subject },
    observedAt: null,
    sourceAt: null,
    relayedAt: null,
    receivedAt,
    geometry: null,
    crsReceived: context.crs,
    geometrySource: 'none',
    quality: { state: partial ? 'suspect' : 'good', flags },
    dedupeKey: ['gtfs', subject, property, schedule.digest, value].join('|'),
    revision: 0,
    privacy: 'none',
    property,
    statistic,
    intervalS: null,
    value,
    unit,
    rawValue: value,
    rawUnit: null,
    limit: null,
  });
  const { counts, service } = schedule;
  const rows = {
    agencies: schedule.agencies.length,
    routes: schedule.routes.length,
    stops: schedule.stops.length,
    trips: counts.trips,
    stopTimes: counts.stopTimes,
  };
  const left =
    receivedAt === null || !service || service.untilAt === null
      ? []
      : [reading('serviceDaysLeft', Math.floor((service.untilAt - receivedAt) / dayMs), 'd', 'instant')];
  const more = schedule.moreUnreadable;
  return [
    ...Object.entries(rows).map(([property, value]) => reading(property, value, '1', 'count')),
    ...left,
    ...schedule.unreadable,
    ...(more > 0 ? [refuse('value', `${more} more rows that cannot be read`)] : []),
  ];
}
