import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';
import { archiveOf, faultsOf, faultsWith, read, tables } from './testing/archive.ts';

describe('a timetable', () => {
  const schedule = read(archiveOf());

  it('is read with its lines, stops and span', () => {
    expect(schedule.unreadable).toEqual([]);
    expect(schedule).toMatchObject({
      agencies: [{ id: 'NJ', name: '南京公交', timezone: 'Asia/Shanghai' }],
      routes: [
        { id: '3', agency: 'NJ', shortName: '3路', longName: null, type: 3, colour: '0077D1', trips: 2 },
        { id: 'M1', shortName: null, longName: '地铁1号线', type: 1, colour: null, trips: 1 },
      ],
      counts: { trips: 3, services: 2, stopTimes: 7, shapes: 1, shapePoints: 2 },
      tables: { 'stops.txt': 5, 'stop_times.txt': 7, 'frequencies.txt': 1 },
      feed: { publisher: '南京公交', version: '2026-1', language: 'zh', startDate: '20260601', endDate: '20270102' },
      moreUnreadable: 0,
    });
    expect(schedule.stops[2]).toEqual({
      id: 'S2',
      code: null,
      name: '大行宫, 东',
      description: null,
      lonLat: [118.79, 32.043],
      locationType: 0,
      parent: null,
      platform: null,
    });
  });

  it('lasts to the end of its last night: the service day goes on past midnight', () => {
    expect(schedule.service).toEqual({
      firstDay: '20260601',
      lastDay: '20270102',
      fromAt: Date.UTC(2026, 4, 31, 16),
      untilAt: Date.UTC(2027, 0, 2, 17, 10),
    });
  });

  it('begins and ends on days that run', () => {
    const weekend = tables['calendar.txt']!.replace('1,1,1,1,1,0,0', '0,0,0,0,0,1,0');
    const { service } = read(
      archiveOf({
        'calendar.txt': weekend,
        'calendar_dates.txt': null,
        'trips.txt': tables['trips.txt']!.replace('fair', 'week'),
      }),
    );
    expect([service?.firstDay, service?.lastDay]).toEqual(['20260606', '20261226']);
    const never = weekend.replace('1,0,', '0,0,');
    expect(read(archiveOf({ 'calendar.txt': never, 'calendar_dates.txt': null })).service).toBeNull();
  });

  it.each([
    ['in a folder', archiveOf({}, 'nanjing-gtfs/')],
    ['in a folder in a folder, beside what a Mac leaves', archiveOf({ '../../__MACOSX/stops.txt': 'x' }, 'a/b/')],
    ['with byte order marks and CR LF', archiveOf(marked())],
    [
      'with columns in another order, spaces and unknown ones',
      archiveOf({
        'routes.txt':
          'colour, route_type ,route_id,agency_id,route_short_name,route_color\nx,3,3, NJ ,3路,0077D1\n,1,M1,NJ,地铁1号线,\n',
      }),
    ],
    ['with files nobody asked for', archiveOf({ 'fares.txt': 'a', 'readme.md': 'b', 'huge.bin': new Uint8Array(50) })],
    ['with upper-case names', archiveOf({ 'stops.txt': null, 'STOPS.TXT': tables['stops.txt']! })],
  ])('%s is the same', (_, bytes) => {
    const { unreadable, counts, stops } = read(bytes);
    expect([unreadable, counts, stops]).toEqual([[], schedule.counts, schedule.stops]);
  });

  function marked(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(tables).map(([name, text]) => [name, `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`]),
    );
  }

  it('may have single days instead of weeks', () => {
    const only = {
      'calendar.txt': null,
      'calendar_dates.txt': 'service_id,date,exception_type\nweek,20260601,1\nfair,20270102,1\n',
    };
    expect(faultsOf(only)).toEqual([]);
  });
});

describe('an archive that is no timetable', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['a text', new TextEncoder().encode('not a zip file'), 'not_protocol'],
    [
      'an archive of something else',
      archiveOf(Object.fromEntries(Object.keys(tables).map((name) => [name, null]))),
      'not_protocol',
    ],
    ['half an archive', archiveOf().subarray(0, 900), 'truncated'],
    ['no stops', archiveOf({ 'stops.txt': null }), 'schema'],
    ['no calendar of any kind', archiveOf({ 'calendar.txt': null, 'calendar_dates.txt': null }), 'schema'],
  ])('%s', (_, bytes, reason) => {
    expect(decode(bytes)).toMatchObject({ refused: reason });
  });
});

describe('rows that cannot be read', () => {
  it.each([
    [
      'agency.txt',
      'X,甲,https://x.cn,Mars/Olympus',
      'value: agency.txt line 3: agency_timezone "Mars/Olympus" is no time zone',
    ],
    ['agency.txt', 'NJ,乙,https://x.cn,Asia/Shanghai', 'conflict: agency.txt line 3: agency_id "NJ" came before'],
    ['agency.txt', 'Y,,https://x.cn,Asia/Shanghai', 'schema: agency.txt line 3: agency_name is empty'],
    ['stops.txt', ',无名,32,118,,,', 'schema: stops.txt line 7: stop_id is empty'],
    ['stops.txt', 'S3,重复,32,118,,,', 'conflict: stops.txt line 7: stop_id "S3" came before'],
    ['stops.txt', 'S9,歪,132,118,,,', 'value: stops.txt line 7: "132", "118" is no place'],
    ['stops.txt', 'S9,零,0,0,,,', 'value: stops.txt line 7: 0, 0: a field never set'],
    ['stops.txt', 'S9,无处,,,,,', 'schema: stops.txt line 7: latitude or longitude is empty'],
    ['stops.txt', 'S9,类,32,118,9,,', 'value: stops.txt line 7: location_type "9"'],
    ['stops.txt', 'S9,孤儿,32,118,,nowhere,', 'value: stops.txt line 7: parent_station "nowhere" is not in stops.txt'],
    ['stops.txt', 'S9,多,32,118,,,,surplus', 'length: stops.txt line 7: 8 cells for 7 columns'],
    ['routes.txt', '4,XX,4路,,3,', 'value: routes.txt line 4: agency_id "XX" is not in agency.txt'],
    ['routes.txt', '4,NJ,4路,,99,', 'value: routes.txt line 4: route_type "99"'],
    ['routes.txt', '4,NJ,,,3,', 'schema: routes.txt line 4: neither a short nor a long name'],
    ['routes.txt', '4,NJ,4路,,3,blue', 'value: routes.txt line 4: route_color "blue"'],
    [
      'calendar.txt',
      'week,1,1,1,1,1,0,0,20260601,20261231',
      'conflict: calendar.txt line 3: service_id "week" came before',
    ],
    ['calendar.txt', 'x,1,1,1,1,1,0,2,20260601,20261231', 'value: calendar.txt line 3: sunday is neither 0 nor 1'],
    ['calendar.txt', 'x,1,1,1,1,1,0,0,20260631,20261231', 'value: calendar.txt line 3: "20260631" is no date'],
    [
      'calendar.txt',
      'x,1,1,1,1,1,0,0,20260602,20260601',
      'value: calendar.txt line 3: end_date 20260601 before start_date 20260602',
    ],
    [
      'calendar_dates.txt',
      'week,20261001,1',
      'conflict: calendar_dates.txt line 4: service_id "week" on 20261001 came before',
    ],
    ['calendar_dates.txt', 'week,20261003,3', 'value: calendar_dates.txt line 4: exception_type "3"'],
    ['shapes.txt', 'l,32.0,118.7,first', 'value: shapes.txt line 4: shape_pt_sequence "first"'],
    ['trips.txt', '9,week,a2,', 'value: trips.txt line 5: route_id "9" is not in routes.txt'],
    [
      'trips.txt',
      '3,never,a2,',
      'value: trips.txt line 5: service_id "never" is not in calendar.txt or calendar_dates.txt',
    ],
    ['trips.txt', '3,week,a2,?', 'value: trips.txt line 5: shape_id "?" is not in shapes.txt'],
    ['stop_times.txt', 'zz,08:00:00,08:00:00,S1,1', 'value: stop_times.txt line 9: trip_id "zz" is not in trips.txt'],
    ['stop_times.txt', 'c,08:00:00,08:00:00,S8,3', 'value: stop_times.txt line 9: stop_id "S8" is not in stops.txt'],
    ['stop_times.txt', 'c,08:00,08:00:00,S1,3', 'value: stop_times.txt line 9: arrival_time "08:00" is not HH:MM:SS'],
    ['stop_times.txt', 'c,08:01:00,08:00:00,S1,3', 'value: stop_times.txt line 9: departure before arrival'],
    [
      'stop_times.txt',
      'c,05:00:00,05:00:00,S1,3',
      'value: stop_times.txt line 9: trip "c" arrives before it left the stop ahead',
    ],
    [
      'stop_times.txt',
      'c,07:00:00,07:00:00,S1,2',
      'conflict: stop_times.txt line 9: stop_sequence 2 of trip "c" came before',
    ],
    ['stop_times.txt', 'c,07:00:00,07:00:00,S1,-1', 'value: stop_times.txt line 9: stop_sequence "-1"'],
    ['frequencies.txt', 'zz,06:00:00,23:00:00,180', 'value: frequencies.txt line 3: trip_id "zz" is not in trips.txt'],
    ['frequencies.txt', 'c,06:00:00,23:00:00,0', 'value: frequencies.txt line 3: headway_secs "0"'],
    ['feed_info.txt', 'x,,zh,soon,20270102,1', 'value: feed_info.txt line 3: "soon" is no date'],
  ])('%s: %s', (file, row, words) => {
    const said = faultsWith(file, row);
    expect(said).toContain(words);
    // A row of trips that is refused also serves no stops.
    expect(said.filter((one) => !one.startsWith('schema: trips.txt: trip'))).toEqual([words]);
  });

  it('a trip that goes nowhere', () => {
    expect(faultsWith('trips.txt', '3,week,lonely,')).toEqual(['schema: trips.txt: trip "lonely" serves 0 stops']);
  });

  it('files without their columns, of another encoding, or with a quote that never ends, cost themselves', () => {
    expect(faultsOf({ 'feed_info.txt': 'name\nx\n' })).toMatchObject([
      { refused: 'schema', detail: 'feed_info.txt: no column feed_publisher_name' },
    ]);
    expect(faultsOf({ 'feed_info.txt': '' })).toMatchObject([
      { refused: 'schema', detail: 'feed_info.txt: no header' },
    ]);
    expect(faultsOf({ 'feed_info.txt': 'a,a\n1,2\n' })).toMatchObject([
      { refused: 'schema', detail: 'feed_info.txt: two columns of one name' },
    ]);
    const gbk = Uint8Array.of(...Buffer.from('feed_publisher_name\n'), 0xc4, 0xcf);
    expect(faultsOf({ 'feed_info.txt': gbk })).toMatchObject([{ refused: 'encoding' }]);
    expect(faultsOf({ 'feed_info.txt': 'feed_publisher_name\n"never' })).toMatchObject([{ refused: 'syntax' }]);
    const long = `feed_publisher_name\n"${'x'.repeat(70_000)}"\n`;
    expect(faultsOf({ 'feed_info.txt': long })).toMatchObject([{ refused: 'too_large' }]);
  });

  it('what refers to a table that cannot be read is not held against it', () => {
    const gbk = Uint8Array.of(...Buffer.from('stop_id\n'), 0xc4, 0xcf);
    for (const file of [
      'stops.txt',
      'routes.txt',
      'trips.txt',
      'stop_times.txt',
      'agency.txt',
      'calendar.txt',
      'shapes.txt',
    ])
      expect(faultsOf({ [file]: gbk }), file).toMatchObject([{ refused: 'encoding', detail: `${file}: not UTF-8` }]);
  });

  it('are told one by one up to a number, and counted beyond', () => {
    const rows = Array.from({ length: 700 }, (_, index) => `9,week,bad${index},`).join('\n');
    const schedule = read(archiveOf({ 'trips.txt': `${tables['trips.txt']}${rows}\n` }));
    expect(schedule.unreadable).toHaveLength(500);
    expect(schedule.moreUnreadable).toBe(900);
  });

  it('two clocks in one timetable are told', () => {
    expect(faultsWith('agency.txt', 'X,甲,https://x.cn,Asia/Urumqi')).toEqual([
      'value: agency.txt: several time zones: Asia/Shanghai, Asia/Urumqi',
    ]);
  });
});
