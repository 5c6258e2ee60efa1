import { createHash } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { note, openCollector, readTable } from './collect.ts';
import { limits } from './limits.ts';
import type { GtfsSchedule } from './message.ts';
import { readAgencies, readRoutes, readStops } from './read-places.ts';
import { readService } from './read-service.ts';
import { checkFrequencies, readShapes, readStopTimes, readTrips } from './read-trips.ts';
import { dateOf, serviceInstant } from './service-time.ts';
import { type Archive, unzip } from './unzip.ts';

export const maxFrameBytes = limits.archiveBytes;

const required = ['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt'] as const;
const calendars = ['calendar.txt', 'calendar_dates.txt'] as const;
const wanted = new Set<string>([...required, ...calendars, 'shapes.txt', 'frequencies.txt', 'feed_info.txt']);

/** What makes a timetable one: without these files there is none, whatever else there is. */
function missingFrom({ files, others, unreadable }: Archive): Refusal | null {
  // A damaged file says more of what is wrong than that it is missing.
  if (unreadable[0]) return unreadable[0];
  if (![...required, ...calendars].some((name) => files.has(name)))
    return refuse('not_protocol', 'an archive without any file of GTFS');
  // Where demand alone decides there are zones instead of stops (GTFS Flex).
  const zoned = others.some((name) => name.toLowerCase() === 'locations.geojson');
  const missing: string[] = required.filter((name) => !files.has(name) && !(zoned && name === 'stops.txt'));
  if (!calendars.some((name) => files.has(name))) missing.push(calendars.join(' or '));
  return missing.length === 0 ? null : refuse('schema', `no ${missing.join(', ')}`);
}

function readFeedInfo(into: ReturnType<typeof openCollector>): GtfsSchedule['feed'] {
  let feed: GtfsSchedule['feed'] = null;
  readTable(into, 'feed_info.txt', {
    columns: ['feed_publisher_name'],
    row: (row) => {
      const text = (column: string) => row.get(column) || null;
      const [startDate, endDate] = [text('feed_start_date'), text('feed_end_date')];
      for (const date of [startDate, endDate])
        if (date !== null && !dateOf(date)) return ['value', `${JSON.stringify(date.slice(0, 40))} is no date`];
      const publisher = text('feed_publisher_name');
      feed ??= { publisher, version: text('feed_version'), language: text('feed_lang'), startDate, endDate };
      return null;
    },
  });
  return feed;
}

export function decode(bytes: Uint8Array): GtfsSchedule | Refusal {
  if (bytes.length === 0) return refuse('empty', 'no bytes', 0);
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const archive = unzip(bytes, wanted);
  if (isRefusal(archive)) return archive;
  const missing = missingFrom(archive);
  if (missing) return missing;

  const into = openCollector(archive.files);
  for (const folder of archive.rivals.slice(0, 5))
    note(into, refuse('conflict', `another timetable in ${JSON.stringify(folder.slice(0, 60))} is not read`));
  const agencies = readAgencies(into);
  const stops = readStops(into);
  const routes = readRoutes(into, agencies);
  const service = readService(into);
  const shapes = readShapes(into);
  const trips = readTrips(into, { routes: routes.ids, services: service.ids, shapes: shapes.ids });
  const times = readStopTimes(into, { trips: trips.ids, stops: stops.ids });
  checkFrequencies(into, trips.ids);
  const feed = readFeedInfo(into);

  const zone = agencies.agencies[0]?.timezone;
  const { firstDay, lastDay } = service;
  return {
    agencies: agencies.agencies,
    routes: routes.routes.map((route) => ({ ...route, trips: trips.byRoute.get(route.id) ?? 0 })),
    stops: stops.stops,
    tables: into.tables,
    counts: {
      trips: [...trips.byRoute.values()].reduce((sum, count) => sum + count, 0),
      services: service.ids.size,
      stopTimes: times.count,
      shapes: shapes.ids.size,
      shapePoints: shapes.points,
    },
    service:
      firstDay === null || lastDay === null
        ? null
        : {
            firstDay,
            lastDay,
            fromAt: zone ? serviceInstant(firstDay, 0, zone) : null,
            untilAt: zone ? serviceInstant(lastDay, Math.max(times.lastSeconds, 86_400), zone) : null,
          },
    feed,
    digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 16),
    folder: archive.folder,
    otherFiles: archive.others.slice(0, limits.entries),
    unreadable: into.refusals,
    moreUnreadable: into.more,
  };
}
