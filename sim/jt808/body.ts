import { beijingTime } from '../beijing-time.ts';
import type { LonLat } from '../geo.ts';
import { bcd, type Edition, fixed } from './frame.ts';
import { gbk } from './gbk.ts';

/** Message ids of JT/T 808 that the simulator speaks or understands. */
export const ids = {
  terminalReply: 0x0001,
  heartbeat: 0x0002,
  register: 0x0100,
  authenticate: 0x0102,
  location: 0x0200,
  locationBatch: 0x0704,
  platformReply: 0x8001,
  registerReply: 0x8100,
  text: 0x8300,
  alarmConfirmed: 0x8203,
} as const;

export type Identity = { readonly edition: Edition; readonly terminal: string; readonly plate: string };

/** 0x0100. Jiangsu is province 32, Nanjing 0100 (GB/T 2260); plate colour 2 is yellow (JT/T 415). */
export function registerBody({ edition, terminal, plate }: Identity): Buffer {
  const is2019 = edition === 2019;
  const area = Buffer.from([0x00, 0x20, 0x00, 0x64]);
  const serialNumber = Buffer.from(terminal.slice(-7), 'latin1');
  return Buffer.concat([
    area,
    fixed(Buffer.from('SIMCT', 'latin1'), is2019 ? 11 : 5),
    fixed(Buffer.from('CITY-SIM', 'latin1'), is2019 ? 30 : 20),
    fixed(serialNumber, is2019 ? 30 : 7),
    Buffer.from([2]),
    gbk(plate),
  ]);
}

/** 0x0102: the code alone until 2013; since 2019 with its length, the IMEI and the software version. */
export function authenticateBody({ edition, terminal }: Identity, code: Buffer): Buffer {
  if (edition === 2013) return code;
  return Buffer.concat([
    Buffer.from([code.length]),
    code,
    Buffer.from(terminal.slice(-15).padStart(15, '0'), 'latin1'),
    fixed(Buffer.from('city-sim 1', 'latin1'), 20),
  ]);
}

export const alarmBits = { emergency: 0, overspeed: 1 } as const;
export const statusBits = { accOn: 0, fixed: 1, south: 2, west: 3, outOfService: 4, encrypted: 5 } as const;

export type Location = {
  readonly at: LonLat;
  readonly gcj02: boolean;
  readonly fixed: boolean;
  readonly accOn: boolean;
  readonly emergency: boolean;
  readonly altitudeM: number;
  readonly speedMps: number;
  readonly headingDeg: number;
  readonly observedAtMs: number;
  readonly mileageM: number;
  readonly fuelL: number;
  readonly satellites: number;
};

/** 0x0200: the 28 bytes of §8.18 and the extras 01 mileage, 02 fuel, 30 radio, 31 satellites. */
export function locationBody(location: Location): Buffer {
  const [lon, lat] = location.at;
  const body = Buffer.alloc(28 + 6 + 4 + 3 + 3);
  const bit = (set: boolean, position: number) => (set ? 2 ** position : 0);
  const status =
    bit(location.accOn, statusBits.accOn) +
    bit(location.fixed, statusBits.fixed) +
    bit(lat < 0, statusBits.south) +
    bit(lon < 0, statusBits.west) +
    bit(location.gcj02, statusBits.encrypted);
  const time = beijingTime(location.observedAtMs);
  body.writeUInt32BE(bit(location.emergency, alarmBits.emergency), 0);
  body.writeUInt32BE(status, 4);
  body.writeUInt32BE(Math.round(Math.abs(lat) * 1e6), 8);
  body.writeUInt32BE(Math.round(Math.abs(lon) * 1e6), 12);
  body.writeUInt16BE(Math.max(0, Math.round(location.altitudeM)), 16);
  body.writeUInt16BE(Math.round(location.speedMps * 36), 18);
  body.writeUInt16BE(Math.round(location.headingDeg) % 360, 20);
  body.set(bcd(time.year.slice(2) + time.month + time.day + time.hour + time.minute + time.second, 6), 22);
  body.set([0x01, 4], 28);
  body.writeUInt32BE(Math.round(location.mileageM / 100), 30);
  body.set([0x02, 2], 34);
  body.writeUInt16BE(Math.round(location.fuelL * 10), 36);
  body.set([0x30, 1, 28, 0x31, 1, location.satellites], 38);
  return body;
}

export const maxBatch = 20;

/** 0x0704: count, type (0 ordinary, 1 stored in a blind area), then each location behind its length. */
export function batchBody(locations: readonly Buffer[], backfill: boolean): Buffer {
  const parts: Buffer[] = [Buffer.from([0, locations.length, backfill ? 1 : 0])];
  for (const location of locations) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(location.length, 0);
    parts.push(length, location);
  }
  return Buffer.concat(parts);
}

/** 0x0001: serial and id of what is answered, and 0 done, 3 unsupported. */
export function terminalReplyBody(serial: number, id: number, result: 0 | 3): Buffer {
  const body = Buffer.alloc(5);
  body.writeUInt16BE(serial, 0);
  body.writeUInt16BE(id, 2);
  body.writeUInt8(result, 4);
  return body;
}
