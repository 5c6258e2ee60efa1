import { readBeijingTime } from './bcd-time.ts';
import { ByteReader } from './byte-reader.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Additional, readAdditional } from './vehicle-additional.ts';
import { alarmBits, namesOf, readStatus, type Status } from './vehicle-bits.ts';

export const locationBytes = 28;

/** The body of 0x0200, which many other messages carry inside. */
export type Location = {
  readonly alarmFlag: number;
  readonly alarms: readonly string[];
  readonly statusFlag: number;
  readonly status: Status;
  /** As sent, in 10⁻⁶ degree, without a sign. */
  readonly latRaw: number;
  readonly lonRaw: number;
  /** Degrees, with the signs of the status bits; the datum is not said here. */
  readonly lat: number;
  readonly lon: number;
  readonly altitudeM: number;
  readonly speedKmh: number;
  readonly directionDeg: number;
  /** Beijing time; null where the digits are no time. */
  readonly time: string | null;
  readonly timeBcd: string;
  readonly additional: Additional;
};

export function readLocation(bytes: Uint8Array): Location | Refusal {
  if (bytes.length < locationBytes)
    return refuse('length', `a location takes ${locationBytes} bytes, there are ${bytes.length}`);
  const reader = new ByteReader(bytes);
  const alarmFlag = reader.u32();
  const statusFlag = reader.u32();
  const status = readStatus(statusFlag);
  const latRaw = reader.u32();
  const lonRaw = reader.u32();
  const altitudeM = reader.u16();
  const speed = reader.u16();
  const directionDeg = reader.u16();
  const timeBcd = reader.hex(6);
  return {
    alarmFlag,
    alarms: namesOf(alarmFlag, alarmBits),
    statusFlag,
    status,
    latRaw,
    lonRaw,
    lat: signed(latRaw / 1e6, status.south),
    lon: signed(lonRaw / 1e6, status.west),
    altitudeM,
    speedKmh: speed / 10,
    directionDeg,
    time: readBeijingTime(timeBcd),
    timeBcd,
    additional: readAdditional(reader.rest()),
  };
}

const signed = (degrees: number, negative: boolean): number => (negative && degrees !== 0 ? -degrees : degrees);
