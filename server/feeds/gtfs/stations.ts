import { type Station, stationId } from '@/server/domain/station.ts';
import type { CrsName } from '@/server/wire/record.ts';
import type { DescribeContext, Description } from '../contract.ts';
import { toWgs84 } from '../datum.ts';
import { cut } from '../read-json-document.ts';
import type { GtfsSchedule, Stop } from './message.ts';

export type StopEntry = Omit<Station, 'state'>;

/** A timetable names all its stops; one of which rows could not be read, or with none at all, says nothing of the missing. */
export function describe(schedule: GtfsSchedule, { department, crs }: DescribeContext): Description | null {
  const stations = stationsOfGtfs(schedule, { department, crs }).map((of) => ({ ...of, state: 'registered' as const }));
  const partial = schedule.unreadable.length + schedule.moreUnreadable > 0;
  return stations.length === 0 ? null : { stations, whole: !partial };
}

/** Stops, platforms and stations. Entrances, nodes and boarding areas are parts of one. */
const isPlace = ({ locationType }: Stop): boolean => locationType <= 1;

const nameOf = (stop: Stop, byId: ReadonlyMap<string, Stop>): string => {
  const name = stop.name ?? byId.get(stop.parent ?? '')?.name ?? stop.id;
  return cut(stop.platform === null ? name : `${name} ${stop.platform}`, 200);
};

/** The stops of a timetable as entries for the register of stations. GTFS says WGS-84; Chinese exports are often not, so the datum is asked for. */
export function stationsOfGtfs(
  { stops }: GtfsSchedule,
  of: { readonly department: string | null; readonly crs?: CrsName },
): StopEntry[] {
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  return stops.filter(isPlace).map((stop) => ({
    id: stationId('gtfs', stop.id),
    scheme: 'gtfs',
    key: stop.id,
    kind: 'stop',
    name: nameOf(stop, byId),
    department: of.department,
    lonLat: stop.lonLat === null ? null : toWgs84([...stop.lonLat], of.crs ?? 'wgs84'),
    district: null,
    address: cut(stop.description ?? '', 500),
    verticalDatum: 'unknown',
    expectedIntervalS: null,
    measures: [],
    demo: false,
  }));
}
