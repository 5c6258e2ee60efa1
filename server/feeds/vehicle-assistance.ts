import { readBeijingTime } from './bcd-time.ts';
import type { ByteReader } from './byte-reader.ts';
import { namesOf } from './vehicle-bits.ts';

type Value = string | number | boolean | null | readonly (string | number | null)[];
type Values = Record<string, Value>;

/** What an item of the active safety profile has in front of the part that all of them share. */
type Kind = {
  readonly name: string;
  /** In front of its keys in the extras, so that two alarms in one report do not hide each other. */
  readonly prefix: string;
  readonly headBytes: number;
  readonly head: (reader: ByteReader) => Values;
  readonly types?: Readonly<Record<number, string>>;
};

/** T/JSATL 12: speed 1, altitude 2, latitude 4, longitude 4, time 6, vehicle state 2. */
const sharedBytes = 19;
/** The alarm's own number: terminal, time 6, serial 1, attachments 1 and a reserve; 2019 terminals have a longer name. */
export const alarmSigns: Readonly<Record<number, { readonly terminal: number; readonly reserve: number }>> = {
  16: { terminal: 7, reserve: 1 },
  40: { terminal: 30, reserve: 2 },
};

const stateBits = ['acc', 'leftIndicator', 'rightIndicator', 'wipers', 'brake', 'cardInserted', null, null, null, null];
const vehicleStateBits = [...stateBits, 'fixed'];
const tyreAlarmBits = [
  'periodic',
  'pressureHigh',
  'pressureLow',
  'temperatureHigh',
  'sensorFault',
  'pressureUnbalanced',
  'slowLeak',
  'batteryLow',
];

const front = (reader: ByteReader): Values => ({ alarmId: reader.u32(), stage: reader.u8() });
const kinds: Readonly<Record<number, Kind>> = {
  100: {
    name: 'driver assistance',
    prefix: 'adas',
    headBytes: 12,
    head: (reader) => ({
      ...front(reader),
      type: reader.u8(),
      level: reader.u8(),
      frontSpeedKmh: reader.u8(),
      frontDistanceS: reader.u8() / 10,
      deviation: reader.u8(),
      roadSign: reader.u8(),
      roadSignValue: reader.u8(),
    }),
    types: {
      1: 'forwardCollision',
      2: 'laneDeparture',
      3: 'tooClose',
      4: 'pedestrianCollision',
      5: 'frequentLaneChange',
      6: 'roadSignExceeded',
      7: 'obstacle',
      8: 'assistanceFailed',
      16: 'roadSignSeen',
      17: 'snapshot',
    },
  },
  101: {
    name: 'driver state monitoring',
    prefix: 'dsm',
    headBytes: 12,
    head: (reader) => {
      const head = { ...front(reader), type: reader.u8(), level: reader.u8(), fatigueDegree: reader.u8() };
      reader.take(4);
      return head;
    },
    types: {
      1: 'fatigue',
      2: 'phone',
      3: 'smoking',
      4: 'eyesOffRoad',
      5: 'noDriver',
      6: 'handsOffWheel',
      7: 'monitoringFailed',
      16: 'snapshot',
      17: 'driverChanged',
    },
  },
  102: { name: 'tyre pressure monitoring', prefix: 'tpms', headBytes: 5, head: front },
  103: {
    name: 'blind spot monitoring',
    prefix: 'bsd',
    headBytes: 6,
    head: (reader) => ({ ...front(reader), type: reader.u8() }),
    types: { 1: 'behind', 2: 'leftBehind', 3: 'rightBehind' },
  },
  112: {
    name: 'harsh driving',
    prefix: 'driving',
    headBytes: 12,
    head: (reader) => ({
      ...front(reader),
      type: reader.u8(),
      thresholdS: reader.u16(),
      threshold1: reader.u16(),
      threshold2: reader.u16(),
    }),
    types: {
      1: 'acceleration',
      2: 'braking',
      3: 'turn',
      4: 'idling',
      5: 'engineStopped',
      6: 'coasting',
      7: 'overrevving',
    },
  },
};

export const assistanceKind = (id: number): Kind | undefined => kinds[id];
const tyreId = 102;
const tyreBytes = 9;

/** How long the alarm's own number is; null where the item is not laid out as the profile says (vendors reuse the ids). */
function signBytes(id: number, kind: Kind, value: Uint8Array): number | null {
  const fixed = kind.headBytes + sharedBytes;
  for (const sign of [16, 40]) {
    if (
      id !== tyreId ? value.length === fixed + sign : value.length === fixed + sign + 1 + tyresIn(value, fixed + sign)
    )
      return sign;
  }
  return null;
}
const tyresIn = (value: Uint8Array, countAt: number): number => (value[countAt] ?? 0) * tyreBytes;

/** One alarm of the active safety profile; null where the bytes are laid out otherwise. */
export function readAssistance(id: number, value: Uint8Array, reader: ByteReader): Values | null {
  const kind = kinds[id];
  const sign = kind && signBytes(id, kind, value);
  if (!kind || !sign) return null;
  const head = kind.head(reader);
  const typeName = kind.types && (kind.types[Number(head.type)] ?? `type ${head.type}`);
  return {
    ...head,
    ...(typeName !== undefined && { typeName }),
    speedKmh: reader.u8(),
    altitudeM: reader.u16(),
    lat: reader.u32() / 1e6,
    lon: reader.u32() / 1e6,
    time: readBeijingTime(reader.hex(6)),
    vehicleState: namesOf(reader.u16(), vehicleStateBits),
    ...readAlarmSign(reader, sign),
    ...(id === tyreId && readTyres(reader)),
  };
}

export function readAlarmSign(reader: ByteReader, bytes: number): Values {
  const { terminal, reserve } = alarmSigns[bytes]!;
  const sign = {
    terminalId: reader.text(terminal),
    alarmTime: readBeijingTime(reader.hex(6)),
    alarmSerial: reader.u8(),
    attachments: reader.u8(),
  };
  reader.take(reserve);
  return sign;
}

function readTyres(reader: ByteReader): Values {
  const tyres = Array.from({ length: reader.u8() }, () => ({
    position: reader.u8(),
    alarms: namesOf(reader.u16(), tyreAlarmBits).join('+'),
    pressureKpa: reader.u16(),
    temperatureCel: (reader.u16() << 16) >> 16,
    batteryPercent: reader.u16(),
  }));
  return {
    tyrePositions: tyres.map((tyre) => tyre.position),
    tyreAlarms: tyres.map((tyre) => tyre.alarms),
    tyrePressuresKpa: tyres.map((tyre) => tyre.pressureKpa),
    tyreTemperaturesCel: tyres.map((tyre) => tyre.temperatureCel),
    tyreBatteriesPercent: tyres.map((tyre) => tyre.batteryPercent),
  };
}
