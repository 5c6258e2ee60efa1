import { strToU8, type Zippable, zipSync } from 'fflate';
import { isRefusal, type Refusal } from '../../refusal.ts';
import { decode } from '../decode.ts';
import type { GtfsSchedule } from '../message.ts';

/** A timetable of two lines in Nanjing, small enough to be looked through. */
export const tables: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nNJ,南京公交,https://example.cn,Asia/Shanghai\n',
  'stops.txt': [
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code',
    'S,新街口站,32.0425,118.779,1,,',
    'S1,新街口,32.0426,118.7791,0,S,1',
    'S2,"大行宫, 东",32.0430,118.7900,,,',
    'S3,鼓楼,32.0603,118.7969,0,,',
    'E1,,,,4,S,\n',
  ].join('\n'),
  'routes.txt':
    'route_id,agency_id,route_short_name,route_long_name,route_type,route_color\n3,NJ,3路,,3,0077D1\nM1,NJ,,地铁1号线,1,\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,1,1,1,1,0,0,20260601,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nweek,20261001,2\nfair,20270102,1\n',
  'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nl,32.0425,118.779,1\nl,32.043,118.79,2\n',
  'trips.txt': 'route_id,service_id,trip_id,shape_id\n3,week,a,l\n3,week,b,\nM1,fair,c,\n',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
    'a,08:00:00,08:00:30,S1,1',
    'a,,,S2,2',
    'a,8:10:00,8:10:00,S3,5',
    'b,23:50:00,23:50:00,S3,1',
    'b,25:10:00,25:10:00,S1,2',
    'c,06:00:00,06:00:00,S1,1',
    'c,06:05:00,06:05:00,S3,2\n',
  ].join('\n'),
  'frequencies.txt': 'trip_id,start_time,end_time,headway_secs\nc,06:00:00,23:00:00,180\n',
  'feed_info.txt':
    'feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\n南京公交,https://example.cn,zh,20260601,20270102,2026-1\n',
};

type Changes = Readonly<Record<string, string | Uint8Array | null>>;

/** The timetable above with some files changed, added or (null) left out. */
export function archiveOf(changes: Changes = {}, folder = ''): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries({ ...tables, ...changes }))
    if (content !== null) files[folder + name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(files);
}

export function read(bytes: Uint8Array): GtfsSchedule {
  const schedule = decode(bytes);
  if (isRefusal(schedule)) throw new Error(`${schedule.refused}: ${schedule.detail}`);
  return schedule;
}

/** The refusals of the timetable with these changes. */
export const faultsOf = (changes: Changes): readonly Refusal[] => read(archiveOf(changes)).unreadable;
/** The same with rows added to one file. */
export const faultsWith = (file: string, ...rows: string[]): readonly string[] =>
  faultsOf({ [file]: `${tables[file]}${rows.join('\n')}\n` }).map(({ refused, detail }) => `${refused}: ${detail}`);
