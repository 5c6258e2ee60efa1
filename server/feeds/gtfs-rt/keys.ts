import { createHash } from 'node:crypto';
import type { TripDescriptor, VehiclePosition } from './message.ts';

const longestKey = 240;

export const digest = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);

/** What a record's subject may hold; a longer name keeps its beginning and stays unlike any other. */
export const bounded = (key: string): string =>
  key.length <= longestKey ? key : `${key.slice(0, longestKey - 20).replace(/[\ud800-\udbff]$/, '')}~${digest(key)}`;

/** One run of a trip: its id, and the day and time where the feed tells runs apart by them. Null where nothing names it. */
export function tripKey(trip: TripDescriptor | undefined, dated = true): string | null {
  if (!trip) return null;
  const name =
    trip.tripId ||
    trip.modifiedTrip?.affectedTripId ||
    (trip.routeId ? `route:${trip.routeId}${trip.directionId === undefined ? '' : `/${trip.directionId}`}` : '');
  if (!name) return null;
  const day = dated && (trip.startDate || trip.modifiedTrip?.startDate);
  const time = trip.startTime || trip.modifiedTrip?.startTime;
  return bounded(`trip/${name}${day ? `@${day}` : ''}${time ? `T${time}` : ''}`);
}

/**
 * A vehicle by its own id; else by its trip, its label, or the entity that speaks of it. Not by the day of the trip: the history keeps the name of
 * everything that ever moved.
 */
export function vehicleKey(vehicle: VehiclePosition, entityId: string): string {
  const { id, label } = vehicle.vehicle ?? {};
  return bounded(id || tripKey(vehicle.trip, false) || (label ? `label/${label}` : `entity/${entityId}`));
}
