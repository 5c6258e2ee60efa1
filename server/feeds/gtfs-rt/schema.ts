/**
 * gtfs-realtime.proto as a table: every message and field of the specification with its number. Extensions (1000–1999, 9000–9999) and whatever
 * comes later are skipped by whoever reads by this table.
 */
const scheduled = {
  ...{ SCHEDULED: 0, ADDED: 1, UNSCHEDULED: 2, CANCELED: 3, REPLACEMENT: 5, DUPLICATED: 6, DELETED: 7, NEW: 8 },
} as const;

export const enums = {
  Incrementality: { FULL_DATASET: 0, DIFFERENTIAL: 1 },
  TripRelationship: scheduled,
  StopRelationship: { SCHEDULED: 0, SKIPPED: 1, NO_DATA: 2, UNSCHEDULED: 3 },
  DropOffPickupType: { REGULAR: 0, NONE: 1, PHONE_AGENCY: 2, COORDINATE_WITH_DRIVER: 3 },
  VehicleStopStatus: { INCOMING_AT: 0, STOPPED_AT: 1, IN_TRANSIT_TO: 2 },
  CongestionLevel: {
    ...{ UNKNOWN_CONGESTION_LEVEL: 0, RUNNING_SMOOTHLY: 1, STOP_AND_GO: 2, CONGESTION: 3, SEVERE_CONGESTION: 4 },
  },
  OccupancyStatus: {
    ...{ EMPTY: 0, MANY_SEATS_AVAILABLE: 1, FEW_SEATS_AVAILABLE: 2, STANDING_ROOM_ONLY: 3 },
    ...{ CRUSHED_STANDING_ROOM_ONLY: 4, FULL: 5, NOT_ACCEPTING_PASSENGERS: 6, NO_DATA_AVAILABLE: 7, NOT_BOARDABLE: 8 },
  },
  WheelchairAccessible: { NO_VALUE: 0, UNKNOWN: 1, WHEELCHAIR_ACCESSIBLE: 2, WHEELCHAIR_INACCESSIBLE: 3 },
  WheelchairBoarding: { UNKNOWN: 0, AVAILABLE: 1, NOT_AVAILABLE: 2 },
  Cause: {
    ...{ UNKNOWN_CAUSE: 1, OTHER_CAUSE: 2, TECHNICAL_PROBLEM: 3, STRIKE: 4, DEMONSTRATION: 5, ACCIDENT: 6, HOLIDAY: 7 },
    ...{ WEATHER: 8, MAINTENANCE: 9, CONSTRUCTION: 10, POLICE_ACTIVITY: 11, MEDICAL_EMERGENCY: 12 },
  },
  Effect: {
    ...{ NO_SERVICE: 1, REDUCED_SERVICE: 2, SIGNIFICANT_DELAYS: 3, DETOUR: 4, ADDITIONAL_SERVICE: 5 },
    ...{ MODIFIED_SERVICE: 6, OTHER_EFFECT: 7, UNKNOWN_EFFECT: 8, STOP_MOVED: 9, NO_EFFECT: 10 },
    ...{ ACCESSIBILITY_ISSUE: 11 },
  },
  SeverityLevel: { UNKNOWN_SEVERITY: 1, INFO: 2, WARNING: 3, SEVERE: 4 },
} as const;

export type EnumName = keyof typeof enums;
export type ScalarName = 'string' | 'bool' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float' | 'double';

const one = <const T extends string>(number: number, type: T) => ({ number, type, many: false }) as const;
const many = <const T extends string>(number: number, type: T) => ({ number, type, many: true }) as const;

export const messages = {
  FeedMessage: { header: one(1, 'FeedHeader'), entity: many(2, 'FeedEntity') },
  FeedHeader: {
    gtfsRealtimeVersion: one(1, 'string'),
    incrementality: one(2, 'Incrementality'),
    timestamp: one(3, 'uint64'),
    feedVersion: one(4, 'string'),
  },
  FeedEntity: {
    id: one(1, 'string'),
    isDeleted: one(2, 'bool'),
    tripUpdate: one(3, 'TripUpdate'),
    vehicle: one(4, 'VehiclePosition'),
    alert: one(5, 'Alert'),
    shape: one(6, 'Shape'),
    stop: one(7, 'Stop'),
    tripModifications: one(8, 'TripModifications'),
  },
  TripUpdate: {
    trip: one(1, 'TripDescriptor'),
    stopTimeUpdate: many(2, 'StopTimeUpdate'),
    vehicle: one(3, 'VehicleDescriptor'),
    timestamp: one(4, 'uint64'),
    delay: one(5, 'int32'),
    tripProperties: one(6, 'TripProperties'),
  },
  StopTimeEvent: {
    delay: one(1, 'int32'),
    time: one(2, 'int64'),
    uncertainty: one(3, 'int32'),
    scheduledTime: one(4, 'int64'),
  },
  StopTimeUpdate: {
    stopSequence: one(1, 'uint32'),
    arrival: one(2, 'StopTimeEvent'),
    departure: one(3, 'StopTimeEvent'),
    stopId: one(4, 'string'),
    scheduleRelationship: one(5, 'StopRelationship'),
    stopTimeProperties: one(6, 'StopTimeProperties'),
    departureOccupancyStatus: one(7, 'OccupancyStatus'),
  },
  StopTimeProperties: {
    assignedStopId: one(1, 'string'),
    stopHeadsign: one(2, 'string'),
    pickupType: one(3, 'DropOffPickupType'),
    dropOffType: one(4, 'DropOffPickupType'),
  },
  TripProperties: {
    tripId: one(1, 'string'),
    startDate: one(2, 'string'),
    startTime: one(3, 'string'),
    shapeId: one(4, 'string'),
    tripHeadsign: one(5, 'string'),
    tripShortName: one(6, 'string'),
  },
  VehiclePosition: {
    trip: one(1, 'TripDescriptor'),
    position: one(2, 'Position'),
    currentStopSequence: one(3, 'uint32'),
    currentStatus: one(4, 'VehicleStopStatus'),
    timestamp: one(5, 'uint64'),
    congestionLevel: one(6, 'CongestionLevel'),
    stopId: one(7, 'string'),
    vehicle: one(8, 'VehicleDescriptor'),
    occupancyStatus: one(9, 'OccupancyStatus'),
    occupancyPercentage: one(10, 'uint32'),
    multiCarriageDetails: many(11, 'CarriageDetails'),
  },
  CarriageDetails: {
    id: one(1, 'string'),
    label: one(2, 'string'),
    occupancyStatus: one(3, 'OccupancyStatus'),
    occupancyPercentage: one(4, 'int32'),
    carriageSequence: one(5, 'uint32'),
  },
  Position: {
    latitude: one(1, 'float'),
    longitude: one(2, 'float'),
    bearing: one(3, 'float'),
    odometer: one(4, 'double'),
    speed: one(5, 'float'),
  },
  TripDescriptor: {
    tripId: one(1, 'string'),
    startTime: one(2, 'string'),
    startDate: one(3, 'string'),
    scheduleRelationship: one(4, 'TripRelationship'),
    routeId: one(5, 'string'),
    directionId: one(6, 'uint32'),
    modifiedTrip: one(7, 'ModifiedTripSelector'),
  },
  ModifiedTripSelector: {
    modificationsId: one(1, 'string'),
    affectedTripId: one(2, 'string'),
    startTime: one(3, 'string'),
    startDate: one(4, 'string'),
  },
  VehicleDescriptor: {
    id: one(1, 'string'),
    label: one(2, 'string'),
    licensePlate: one(3, 'string'),
    wheelchairAccessible: one(4, 'WheelchairAccessible'),
  },
  Alert: {
    activePeriod: many(1, 'TimeRange'),
    informedEntity: many(5, 'EntitySelector'),
    cause: one(6, 'Cause'),
    effect: one(7, 'Effect'),
    url: one(8, 'TranslatedString'),
    headerText: one(10, 'TranslatedString'),
    descriptionText: one(11, 'TranslatedString'),
    ttsHeaderText: one(12, 'TranslatedString'),
    ttsDescriptionText: one(13, 'TranslatedString'),
    severityLevel: one(14, 'SeverityLevel'),
    image: one(15, 'TranslatedImage'),
    imageAlternativeText: one(16, 'TranslatedString'),
    causeDetail: one(17, 'TranslatedString'),
    effectDetail: one(18, 'TranslatedString'),
    // Younger than the numbers that are published where we read: known by their names alone.
    communicationPeriod: many(-1, 'TimeRange'),
    impactPeriod: many(-2, 'TimeRange'),
  },
  TimeRange: { start: one(1, 'uint64'), end: one(2, 'uint64') },
  EntitySelector: {
    agencyId: one(1, 'string'),
    routeId: one(2, 'string'),
    routeType: one(3, 'int32'),
    trip: one(4, 'TripDescriptor'),
    stopId: one(5, 'string'),
    directionId: one(6, 'uint32'),
  },
  TranslatedString: { translation: many(1, 'Translation') },
  Translation: { text: one(1, 'string'), language: one(2, 'string') },
  TranslatedImage: { localizedImage: many(1, 'LocalizedImage') },
  LocalizedImage: { url: one(1, 'string'), mediaType: one(2, 'string'), language: one(3, 'string') },
  Shape: { shapeId: one(1, 'string'), encodedPolyline: one(2, 'string') },
  Stop: {
    stopId: one(1, 'string'),
    stopCode: one(2, 'TranslatedString'),
    stopName: one(3, 'TranslatedString'),
    ttsStopName: one(4, 'TranslatedString'),
    stopDesc: one(5, 'TranslatedString'),
    stopLat: one(6, 'float'),
    stopLon: one(7, 'float'),
    zoneId: one(8, 'string'),
    stopUrl: one(9, 'TranslatedString'),
    parentStation: one(11, 'string'),
    stopTimezone: one(12, 'string'),
    wheelchairBoarding: one(13, 'WheelchairBoarding'),
    levelId: one(14, 'string'),
    platformCode: one(15, 'TranslatedString'),
  },
  TripModifications: {
    selectedTrips: many(1, 'SelectedTrips'),
    startTimes: many(2, 'string'),
    serviceDates: many(3, 'string'),
    modifications: many(4, 'Modification'),
  },
  SelectedTrips: { tripIds: many(1, 'string'), shapeId: one(2, 'string') },
  Modification: {
    startStopSelector: one(1, 'StopSelector'),
    endStopSelector: one(2, 'StopSelector'),
    propagatedModificationDelay: one(3, 'int32'),
    replacementStops: many(4, 'ReplacementStop'),
    serviceAlertId: one(5, 'string'),
    lastModifiedTime: one(6, 'uint64'),
  },
  StopSelector: { stopSequence: one(1, 'uint32'), stopId: one(2, 'string') },
  ReplacementStop: { travelTimeToStop: one(1, 'int32'), stopId: one(2, 'string') },
} as const;

export type MessageName = keyof typeof messages;

type Type = MessageName | EnumName | ScalarName;
/** An enumerator of a later edition keeps its number. */
type ValueOf<T> = T extends MessageName
  ? MessageOf<T>
  : T extends EnumName
    ? keyof (typeof enums)[T] | number
    : T extends 'string'
      ? string
      : T extends 'bool'
        ? boolean
        : number;
type Spec = { readonly number: number; readonly type: Type; readonly many: boolean };
type FieldOf<F> = F extends { type: infer T; many: true }
  ? readonly ValueOf<T>[]
  : F extends { type: infer T }
    ? ValueOf<T>
    : never;
/** A message as it was read: what was not sent is not there. */
export type MessageOf<M extends MessageName> = {
  readonly [F in keyof (typeof messages)[M]]?: FieldOf<(typeof messages)[M][F]>;
};

export type Field = { readonly name: string } & Spec;
const fieldsOf = Object.entries(messages).map(([message, fields]) => {
  const list: Field[] = Object.entries<Spec>(fields).map(([name, spec]) => ({ name, ...spec }));
  return [message, list] as const;
});
export const fieldsByNumber: ReadonlyMap<MessageName, ReadonlyMap<number, Field>> = new Map(
  fieldsOf.map(([message, list]) => [
    message as MessageName,
    new Map(list.filter(({ number }) => number > 0).map((one) => [one.number, one])),
  ]),
);
const byName = new Map(fieldsOf.map(([message, list]) => [message, new Map(list.map((one) => [one.name, one]))]));

/** `trip_update`, `tripUpdate` and `TripUpdate` are one name. */
export const fieldByName = (message: MessageName, name: string): Field | null =>
  byName
    .get(message)
    ?.get(
      name
        .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
        .replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    ) ?? null;

export const isMessageName = (type: Type): type is MessageName => Object.hasOwn(messages, type);
export const isEnumName = (type: Type): type is EnumName => Object.hasOwn(enums, type);

const enumNames = new Map(
  Object.entries(enums).map(([name, values]) => [
    name,
    new Map(Object.entries<number>(values).map(([word, number]) => [number, word])),
  ]),
);
export const enumWord = (type: EnumName, number: number): string | number => enumNames.get(type)?.get(number) ?? number;
export const enumNumber = (type: EnumName, word: string): number | null =>
  Object.hasOwn(enums[type], word) ? (enums[type] as Readonly<Record<string, number>>)[word]! : null;
