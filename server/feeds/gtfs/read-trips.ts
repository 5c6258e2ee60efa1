import { refuse } from '../refusal.ts';
import {
  type Collector,
  claim,
  type Foreign,
  isFault,
  known,
  note,
  placeOf,
  readTable,
  shown,
  wholeOf,
} from './collect.ts';
import { secondsOf } from './service-time.ts';

type Ids = ReadonlySet<string>;

export function readShapes(into: Collector): { ids: Set<string>; points: number } {
  const ids = new Set<string>();
  let points = 0;
  readTable(into, 'shapes.txt', {
    columns: ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'],
    row: (row) => {
      const id = row.get('shape_id');
      if (id === '') return ['schema', 'shape_id is empty'];
      ids.add(id);
      const place = placeOf(row.get('shape_pt_lat'), row.get('shape_pt_lon'));
      if (isFault(place)) return place;
      if (wholeOf(row.get('shape_pt_sequence')) === null)
        return ['value', `shape_pt_sequence ${shown(row.get('shape_pt_sequence'))}`];
      points++;
      return null;
    },
  });
  return { ids, points };
}

export function readTrips(
  into: Collector,
  { routes, services, shapes }: { routes: Ids; services: Ids; shapes: Ids },
): { ids: Set<string>; byRoute: ReadonlyMap<string, number> } {
  const ids = new Set<string>();
  const lines: Foreign = { ids: routes, files: ['routes.txt'] };
  const days: Foreign = { ids: services, files: ['calendar.txt', 'calendar_dates.txt'] };
  const ways: Foreign = { ids: shapes, files: ['shapes.txt'] };
  const byRoute = new Map<string, number>();
  readTable(into, 'trips.txt', {
    columns: ['route_id', 'service_id', 'trip_id'],
    row: (row) => {
      const fault = claim(ids, 'trip_id', row.get('trip_id'));
      if (fault) return fault;
      const route = row.get('route_id');
      const shape = row.get('shape_id');
      const stranger =
        known(into, lines, 'route_id', route) ??
        known(into, days, 'service_id', row.get('service_id')) ??
        (shape === '' || !into.files.has('shapes.txt') ? null : known(into, ways, 'shape_id', shape));
      if (stranger) return stranger;
      byRoute.set(route, (byRoute.get(route) ?? 0) + 1);
      return null;
    },
  });
  return { ids, byRoute };
}

type Progress = { sequence: number; seconds: number; stops: number };

/** Each row by itself, and beside the one before it of the same trip: rows of millions are not held. */
export function readStopTimes(
  into: Collector,
  { trips, stops }: { trips: Ids; stops: Ids },
): { count: number; lastSeconds: number } {
  const runs: Foreign = { ids: trips, files: ['trips.txt'] };
  const places: Foreign = { ids: stops, files: ['stops.txt'] };
  const progress = new Map<string, Progress>();
  let count = 0;
  let lastSeconds = 0;
  readTable(into, 'stop_times.txt', {
    columns: ['trip_id', 'stop_sequence'],
    row: (row, columns) => {
      const trip = row.get('trip_id');
      const flexible = row.get('location_group_id') !== '' || row.get('location_id') !== '';
      const stranger =
        known(into, runs, 'trip_id', trip) ??
        (flexible && row.get('stop_id') === '' ? null : known(into, places, 'stop_id', row.get('stop_id')));
      if (stranger) return stranger;
      const sequence = wholeOf(row.get('stop_sequence'));
      if (sequence === null) return ['value', `stop_sequence ${shown(row.get('stop_sequence'))}`];
      const times: number[] = [];
      for (const column of ['arrival_time', 'departure_time']) {
        const text = columns.has(column) ? row.get(column) : '';
        const seconds = text === '' ? null : secondsOf(text);
        if (text !== '' && seconds === null) return ['value', `${column} ${shown(text)} is not HH:MM:SS`];
        if (seconds !== null) times.push(seconds);
      }
      const [arrival, departure] = [times[0], times.at(-1)];
      if (arrival !== undefined && departure !== undefined && departure < arrival)
        return ['value', 'departure before arrival'];
      const before = progress.get(trip);
      if (before?.sequence === sequence)
        return ['conflict', `stop_sequence ${sequence} of trip ${shown(trip)} came before`];
      if (before && sequence > before.sequence && arrival !== undefined && arrival < before.seconds)
        return ['value', `trip ${shown(trip)} arrives before it left the stop ahead`];
      // Rows out of order are allowed; only neighbours in order can be held against one another.
      progress.set(trip, {
        sequence,
        seconds: departure ?? (before && sequence > before.sequence ? before.seconds : 0),
        stops: (before?.stops ?? 0) + 1,
      });
      lastSeconds = Math.max(lastSeconds, departure ?? 0);
      count++;
      return null;
    },
  });
  if (!into.broken.has('stop_times.txt'))
    for (const trip of trips) {
      const { stops: served = 0 } = progress.get(trip) ?? {};
      if (served < 2) note(into, refuse('schema', `trips.txt: trip ${shown(trip)} serves ${served} stops`));
    }
  return { count, lastSeconds };
}

export function checkFrequencies(into: Collector, trips: Ids): void {
  readTable(into, 'frequencies.txt', {
    columns: ['trip_id', 'start_time', 'end_time', 'headway_secs'],
    row: (row) => {
      const stranger = known(into, { ids: trips, files: ['trips.txt'] }, 'trip_id', row.get('trip_id'));
      if (stranger) return stranger;
      const [start, end] = [secondsOf(row.get('start_time')), secondsOf(row.get('end_time'))];
      if (start === null || end === null) return ['value', 'start_time or end_time is not HH:MM:SS'];
      if (end < start) return ['value', 'end_time before start_time'];
      return wholeOf(row.get('headway_secs')) ? null : ['value', `headway_secs ${shown(row.get('headway_secs'))}`];
    },
  });
}
