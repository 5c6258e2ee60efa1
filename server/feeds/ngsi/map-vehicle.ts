import type { PositionRecord, QualityFlag, Scalar } from '@/server/wire/record.ts';
import { readGeometry } from '../read-geometry.ts';
import { cut } from '../read-json-document.ts';
import { measuredIn, ucumOf } from '../units.ts';
import {
  envelopeOf,
  heldIn,
  type NgsiContext,
  nameIn,
  numberIn,
  stampOf,
  stateOf,
  whenOf,
  whenSaid,
} from './envelope.ts';
import type { NgsiEntity } from './message.ts';

/** Faster than any vehicle of a street or a river. */
const fastestMps = 150;
const told = {
  'vehicle.type': ['vehicleType'],
  'vehicle.plate': ['vehiclePlateIdentifier', 'license_plate'],
  'vehicle.emergencyType': ['emergencyVehicleType'],
  status: ['serviceStatus', 'currentStatus', 'vehicleRunningStatus'],
  name: ['name'],
} as const;

function extrasOf(entity: NgsiEntity): Record<string, Scalar> {
  const texts = Object.entries(told).flatMap(([name, from]): [string, Scalar][] => {
    const text = nameIn(entity, ...from);
    return text === null ? [] : [[name, cut(text, 512)]];
  });
  const ignition = heldIn(entity, 'ignitionStatus');
  return Object.fromEntries([...texts, ...(typeof ignition === 'boolean' ? [['ignition', ignition] as const] : [])]);
}

/** The number of an attribute in the unit that is wanted; the model's own unit where none is stated. */
function measured(entity: NgsiEntity, name: string, { sent, wanted }: { sent: string; wanted: string }): number | null {
  const attribute = entity.attributes[name]?.[0];
  const number = attribute ? numberIn(attribute.value) : null;
  if (!attribute || number === null) return null;
  const stated = attribute.unitCode === null ? sent : ucumOf(attribute.unitCode);
  const { value, unit } = measuredIn(number, stated ?? '', wanted);
  return stated !== null && unit === wanted ? value : null;
}

/** Vehicle and FleetVehicleStatus → where it is. Who drives is not taken over. */
export function mapVehicle(entity: NgsiEntity, context: NgsiContext): PositionRecord[] {
  const held = entity.attributes.location ? 'location' : 'lastKnownPosition';
  const attribute = entity.attributes[held]?.[0];
  if (!attribute) return [];
  const { envelope, flags: placed } = envelopeOf(entity, context);
  const place =
    held === 'location' ? { geometry: envelope.geometry, flags: placed } : readGeometry(attribute.value, context.crs);
  if (place.geometry !== null && place.geometry.type !== 'Point') return [];
  const stated = attribute.observedAt ?? nameIn(entity, 'lastKnownPositionUpdatedAt');
  const when = stated === null ? whenOf(entity, context) : whenSaid(stated, context);
  const flags = new Set<QualityFlag>([...place.flags, ...when.flags]);
  const speed = measured(entity, 'speed', { sent: 'km/h', wanted: 'm/s' });
  if (speed !== null && (speed < 0 || speed > fastestMps)) flags.add(speed < 0 ? 'under_range' : 'over_range');
  const bearing = measured(entity, nameIn(entity, 'bearing') === null ? 'heading' : 'bearing', {
    sent: 'deg',
    wanted: 'deg',
  });
  const turned = bearing !== null && bearing < 0 && bearing >= -180 ? bearing + 360 : bearing;
  if (turned !== null && (turned < 0 || turned > 360)) flags.add('over_range');
  const subject = envelope.subject.key;
  return [
    {
      kind: 'position',
      ...envelope,
      geometry: place.geometry,
      geometrySource: place.geometry ? 'message' : 'none',
      observedAt: when.at,
      quality: { state: place.geometry ? stateOf(flags) : 'missing', flags: [...flags] },
      dedupeKey: ['ngsi', subject, 'position', stampOf(when.at, context.receivedAt), point(place.geometry)].join('|'),
      revision: 0,
      altitudeM: numberIn(heldIn(entity, 'vehicleAltitude')),
      speedMps: speed !== null && speed >= 0 && speed <= fastestMps ? speed : null,
      headingDeg: turned !== null && turned >= 0 && turned <= 360 ? turned : null,
      accuracyM: null,
      fixed: null,
      extras: extrasOf(entity),
    },
  ];
}

const point = (geometry: PositionRecord['geometry']): string =>
  geometry?.type === 'Point' ? geometry.coordinates.map((degrees) => degrees.toFixed(5)).join(',') : '';
