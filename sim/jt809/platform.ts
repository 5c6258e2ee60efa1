import type { Location } from '../jt808/body.ts';
import {
  type Account,
  type Alarm,
  alarmMessage,
  ids,
  laterMessage,
  locationMessage,
  loginBody,
  logoutBody,
  mostLater,
  type Reported,
  type Vehicle,
} from './body.ts';
import { decodeUpperFrame, encodeFrame } from './frame.ts';

/**
 * A lower platform's side of the main link, without a socket: what it says when connected, when answered, when its vehicles report.
 * What they reported while nobody was logged in is stored and sent later (0x1203), five of a vehicle at a time.
 */
export type LowerPlatform = {
  readonly phase: () => 'offline' | 'loggingIn' | 'online' | 'denied';
  readonly stored: () => number;
  connected(atMs: number): Buffer[];
  disconnected(): void;
  report(reported: Reported, atMs: number): Buffer[];
  alarm(alarm: Alarm, atMs: number): Buffer[];
  keepalive(atMs: number): Buffer[];
  logout(atMs: number): Buffer[];
  /** One frame of the upper platform, with its marks. */
  received(frame: Buffer, atMs: number): Buffer[];
};

const storedLimit = 1_000;

export function lowerPlatform(account: Account, code: string): LowerPlatform {
  const { edition, centerId } = account;
  let phase: ReturnType<LowerPlatform['phase']> = 'offline';
  let serial = 0;
  let stored: Reported[] = [];

  const say = (id: number, body: Uint8Array, atMs: number): Buffer => {
    const frame = encodeFrame({ id, edition, serial, centerId, atMs, body });
    serial = (serial + 1) >>> 0;
    return frame;
  };

  function later(atMs: number): Buffer[] {
    const byVehicle = new Map<string, { vehicle: Vehicle; locations: Location[] }>();
    for (const { vehicle, location } of stored) {
      const key = `${vehicle.plate} ${vehicle.colour}`;
      const of = byVehicle.get(key) ?? { vehicle, locations: [] };
      of.locations.push(location);
      byVehicle.set(key, of);
    }
    stored = [];
    return [...byVehicle.values()].flatMap(({ vehicle, locations }) => {
      const frames: Buffer[] = [];
      for (let at = 0; at < locations.length; at += mostLater) {
        const some = locations.slice(at, at + mostLater);
        frames.push(say(ids.vehicles, laterMessage(edition, { vehicle, locations: some }, code), atMs));
      }
      return frames;
    });
  }

  return {
    phase: () => phase,
    stored: () => stored.length,
    connected(atMs) {
      phase = 'loggingIn';
      return [say(ids.login, loginBody(account), atMs)];
    },
    disconnected() {
      phase = 'offline';
    },
    report(reported, atMs) {
      if (phase === 'online') return [say(ids.vehicles, locationMessage(edition, reported, code), atMs)];
      stored = [...stored, reported].slice(-storedLimit);
      return [];
    },
    alarm: (alarm, atMs) => (phase === 'online' ? [say(ids.alarms, alarmMessage(edition, alarm, code), atMs)] : []),
    keepalive: (atMs) => (phase === 'online' ? [say(ids.keepalive, Buffer.alloc(0), atMs)] : []),
    logout: (atMs) => (phase === 'online' ? [say(ids.logout, logoutBody(account), atMs)] : []),
    received(frame, atMs) {
      const message = decodeUpperFrame(frame, edition);
      if (message?.id === ids.loginReply && phase === 'loggingIn') {
        phase = message.body[0] === 0 ? 'online' : 'denied';
        return phase === 'online' ? later(atMs) : [];
      }
      if (message?.id === ids.logoutReply) phase = 'offline';
      return [];
    },
  };
}
