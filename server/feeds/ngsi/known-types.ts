import { measures } from './measures.ts';

export const alertTypes: ReadonlySet<string> = new Set(['Alert', 'WeatherAlert']);
export const caseTypes: ReadonlySet<string> = new Set([
  'IssueReporting',
  'service_requests',
  'Open311ServiceRequest',
  'Open311_ServiceRequest',
]);
export const accidentTypes: ReadonlySet<string> = new Set(['RoadAccident']);
export const bikeTypes: ReadonlySet<string> = new Set(['BikeHireDockingStation']);
/** One place each. */
export const spotTypes: ReadonlySet<string> = new Set(['ParkingSpot']);
export const chargingTypes: ReadonlySet<string> = new Set(['EVChargingStation']);
export const vehicleTypes: ReadonlySet<string> = new Set(['Vehicle', 'FleetVehicleStatus']);
export const parkingTypes: ReadonlySet<string> = new Set(['OffStreetParking', 'OnStreetParking', 'ParkingGroup']);
/** Places that people visit; a count of them is a capacity only beside the number that is allowed. */
export const visitedTypes: ReadonlySet<string> = new Set([
  'CrowdFlowObserved',
  'TouristAttraction',
  'TouristDestination',
  'PointOfInterest',
  'Museum',
  'Building',
]);

/** Types that become records; all others are read and become none. */
export const knownTypes: ReadonlySet<string> = new Set([
  ...measures.keys(),
  ...[
    alertTypes,
    caseTypes,
    accidentTypes,
    bikeTypes,
    parkingTypes,
    visitedTypes,
    spotTypes,
    chargingTypes,
    vehicleTypes,
  ].flatMap((types) => [...types]),
]);
