import { ByteReader, toHex } from '../byte-reader.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { beijingMs, beijingText } from '../source-clock.ts';
import type { AdditionalItem } from '../vehicle-additional.ts';
import { alarmBits, namesOf, readStatus } from '../vehicle-bits.ts';
import { type Location, locationBytes, readLocation } from '../vehicle-location.ts';
import type { Version } from './header.ts';
import { platformCode } from './layout.ts';

/** What 2019 puts behind a position: which platforms, from the operator's to the province's, raise which alarms. */
export type PlatformAlarms = {
  readonly platform: string;
  readonly alarmFlag: number;
  readonly alarms: readonly string[];
};

export type Position = {
  readonly form: Version;
  /** 1: the coordinates went through the state's secrecy plug-in. */
  readonly encrypt: number;
  readonly location: Location;
  readonly platforms: readonly PlatformAlarms[];
};

export const bytesOf2011 = 36;
const platformBytes = 3 * (11 + 4);

/** Encrypt 1, length 4, the location report of JT/T 808, three platforms. Null where there is not room for what it states. */
function lengthOf2019(bytes: Uint8Array): number | null {
  const reader = new ByteReader(bytes);
  reader.u8();
  const length = 5 + reader.u32() + platformBytes;
  return reader.overran || length > bytes.length ? null : length;
}

/** Which form a block of exactly these bytes has. Its length decides before the edition that the header follows does. */
export const formOf = (bytes: Uint8Array, version: Version): Version => {
  if (bytes.length === bytesOf2011) return '2011';
  return lengthOf2019(bytes) === bytes.length ? '2019' : version;
};

/** One position from the start of `bytes`, and how many it took. */
export function readPosition(bytes: Uint8Array, form: Version): { position: Position; taken: number } | Refusal {
  return form === '2011' ? read2011(bytes) : read2019(bytes);
}

function read2011(bytes: Uint8Array): { position: Position; taken: number } | Refusal {
  if (bytes.length < bytesOf2011)
    return refuse('length', `a position takes ${bytesOf2011} bytes, there are ${bytes.length}`);
  const reader = new ByteReader(bytes.subarray(0, bytesOf2011));
  const encrypt = reader.u8();
  const clock = reader.take(7);
  const [lonRaw, latRaw] = [reader.u32(), reader.u32()];
  const [speedKmh, recorderSpeedKmh, mileageKm] = [reader.u16(), reader.u16(), reader.u32()];
  const [directionDeg, altitudeM] = [reader.u16(), reader.u16()];
  const [statusFlag, alarmFlag] = [reader.u32(), reader.u32()];
  const status = readStatus(statusFlag);
  const location: Location = {
    alarmFlag,
    alarms: namesOf(alarmFlag, alarmBits),
    statusFlag,
    status: { ...status, shifted: status.shifted || encrypt === 1 },
    latRaw,
    lonRaw,
    lat: signed(latRaw / 1e6, status.south),
    lon: signed(lonRaw / 1e6, status.west),
    altitudeM,
    speedKmh,
    directionDeg,
    time: readClock(clock),
    timeBcd: toHex(clock),
    additional: { items: [item('mileage', { mileageKm }), item('recorder speed', { recorderSpeedKmh })], torn: null },
  };
  return { position: { form: '2011', encrypt, location, platforms: [] }, taken: bytesOf2011 };
}

/** Whole kilometres and kilometres an hour here, where JT/T 808 has tenths. */
const item = (name: string, values: Record<string, number>): AdditionalItem => ({ id: name, name, values, raw: '' });

const signed = (degrees: number, negative: boolean): number => (negative && degrees !== 0 ? -degrees : degrees);

/** Day, month, year (two bytes), hour, minute, second, all in binary; Beijing time. */
function readClock([day = 0, month = 0, high = 0, low = 0, ...time]: Uint8Array): string | null {
  const digits = [month, day, ...time].map((part) => String(part).padStart(2, '0')).join('');
  const at = beijingMs(`${String(high * 256 + low).padStart(4, '0')}${digits}`);
  return at === null ? null : beijingText(at);
}

function read2019(bytes: Uint8Array): { position: Position; taken: number } | Refusal {
  const reader = new ByteReader(bytes);
  const encrypt = reader.u8();
  const length = reader.u32();
  const data = reader.take(length);
  if (reader.overran) return refuse('length', `a position states ${length} bytes, there are ${bytes.length - 5}`);
  if (length < locationBytes)
    return refuse('length', `a location takes ${locationBytes} bytes, the position states ${length}`);
  const location = readLocation(data);
  if (isRefusal(location)) return location;
  const platforms =
    reader.left < platformBytes ? [] : [readPlatform(reader), readPlatform(reader), readPlatform(reader)];
  const shifted = location.status.shifted || encrypt === 1;
  const position: Position = {
    form: '2019',
    encrypt,
    location: { ...location, status: { ...location.status, shifted } },
    platforms,
  };
  return { position, taken: reader.at };
}

function readPlatform(reader: ByteReader): PlatformAlarms {
  const platform = platformCode(reader.take(11));
  const alarmFlag = reader.u32();
  return { platform, alarmFlag, alarms: namesOf(alarmFlag, alarmBits) };
}
