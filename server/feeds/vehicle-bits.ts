/** JT/T 808 alarm flags by bit. 2019 gave meanings to bits 15–17 and widened bit 3; the others stand since 2011. */
export const alarmBits: readonly (string | null)[] = [
  'emergency',
  'overspeed',
  'fatigue',
  'danger',
  'gnssFault',
  'gnssAntennaOpen',
  'gnssAntennaShort',
  'powerLow',
  'powerCut',
  'displayFault',
  'speechFault',
  'cameraFault',
  'cardReaderFault',
  'overspeedWarning',
  'fatigueWarning',
  'unlawfulDriving',
  'tyrePressureWarning',
  'rightTurnBlindSpot',
  'drivingOvertime',
  'parkingOvertime',
  'areaCrossing',
  'routeCrossing',
  'segmentTime',
  'routeDeviation',
  'speedSensorFault',
  'fuelAbnormal',
  'stolen',
  'unlawfulIgnition',
  'unlawfulMovement',
  'collision',
  'rollover',
  'unlawfulDoorOpening',
];

/** Status flags that are plain yes/no; hemisphere, datum and load are read by name in `readStatus`. */
const statusBits: readonly (readonly [number, string])[] = [
  [6, 'emergencyBrakeWarning'],
  [7, 'laneDepartureWarning'],
  [10, 'fuelLineCut'],
  [11, 'circuitCut'],
  [12, 'doorsLocked'],
  [13, 'door1Open'],
  [14, 'door2Open'],
  [15, 'door3Open'],
  [16, 'door4Open'],
  [17, 'door5Open'],
  [18, 'gps'],
  [19, 'beidou'],
  [20, 'glonass'],
  [21, 'galileo'],
  [22, 'moving'],
];

const loads = ['empty', 'half', 'reserved', 'full'] as const;

export type Status = {
  readonly acc: boolean;
  readonly fixed: boolean;
  readonly south: boolean;
  readonly west: boolean;
  readonly outOfService: boolean;
  /** Passed through the secrecy plug-in: the coordinates are GCJ-02. */
  readonly shifted: boolean;
  readonly load: (typeof loads)[number];
  /** The other flags that are set. */
  readonly set: readonly string[];
};

const bit = (flags: number, at: number): boolean => ((flags >>> at) & 1) === 1;

export const namesOf = (flags: number, names: readonly (string | null)[]): string[] =>
  flags === 0 ? [] : names.flatMap((name, at) => (bit(flags, at) ? [name ?? `bit${at}`] : []));

export const readStatus = (flags: number): Status => ({
  acc: bit(flags, 0),
  fixed: bit(flags, 1),
  south: bit(flags, 2),
  west: bit(flags, 3),
  outOfService: bit(flags, 4),
  shifted: bit(flags, 5),
  load: loads[(flags >>> 8) & 3]!,
  set: statusBits.filter(([at]) => bit(flags, at)).map(([, name]) => name),
});

/** Additional item 0x25. */
export const signalBits = [
  'lowBeam',
  'highBeam',
  'rightIndicator',
  'leftIndicator',
  'brake',
  'reverse',
  'fogLamp',
  'markerLamp',
  'horn',
  'airConditioning',
  'neutral',
  'retarder',
  'abs',
  'heater',
  'clutch',
];
/** Additional item 0x14 (JT/T 1078). */
export const videoAlarmBits = [
  'signalLost',
  'signalCovered',
  'storageFault',
  'otherDeviceFault',
  'overcrowded',
  'abnormalDriving',
  'alarmStorageFull',
];
/** Additional item 0x18 (JT/T 1078). */
export const behaviourBits = ['fatigue', 'phone', 'smoking'];
