import { refuse } from '../refusal.ts';
import { faultOfTrip, type Verdict } from './judge-trip.ts';
import type { Alert, Deviation, VehiclePosition } from './message.ts';
import { isPosix } from './posix-time.ts';

/** Faster than any train: a sensor's or a converter's mistake. */
export const fastestMps = 150;

export function judgeVehicle(vehicle: VehiclePosition): Verdict {
  const deviations: Deviation[] = [];
  const note = (rule: string, detail: string, flag: Deviation['flag']) => void deviations.push({ rule, detail, flag });
  const fault = faultOfTrip(vehicle.trip);
  if (fault) return fault;
  const { position } = vehicle;
  if (position) {
    const { latitude, longitude, bearing, speed } = position;
    if (latitude === undefined || longitude === undefined)
      return refuse('schema', 'a position without latitude or longitude');
    const sound = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    if (!sound) return refuse('value', `E026: ${latitude}, ${longitude} is no place`);
    if (latitude === 0 || longitude === 0)
      note('E026', `${latitude}, ${longitude}: a field never set`, 'zero_position');
    if (bearing !== undefined && !(bearing >= 0 && bearing <= 360)) note('E027', `bearing ${bearing}`, 'over_range');
    if (speed !== undefined && !(speed >= 0)) note('speed', `${speed} m/s`, 'under_range');
    if (speed !== undefined && speed > fastestMps) note('W004', `${speed} m/s`, 'over_range');
  }
  if (!vehicle.vehicle?.id) note('W002', 'no vehicle id', null);
  for (const value of [vehicle.currentStatus, vehicle.congestionLevel, vehicle.occupancyStatus])
    if (typeof value === 'number') note('enum', `unknown value ${value}`, 'enum_unknown');
  return deviations;
}

export function judgeAlert(alert: Alert): Verdict {
  const deviations: Deviation[] = [];
  const note = (rule: string, detail: string, flag: Deviation['flag']) => void deviations.push({ rule, detail, flag });
  const { activePeriod = [], communicationPeriod = [], impactPeriod = [] } = alert;
  for (const { start, end } of [...activePeriod, ...communicationPeriod, ...impactPeriod]) {
    // 0 and the largest number are how some write "always".
    for (const time of [start, end])
      if (time && time < 9e15 && !isPosix(time) && time !== 4_294_967_295 && time !== 2_147_483_647)
        return refuse('value', `E001: active_period ${time} is not POSIX seconds`);
    if (start && end && end < start) note('period', `an active_period that ends before it begins`, 'out_of_order');
  }
  const selectors = alert.informedEntity ?? [];
  if (selectors.length === 0) note('E032', 'no informed_entity', 'partial');
  for (const { agencyId, routeId, routeType, trip, stopId, directionId } of selectors) {
    const named = agencyId || routeId || routeType !== undefined || trip || stopId || directionId !== undefined;
    if (!named) note('E033', 'an informed_entity that selects nothing', 'partial');
    if (routeId && trip?.routeId && trip.routeId !== routeId)
      note('E031', `route ${routeId.slice(0, 80)} and a trip of route ${trip.routeId.slice(0, 80)}`, 'partial');
    const fault = faultOfTrip(trip);
    if (fault) note(fault.detail.slice(0, 4), fault.detail.slice(6), 'partial');
  }
  if (!alert.headerText?.translation?.length) note('header_text', 'no header_text', 'partial');
  for (const value of [alert.cause, alert.effect, alert.severityLevel])
    if (typeof value === 'number') note('enum', `unknown value ${value}`, 'enum_unknown');
  return deviations;
}
