import { describe, expect, it } from 'vitest';
import { type AlertRecord, type FeedRecord, type PositionRecord, record } from '@/server/wire/record.ts';
import { openDecodeStream } from '../decode-stream.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { openCollection } from '../testing/collection.ts';
import { decode } from './decode.ts';
import { gtfsRt } from './gtfs-rt.ts';
import type { RtFeed } from './message.ts';
import { gtfsRtSession } from './session.ts';

/** Feeds that agencies and the standard's authors published, with an independent decode of each. */
const collection = openCollection('gtfs');

type Summary = {
  version: string;
  incrementality: string | null;
  timestamp: number | null;
  entities: number;
  deleted: number;
  vehicles: number;
  tripUpdates: number;
  alerts: number;
  stopTimeUpdates: number;
  vehiclesWithoutPosition: number;
  firstVehicle?: {
    id: string;
    trip: string | null;
    route: string | null;
    vehicleId: string | null;
    lat: number | null;
    lon: number | null;
    timestamp: number | null;
    status: string | null;
  };
};
const samples: { file: string; category: string; summary?: Summary }[] = collection.lines('index.jsonl');
const bytesOf = (file: string) => collection.bytes(file);

function feedOf(file: string): RtFeed {
  const feed = decode(bytesOf(file));
  if (isRefusal(feed)) throw new Error(`${file}: ${feed.refused} ${feed.detail}`);
  return feed;
}

function told(file: string): { records: FeedRecord[]; refusals: Refusal[] } {
  const stream = openDecodeStream(gtfsRt, { mode: 'records', options: {} });
  const lines = [...stream.push(bytesOf(file)), ...stream.end()];
  const records = lines.flatMap((line) => (line.kind === 'record' ? [line.record] : []));
  for (const one of records) expect(record.safeParse(one).error, file).toBeUndefined();
  return { records, refusals: lines.flatMap((line) => (line.kind === 'refusal' ? [line.refusal] : [])) };
}

const decoded = samples.filter(({ category }) => category.startsWith('rt')).filter(({ summary }) => summary);

describe.skipIf(!collection.present)(`published feeds (${decoded.length} with an independent decode)`, () => {
  it.each(decoded.map(({ file, summary }) => [file, summary as Summary] as const))('%s', (file, summary) => {
    const feed = feedOf(file);
    const { entities } = feed;
    const trips = entities.flatMap(({ tripUpdate }) => tripUpdate ?? []);
    const vehicles = entities.flatMap(({ id, vehicle }) => (vehicle ? [{ id, vehicle }] : []));
    expect(feed.unreadable).toEqual([]);
    expect({
      version: feed.version,
      timestamp: feed.producedAt === null ? null : feed.producedAt / 1000,
      entities: entities.length,
      deleted: entities.filter(({ isDeleted }) => isDeleted).length,
      vehicles: vehicles.length,
      tripUpdates: trips.length,
      alerts: entities.filter(({ alert }) => alert).length,
      stopTimeUpdates: trips.reduce((sum, { stopTimeUpdate = [] }) => sum + stopTimeUpdate.length, 0),
    }).toEqual({
      version: summary.version,
      timestamp: summary.timestamp,
      entities: summary.entities,
      deleted: summary.deleted,
      vehicles: summary.vehicles,
      tripUpdates: summary.tripUpdates,
      alerts: summary.alerts,
      stopTimeUpdates: summary.stopTimeUpdates,
    });
    const first = summary.firstVehicle;
    if (first)
      expect(vehicles[0]).toMatchObject({
        id: first.id,
        vehicle: {
          ...(first.trip !== null && { trip: { tripId: first.trip, ...(first.route && { routeId: first.route }) } }),
          ...(first.vehicleId !== null && { vehicle: { id: first.vehicleId } }),
          ...(first.timestamp !== null && { timestamp: first.timestamp }),
        },
      });
    const { records, refusals } = told(file);
    expect(refusals).toEqual([]);
    const positions = records.filter((one): one is PositionRecord => one.kind === 'position');
    expect(positions).toHaveLength(summary.vehicles);
    if (summary.vehicles > 0)
      expect(positions.filter(({ geometry }) => !geometry)).toHaveLength(summary.vehiclesWithoutPosition);
    const [lon, lat] = positions[0]?.geometry?.type === 'Point' ? positions[0].geometry.coordinates : [null, null];
    if (first) expect([lat, lon]).toEqual([first.lat, first.lon]);
    if (first?.status) expect(positions[0]?.extras['stop.status']).toBe(first.status);
  });

  it('the snapshots of one feed follow one another, and backwards are refused', () => {
    const files = samples
      .filter(({ category }) => category === 'rt-sequence')
      .map(({ file }) => file)
      .sort();
    const run = (order: string[]) => {
      const session = gtfsRtSession(true);
      let state = session.start;
      return order.map((file) => {
        const feed = feedOf(file);
        const step = session.step(state, feed, 1_707_400_000_000);
        state = step.state;
        return step.refusal ? step.refusal.refused : ((step.message as RtFeed).gone?.length ?? 0);
      });
    };
    const forwards = run(files);
    expect(forwards.every((gone) => typeof gone === 'number')).toBe(true);
    // Trips come to their end between two snapshots.
    expect(forwards.some((gone) => Number(gone) > 0)).toBe(true);
    expect(run([...files].reverse())).toEqual([0, 'conflict', 'conflict', 'conflict', 'conflict']);
  });

  it('the example of the specification, in text form', () => {
    const { records } = told('rt_spec_alerts.asciipb');
    expect(records).toMatchObject([
      {
        event: 'DETOUR (CONSTRUCTION)',
        headline: 'Stop at Elm street is closed, temporary stop at Oak street',
        language: 'en',
        onsetAt: 1_284_457_468_000,
        expiresAt: 1_284_468_072_000,
      },
    ]);
    const codes = (records[0] as AlertRecord).areas[0]?.geocodes.map(({ name, value }) => `${name} ${value}`);
    expect(codes).toEqual(['route_id 219', 'stop_id 16230', 'route_id 100', 'stop_id 16299']);
  });

  it('an agency’s own JSON', () => {
    expect(told('rt_mbta_alerts_enhanced_closed.json').records).toMatchObject([
      { event: 'STATION_CLOSURE (UNKNOWN_CAUSE)', headline: 'Museum of Fine Arts closed', severity: 'Severe' },
    ]);
  });

  it.each([
    ['rterr_E001.trip_update-stop_time_update-departure-time.json', 'E001'],
    ['rterr_E002.trip_update-stop_time_update.2.json', 'E002'],
    ['rterr_E021.trip_update-trip-start_date.3.json', 'E021'],
    ['rterr_E026.vehicle_position-position-latitude.2.json', 'E026'],
  ])('%s is refused for it', (file, rule) => {
    const { records, refusals } = told(file);
    expect([records, refusals]).toEqual([
      [],
      [{ refused: 'value', offset: null, detail: expect.stringContaining(rule) }],
    ]);
  });

  it('a longitude of nought is flagged, and no place', () => {
    expect(told('rterr_E026.vehicle_position-position-longitude.3.json').records).toMatchObject([
      { geometry: null, quality: { state: 'missing', flags: ['zero_position'] } },
    ]);
  });

  /** These name a trip or stop that the timetable does not know, or lie off its shape: sound by themselves, told by what they say. */
  it.each(['E003', 'E011', 'E029'])('%s needs the timetable', (rule) => {
    const files = samples.filter(({ file }) => file.startsWith(`rterr_${rule}`));
    expect(files.length).toBeGreaterThan(0);
    for (const { file } of files) {
      const { records, refusals } = told(file);
      expect([records.length > 0, refusals], file).toEqual([true, []]);
    }
  });
});
