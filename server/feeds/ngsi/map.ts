import type { FeedRecord } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import type { Refusal } from '../refusal.ts';
import { accidentTypes, alertTypes, caseTypes, vehicleTypes } from './known-types.ts';
import { mapCapacity } from './map-capacity.ts';
import { mapReadings } from './map-readings.ts';
import { mapAccident, mapAlert, mapCase } from './map-report.ts';
import { mapVehicle } from './map-vehicle.ts';
import type { NgsiDocument } from './message.ts';
import type { NgsiOptions } from './options.ts';

/** Each entity in its own kind; a type that nobody here knows is read and makes no record. */
export function map(document: NgsiDocument, context: MapContext<NgsiOptions>): readonly (FeedRecord | Refusal)[] {
  const own = { ...context, notifiedAt: document.notifiedAt };
  const records = document.entities.flatMap((entity): FeedRecord[] => {
    if (alertTypes.has(entity.type)) return [mapAlert(entity, own)];
    if (caseTypes.has(entity.type)) return [mapCase(entity, own)];
    if (accidentTypes.has(entity.type)) return [mapAccident(entity, own)];
    if (vehicleTypes.has(entity.type)) return mapVehicle(entity, own);
    return [...mapCapacity(entity, own), ...mapReadings(entity, own)];
  });
  return [...records, ...document.unreadable];
}
