import { beijingTime } from '../beijing-time.ts';
import { type Location, locationBody } from '../jt808/body.ts';
import { gbk } from '../jt808/gbk.ts';
import { type Edition, padded, seconds, u16, u32 } from './frame.ts';

/** Message ids of JT/T 809 that the simulator speaks or understands. */
export const ids = {
  login: 0x1001,
  loginReply: 0x1002,
  logout: 0x1003,
  logoutReply: 0x1004,
  keepalive: 0x1005,
  keepaliveReply: 0x1006,
  vehicles: 0x1200,
  location: 0x1202,
  locationsLater: 0x1203,
  alarms: 0x1400,
  alarm: 0x1402,
} as const;

export type Account = {
  readonly edition: Edition;
  readonly centerId: number;
  readonly userId: number;
  readonly password: string;
};

/** 0x1001, with where the slave link would be served: at no address, because the simulator serves none. */
export function loginBody({ edition, centerId, userId, password }: Account): Buffer {
  return Buffer.concat([
    u32(userId),
    padded(Buffer.from(password, 'latin1'), 8),
    edition === 2019 ? u32(centerId) : Buffer.alloc(0),
    padded(Buffer.from('127.0.0.1', 'latin1'), 32),
    u16(0),
  ]);
}

/** 0x1003. */
export const logoutBody = ({ userId, password }: Account): Buffer =>
  Buffer.concat([u32(userId), padded(Buffer.from(password, 'latin1'), 8)]);

/** Plate colour of JT/T 415: blue, yellow, black, white, other. */
export const plateColours = { blue: 1, yellow: 2, black: 3, white: 4, other: 9 } as const;
export type Vehicle = { readonly plate: string; readonly colour: number };

/** Whose it is, what it is, how long it is, itself. */
function aboutVehicle({ plate, colour }: Vehicle, id: number, data: Uint8Array): Buffer {
  return Buffer.concat([padded(gbk(plate), 21), Buffer.from([colour]), u16(id), u32(data.length), data]);
}

const fixedBit = 2;

/** Table of 2011: everything in whole units, the date in binary. */
function position2011(location: Location): Buffer {
  const [lon, lat] = location.at;
  const t = beijingTime(location.observedAtMs);
  const state = (location.accOn ? 1 : 0) + (location.fixed ? fixedBit : 0) + (lat < 0 ? 4 : 0) + (lon < 0 ? 8 : 0);
  return Buffer.concat([
    Buffer.from([location.gcj02 ? 1 : 0, Number(t.day), Number(t.month)]),
    u16(Number(t.year)),
    Buffer.from([Number(t.hour), Number(t.minute), Number(t.second)]),
    u32(Math.round(Math.abs(lon) * 1e6)),
    u32(Math.round(Math.abs(lat) * 1e6)),
    u16(Math.round(location.speedMps * 3.6)),
    u16(Math.round(location.speedMps * 3.6)),
    u32(Math.floor(location.mileageM / 1_000)),
    u16(Math.round(location.headingDeg) % 360),
    u16(Math.max(0, Math.round(location.altitudeM))),
    u32(state),
    u32(location.emergency ? 1 : 0),
  ]);
}

/** The operator's platform, and none of the city or the province above it. */
const noPlatform = Buffer.alloc(11 + 4);

/** 2019: what the terminal said by JT/T 808, and which platforms see an alarm in it. */
function position2019(location: Location, platform: string): Buffer {
  const said = locationBody({ ...location, gcj02: false });
  return Buffer.concat([
    Buffer.from([location.gcj02 ? 1 : 0]),
    u32(said.length),
    said,
    padded(Buffer.from(platform, 'latin1'), 11),
    u32(0),
    noPlatform,
    noPlatform,
  ]);
}

export type Reported = { readonly vehicle: Vehicle; readonly location: Location };

const positionOf = (edition: Edition, location: Location, platform: string): Buffer =>
  edition === 2019 ? position2019(location, platform) : position2011(location);

/** 0x1200 with 0x1202. */
export function locationMessage(edition: Edition, { vehicle, location }: Reported, platform: string): Buffer {
  return aboutVehicle(vehicle, ids.location, positionOf(edition, location, platform));
}

/** More are sent in several messages (§4.5.8.1.3). */
export const mostLater = 5;

/** 0x1200 with 0x1203: what one vehicle sent while the link was down, the oldest first. */
export function laterMessage(
  edition: Edition,
  { vehicle, locations }: { vehicle: Vehicle; locations: readonly Location[] },
  platform: string,
): Buffer {
  const positions = locations.slice(0, mostLater).map((location) => positionOf(edition, location, platform));
  return aboutVehicle(vehicle, ids.locationsLater, Buffer.concat([Buffer.from([positions.length]), ...positions]));
}

export type Alarm = {
  readonly vehicle: Vehicle;
  /** 1 overspeed, 2 fatigue, 3 emergency … */
  readonly type: number;
  readonly atMs: number;
  /** Null while it lasts; 2011 cannot say it. */
  readonly endMs: number | null;
  readonly number: number;
  readonly text: string;
};

const fromTerminal = 1;

/** 0x1400 with 0x1402. In 2019 the vehicle is named inside. */
export function alarmMessage(edition: Edition, { vehicle, type, atMs, endMs, number, text }: Alarm, platform: string) {
  const words = gbk(text);
  if (edition === 2011) {
    const data = [Buffer.from([fromTerminal]), u16(type), seconds(atMs), u32(number), u32(words.length), words];
    return aboutVehicle(vehicle, ids.alarm, Buffer.concat(data));
  }
  const data = Buffer.concat([
    padded(Buffer.from(platform, 'latin1'), 11),
    u16(type),
    seconds(atMs),
    seconds(atMs),
    seconds(endMs ?? 0),
    padded(gbk(vehicle.plate), 21),
    Buffer.from([vehicle.colour]),
    Buffer.alloc(11),
    u32(0),
    u32(words.length),
    words,
  ]);
  return Buffer.concat([u16(ids.alarm), u32(data.length), data]);
}
