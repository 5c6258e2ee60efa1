import { describe, expect, it } from 'vitest';
import type { AlertRecord, FeedRecord, PositionRecord, ReadingRecord } from '@/server/wire/record.ts';
import { type Bus, encodeSnapshot, type ServiceAlert, type TripDelay } from '@/sim/gtfs/feed.ts';
import { isRefusal } from '../refusal.ts';
import { decode } from './decode.ts';
import { map } from './map.ts';

/** Two readings of the standard, written apart: what the simulator means must be what the platform understands. */
const madeAtMs = Date.parse('2026-06-15T00:30:00Z');
const trip = { tripId: '3路-0830-上行', routeId: '3', directionId: 1, startDate: '20260615' } as const;
const bus: Bus = {
  id: '苏A-00321D',
  label: '3路 0321',
  plate: '苏A00321D',
  trip,
  at: [118.796877, 32.060255],
  headingDeg: 271.5,
  speedMps: 8.25,
  odometerM: 123_456.75,
  stop: { id: 'NJ-0117', sequence: 14, status: 'arriving' },
  occupancy: 'standing',
  occupancyPercentage: 71,
  carriages: [
    { label: '前', occupancy: 'fewSeats' },
    { label: '后', occupancy: 'notBoardable' },
  ],
  measuredAtMs: madeAtMs - 8_000,
};
const delay: TripDelay = {
  trip,
  vehicleId: bus.id,
  delayS: -45,
  stops: [
    { stopId: 'NJ-0117', sequence: 14, delayS: -45, arrivesAtMs: madeAtMs + 60_000 },
    { stopId: 'NJ-0118', sequence: 15, delayS: 130, arrivesAtMs: madeAtMs + 400_000 },
  ],
  measuredAtMs: madeAtMs - 3_000,
};
const alert: ServiceAlert = {
  id: 'alert-7',
  fromMs: madeAtMs - 600_000,
  untilMs: madeAtMs + 7_200_000,
  cause: 'weather',
  effect: 'detour',
  severity: 'severe',
  routes: ['3', '31'],
  stops: ['NJ-0118'],
  header: [
    { language: 'zh-CN', text: '积水绕行' },
    { language: 'en', text: 'Diverted by flooding' },
  ],
  description: [{ language: 'zh-CN', text: '龙蟠路隧道积水，3路、31路绕行。' }],
  url: 'https://example.cn/alerts/7',
};

function told(snapshot: Parameters<typeof encodeSnapshot>[0]): FeedRecord[] {
  const feed = decode(encodeSnapshot(snapshot));
  if (isRefusal(feed)) throw new Error(`${feed.refused}: ${feed.detail}`);
  expect([feed.deviations, feed.entities.flatMap(({ deviations }) => deviations)]).toEqual([[], []]);
  return map(feed, { receivedAt: madeAtMs + 1_000, crs: 'wgs84', options: {} }).map((one) => {
    if (isRefusal(one)) throw new Error(`${one.refused}: ${one.detail}`);
    return one;
  });
}
const none = { madeAtMs, buses: [], delays: [], alerts: [] };

describe('the simulator’s buses', () => {
  it('are where they say, doing what they say', () => {
    const [one] = told({ ...none, buses: [bus] }) as PositionRecord[];
    expect(one).toMatchObject({
      subject: { scheme: 'gtfs-rt', key: bus.id },
      observedAt: bus.measuredAtMs,
      quality: { state: 'good', flags: [] },
      headingDeg: 271.5,
      speedMps: 8.25,
      extras: {
        'trip.id': trip.tripId,
        'trip.routeId': '3',
        'trip.directionId': 1,
        'trip.startDate': '20260615',
        'trip.scheduleRelationship': 'SCHEDULED',
        'vehicle.label': bus.label,
        'vehicle.plate': bus.plate,
        'stop.id': 'NJ-0117',
        'stop.sequence': 14,
        'stop.status': 'INCOMING_AT',
        'occupancy.status': 'STANDING_ROOM_ONLY',
        'occupancy.percentage': 71,
        'carriage.1.occupancy': 'FEW_SEATS_AVAILABLE',
        'carriage.2.label': '后',
        'carriage.2.occupancy': 'NOT_BOARDABLE',
        odometerM: 123_456.75,
      },
    });
    const [lon, lat] = one?.geometry?.type === 'Point' ? one.geometry.coordinates : [0, 0];
    // Single precision: less than a metre.
    expect(Math.abs(lon - 118.796877)).toBeLessThan(5e-6);
    expect(Math.abs(lat - 32.060255)).toBeLessThan(5e-6);
  });

  it('underground have no place', () => {
    const [one] = told({
      ...none,
      buses: [{ ...bus, at: null, trip: null, stop: null, occupancy: null, carriages: [] }],
    });
    expect(one).toMatchObject({ geometry: null, quality: { state: 'missing', flags: ['no_fix'] } });
  });

  it('are early and late by as much as they say', () => {
    const readings = told({ ...none, delays: [delay] }) as ReadingRecord[];
    const run = `trip/${trip.tripId}@20260615`;
    expect(readings.map(({ subject, value, unit, observedAt }) => [subject.key, value, unit, observedAt])).toEqual([
      [run, -45, 's', delay.measuredAtMs],
      [`${run}/NJ-0117`, -45, 's', delay.measuredAtMs],
      [`${run}/NJ-0118`, 130, 's', delay.measuredAtMs],
    ]);
  });

  it('have their diversions told in both languages', () => {
    const alerts = told({ ...none, alerts: [alert] }) as AlertRecord[];
    expect(alerts.map(({ language, headline }) => [language, headline])).toEqual([
      ['zh-CN', '积水绕行'],
      ['en', 'Diverted by flooding'],
    ]);
    expect(alerts[0]).toMatchObject({
      subject: { key: 'alert/alert-7' },
      event: 'DETOUR (WEATHER)',
      text: '龙蟠路隧道积水，3路、31路绕行。\n\nhttps://example.cn/alerts/7',
      severity: 'Severe',
      onsetAt: alert.fromMs,
      expiresAt: alert.untilMs,
      areas: [
        {
          geocodes: [
            { name: 'route_id', value: '3' },
            { name: 'route_id', value: '31' },
            { name: 'stop_id', value: 'NJ-0118' },
          ],
        },
      ],
    });
  });

  it('together in one snapshot lose nobody', () => {
    const buses = Array.from({ length: 500 }, (_, index) => ({ ...bus, id: `bus-${index}`, trip: null }));
    const records = told({ madeAtMs, buses, delays: [{ ...delay, vehicleId: null }], alerts: [alert] });
    expect(records.filter(({ kind }) => kind === 'position')).toHaveLength(500);
    expect(records).toHaveLength(505);
  });
});
