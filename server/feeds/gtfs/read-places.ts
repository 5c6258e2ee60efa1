import { refuse } from '../refusal.ts';
import {
  type Collector,
  claim,
  type Fault,
  isFault,
  known,
  note,
  placeOf,
  readTable,
  shown,
  wholeOf,
} from './collect.ts';
import type { Agency, Route, Stop } from './message.ts';
import { isTimezone } from './service-time.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

export function readAgencies(into: Collector): { agencies: Agency[]; ids: Set<string> } {
  const agencies: Agency[] = [];
  const ids = new Set<string>();
  readTable(into, 'agency.txt', {
    columns: ['agency_name', 'agency_timezone'],
    row: (row) => {
      const [id, name, timezone] = [row.get('agency_id'), row.get('agency_name'), row.get('agency_timezone')];
      if (name === '') return ['schema', 'agency_name is empty'];
      if (ids.has(id)) return ['conflict', `agency_id ${shown(id)} came before`];
      ids.add(id);
      if (!isTimezone(timezone)) return ['value', `agency_timezone ${shown(timezone)} is no time zone`];
      agencies.push({ id, name, timezone });
      return null;
    },
  });
  // One clock for the whole timetable: the standard asks for it, and times would be unreadable otherwise.
  const zones = new Set(agencies.map(({ timezone }) => timezone));
  if (zones.size > 1)
    note(into, refuse('value', `agency.txt: several time zones: ${[...zones].slice(0, 5).join(', ')}`));
  return { agencies, ids };
}

/** Entrances, nodes and boarding areas may lie where their parent does. */
const mayBeNowhere = new Set([3, 4]);

export function readStops(into: Collector): { stops: Stop[]; ids: Set<string> } {
  const read: { stop: Stop; line: number }[] = [];
  const ids = new Set<string>();
  readTable(into, 'stops.txt', {
    columns: ['stop_id'],
    row: (row) => {
      const id = row.get('stop_id');
      const fault = claim(ids, 'stop_id', id);
      if (fault) return fault;
      const type = row.get('location_type') === '' ? 0 : wholeOf(row.get('location_type'));
      if (type === null || type > 4) return ['value', `location_type ${shown(row.get('location_type'))}`];
      const place = placeOf(row.get('stop_lat'), row.get('stop_lon'));
      const nowhere = isFault(place) && place[0] === 'schema' && mayBeNowhere.has(type);
      if (isFault(place) && !nowhere) return place;
      const stop: Stop = {
        id,
        code: orNull(row.get('stop_code')),
        name: orNull(row.get('stop_name')),
        description: orNull(row.get('stop_desc')),
        lonLat: isFault(place) ? null : place,
        locationType: type,
        parent: orNull(row.get('parent_station')),
        platform: orNull(row.get('platform_code')),
      };
      read.push({ stop, line: row.line });
      return null;
    },
  });
  // A parent may stand after its child. Where it is nowhere the stop still has its own place.
  const stops = read.map(({ stop, line }) => {
    if (stop.parent === null || ids.has(stop.parent)) return stop;
    note(into, refuse('value', `stops.txt line ${line}: parent_station ${shown(stop.parent)} is not in stops.txt`));
    return { ...stop, parent: null };
  });
  return { stops, ids };
}

/** 0–12, and the extended types of the European list. */
const isRouteType = (type: number | null): type is number =>
  type !== null && (type <= 7 || type === 11 || type === 12 || (type >= 100 && type <= 1_702));

export function readRoutes(
  into: Collector,
  agencies: { readonly ids: ReadonlySet<string> },
): { routes: Omit<Route, 'trips'>[]; ids: Set<string> } {
  const routes: Omit<Route, 'trips'>[] = [];
  const ids = new Set<string>();
  readTable(into, 'routes.txt', {
    columns: ['route_id', 'route_type'],
    row: (row): Fault => {
      const id = row.get('route_id');
      const fault = claim(ids, 'route_id', id);
      if (fault) return fault;
      const agency = row.get('agency_id');
      const stranger =
        agency === '' ? null : known(into, { ids: agencies.ids, files: ['agency.txt'] }, 'agency_id', agency);
      if (stranger) return stranger;
      if (agency === '' && agencies.ids.size > 1) return ['schema', 'agency_id is empty, with several agencies'];
      const type = wholeOf(row.get('route_type'));
      if (!isRouteType(type)) return ['value', `route_type ${shown(row.get('route_type'))}`];
      const [shortName, longName] = [orNull(row.get('route_short_name')), orNull(row.get('route_long_name'))];
      if (shortName === null && longName === null) return ['schema', 'neither a short nor a long name'];
      const colour = row.get('route_color');
      if (colour !== '' && !/^[0-9a-fA-F]{6}$/.test(colour)) return ['value', `route_color ${shown(colour)}`];
      routes.push({ id, agency: orNull(agency), shortName, longName, type, colour: orNull(colour) });
      return null;
    },
  });
  return { routes, ids };
}
