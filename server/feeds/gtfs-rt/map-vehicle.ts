import type { PositionRecord, QualityFlag, Scalar } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { toWgs84 } from '../datum.ts';
import { cut } from '../read-json-document.ts';
import { judgeClock } from '../source-clock.ts';
import { plainFloat } from './float.ts';
import { fastestMps } from './judge-vehicle.ts';
import { digest, vehicleKey } from './keys.ts';
import type { RtEntity, RtFeed, VehiclePosition } from './message.ts';
import { posixMs } from './posix-time.ts';
import { flagsOf, stateOf } from './quality.ts';

const mostCarriages = 30;

/** What else the message carries, by its own names; what was not sent is not there. */
function extrasOf(vehicle: VehiclePosition): Record<string, Scalar> {
  const { trip, vehicle: named, position } = vehicle;
  const placed = vehicle.stopId || vehicle.currentStopSequence !== undefined;
  const plain: Record<string, Scalar | undefined> = {
    'trip.id': trip?.tripId || trip?.modifiedTrip?.affectedTripId,
    'trip.routeId': trip?.routeId,
    'trip.directionId': trip?.directionId,
    'trip.startDate': trip?.startDate,
    'trip.startTime': trip?.startTime,
    'trip.scheduleRelationship': trip?.scheduleRelationship,
    'vehicle.label': named?.label,
    'vehicle.plate': named?.licensePlate,
    'vehicle.wheelchair': named?.wheelchairAccessible,
    'stop.id': vehicle.stopId,
    'stop.sequence': vehicle.currentStopSequence,
    'stop.status': vehicle.currentStatus ?? (placed ? 'IN_TRANSIT_TO' : undefined),
    congestion: vehicle.congestionLevel,
    'occupancy.status': vehicle.occupancyStatus,
    'occupancy.percentage': vehicle.occupancyPercentage,
    odometerM: position?.odometer !== undefined && Number.isFinite(position.odometer) ? position.odometer : undefined,
  };
  const carriages = vehicle.multiCarriageDetails ?? [];
  for (const [index, carriage] of carriages.slice(0, mostCarriages).entries()) {
    const name = `carriage.${carriage.carriageSequence ?? index + 1}`;
    plain[`${name}.id`] = carriage.id;
    plain[`${name}.label`] = carriage.label;
    plain[`${name}.occupancy`] = carriage.occupancyStatus;
    // −1 is how this field says that it says nothing.
    const share = carriage.occupancyPercentage ?? -1;
    plain[`${name}.percentage`] = share >= 0 ? share : undefined;
  }
  return Object.fromEntries(
    Object.entries(plain).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, typeof value === 'string' ? cut(value, 2_000) : value]],
    ),
  );
}

const within = (value: number | undefined, most: number): number | null =>
  value !== undefined && value >= 0 && value <= most ? plainFloat(value) : null;

export function mapVehicle(entity: RtEntity, feed: RtFeed, context: MapContext): PositionRecord[] {
  const { vehicle } = entity;
  if (!vehicle) return [];
  const flags = new Set<QualityFlag>(flagsOf(entity, feed));
  const stated = posixMs(vehicle.timestamp);
  const clock = judgeClock(stated ?? (vehicle.timestamp ? null : feed.producedAt), context.receivedAt);
  for (const flag of clock.flags) flags.add(flag);
  const { latitude, longitude, bearing, speed } = vehicle.position ?? {};
  const placed = latitude !== undefined && longitude !== undefined && latitude !== 0 && longitude !== 0;
  // Trains underground are known by their stop alone.
  if (!vehicle.position) flags.add('no_fix');
  if (placed && context.crs === 'unknown') flags.add('crs_assumed');
  const key = vehicleKey(vehicle, entity.id);
  const said = {
    geometry: placed
      ? { type: 'Point' as const, coordinates: toWgs84([plainFloat(longitude), plainFloat(latitude)], context.crs) }
      : null,
    altitudeM: null,
    speedMps: within(speed, fastestMps),
    headingDeg: within(bearing, 360),
    accuracyM: null,
    fixed: null,
    extras: extrasOf(vehicle),
  };
  const stamp = clock.at ?? context.receivedAt ?? 'undated';
  return [
    {
      kind: 'position',
      subject: { scheme: 'gtfs-rt', key },
      observedAt: clock.at,
      sourceAt: clock.at,
      relayedAt: null,
      receivedAt: context.receivedAt,
      crsReceived: context.crs,
      geometrySource: said.geometry ? 'message' : 'none',
      quality: { state: said.geometry ? stateOf(flags) : 'missing', flags: [...flags] },
      // A feed may say more of the same moment (the next stop, how full it is): another fact, not a contradiction.
      dedupeKey: ['gtfs-rt', 'position', key, stamp, digest([said, [...flags].sort()])].join('|'),
      revision: 0,
      privacy: 'none',
      ...said,
    },
  ];
}
