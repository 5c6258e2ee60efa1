import { type Refusal, refuse } from '../refusal.ts';
import type { Deviation, StopTimeUpdate, TripDescriptor, TripUpdate } from './message.ts';
import { isPosix } from './posix-time.ts';

export type Verdict = readonly Deviation[] | Refusal;

const timePattern = /^\d{1,3}:[0-5]\d:[0-5]\d$/;

function isDate(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Null where day and time are what they must be. */
export function faultOfTrip(trip: TripDescriptor | undefined): Refusal | null {
  if (trip?.startTime && !timePattern.test(trip.startTime))
    return refuse('value', `E020: start_time "${trip.startTime.slice(0, 40)}" is not HH:MM:SS`);
  if (trip?.startDate && !isDate(trip.startDate))
    return refuse('value', `E021: start_date "${trip.startDate.slice(0, 40)}" is not YYYYMMDD`);
  return null;
}

/** What names a stop of a trip in words for people. */
const stopOf = (update: StopTimeUpdate): string =>
  update.stopId ? `stop ${update.stopId.slice(0, 80)}` : `stop_sequence ${update.stopSequence}`;

function faultOfStop(update: StopTimeUpdate): Refusal | null {
  if (!update.stopId && update.stopSequence === undefined)
    return refuse('schema', 'E040: a stop_time_update with neither stop_sequence nor stop_id');
  for (const [name, event] of [
    ['arrival', update.arrival],
    ['departure', update.departure],
  ] as const) {
    const time = event?.time;
    if (time !== undefined && time !== 0 && !isPosix(time))
      return refuse('value', `E001: ${name} time ${time} at ${stopOf(update)} is not POSIX seconds`);
  }
  return null;
}

function judgeStop(
  update: StopTimeUpdate,
  note: (rule: string, detail: string, flag: Deviation['flag']) => void,
): void {
  const { arrival, departure, scheduleRelationship: relationship } = update;
  const at = stopOf(update);
  if (relationship === 'NO_DATA') {
    if (arrival || departure) note('E042', `times for a stop of which there is NO_DATA, ${at}`, 'partial');
    return;
  }
  if (typeof relationship === 'number') note('enum', `schedule_relationship ${relationship} at ${at}`, 'enum_unknown');
  if (!arrival && !departure && relationship !== 'SKIPPED')
    note('E043', `neither arrival nor departure at ${at}`, 'partial');
  for (const event of [arrival, departure])
    if (event && relationship !== 'SKIPPED' && event.delay === undefined && !event.time)
      note('E044', `neither delay nor time at ${at}`, 'partial');
  if (arrival?.time && departure?.time && departure.time < arrival.time)
    note('E025', `departure before arrival at ${at}`, 'out_of_order');
}

/** Relationships under which there need be no stops. */
const withoutStops = new Set<unknown>(['CANCELED', 'DELETED', 'DUPLICATED']);

/**
 * Whether the times of a trip can be told apart and put in order. What leaves that open is refused; what is only doubtful is noted.
 */
export function judgeTrip(update: TripUpdate): Verdict {
  const { trip, stopTimeUpdate: stops = [] } = update;
  if (!trip) return refuse('schema', 'trip_update: no trip');
  const fault = faultOfTrip(trip);
  if (fault) return fault;
  const deviations: Deviation[] = [];
  const note = (rule: string, detail: string, flag: Deviation['flag']) => void deviations.push({ rule, detail, flag });
  if (typeof trip.scheduleRelationship === 'number')
    note('enum', `schedule_relationship ${trip.scheduleRelationship}`, 'enum_unknown');
  if (!trip.tripId && !trip.routeId && !trip.modifiedTrip) note('W006', 'nothing names the trip', 'partial');
  if (trip.modifiedTrip && !trip.modifiedTrip.affectedTripId)
    note('modified_trip', 'a modified_trip without affected_trip_id', 'partial');
  else if (trip.modifiedTrip && !trip.modifiedTrip.modificationsId)
    note('modified_trip', 'a modified_trip without modifications_id', 'partial');
  if (stops.length === 0 && update.delay === undefined && !withoutStops.has(trip.scheduleRelationship))
    note('E041', 'no stop_time_update', 'partial');

  let sequence: number | null = null;
  let lastStop: string | null = null;
  let lastTime = 0;
  for (const stop of stops) {
    const wrong = faultOfStop(stop);
    if (wrong) return wrong;
    if (stop.stopSequence !== undefined) {
      if (sequence !== null && stop.stopSequence < sequence)
        return refuse('value', `E002: stop_sequence ${stop.stopSequence} after ${sequence}`);
      if (stop.stopSequence === sequence) return refuse('value', `E036: stop_sequence ${sequence} twice`);
      sequence = stop.stopSequence;
    }
    if (stop.stopId && stop.stopId === lastStop) note('E037', `${stopOf(stop)} twice in a row`, 'duplicate');
    lastStop = stop.stopId || null;
    judgeStop(stop, note);
    const first = stop.arrival?.time || stop.departure?.time || 0;
    if (first && first < lastTime) note('E022', `${stopOf(stop)} before the stop ahead of it`, 'out_of_order');
    lastTime = Math.max(lastTime, first, stop.departure?.time || 0);
  }
  return deviations;
}
