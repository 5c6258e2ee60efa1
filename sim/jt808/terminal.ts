import {
  authenticateBody,
  batchBody,
  type Identity,
  ids,
  type Location,
  locationBody,
  maxBatch,
  registerBody,
  terminalReplyBody,
} from './body.ts';
import { decodePlatformFrame, encodeFrame } from './frame.ts';

/**
 * One terminal's side of JT/T 808, without a socket: what it says when connected, when answered, when it has a position.
 * Positions taken while it cannot be heard are stored and sent as a blind-area batch (0x0704, type 1) afterwards.
 */
export type TerminalPhase = 'offline' | 'registering' | 'authenticating' | 'online' | 'refused';

export type Terminal = {
  readonly identity: Identity;
  readonly phase: () => TerminalPhase;
  readonly stored: () => number;
  connected(): Buffer[];
  disconnected(): void;
  /** `covered`: whether the network hears the vehicle now. */
  report(location: Location, covered: boolean): Buffer[];
  heartbeat(): Buffer[];
  /** One frame from the platform, without its flags. */
  received(frame: Buffer): { send: Buffer[]; alarmConfirmed: boolean };
};

const storedLimit = 200;

export function terminal(identity: Identity): Terminal {
  let phase: TerminalPhase = 'offline';
  let serial = 0;
  let code: Buffer | null = null;
  let stored: Buffer[] = [];

  const say = (id: number, body: Buffer): Buffer => {
    const frame = encodeFrame({ id, edition: identity.edition, terminal: identity.terminal, serial, body });
    serial = (serial + 1) & 0xffff;
    return frame;
  };
  const register = () => {
    phase = 'registering';
    return [say(ids.register, registerBody(identity))];
  };
  const authenticate = (with_: Buffer) => {
    phase = 'authenticating';
    return [say(ids.authenticate, authenticateBody(identity, with_))];
  };
  const backfill = (): Buffer[] => {
    const batches: Buffer[] = [];
    while (stored.length > 0) batches.push(say(ids.locationBatch, batchBody(stored.splice(0, maxBatch), true)));
    return batches;
  };

  const registered = (body: Buffer): Buffer[] => {
    const result = body[2];
    if (body.length < 3 || result !== 0) {
      phase = 'refused';
      return [];
    }
    code = Buffer.from(body.subarray(3));
    return authenticate(code);
  };

  const answered = (body: Buffer): Buffer[] => {
    if (body.length < 5 || body.readUInt16BE(2) !== ids.authenticate || phase !== 'authenticating') return [];
    if (body[4] !== 0) {
      // The platform does not know this code (it was started anew): register again.
      code = null;
      return register();
    }
    phase = 'online';
    return backfill();
  };

  return {
    identity,
    phase: () => phase,
    stored: () => stored.length,
    connected: () => (code ? authenticate(code) : register()),
    disconnected: () => {
      phase = 'offline';
    },
    report(location, covered) {
      const body = locationBody(location);
      if (!covered || phase !== 'online') {
        stored = [...stored, body].slice(-storedLimit);
        return [];
      }
      return [...backfill(), say(ids.location, body)];
    },
    heartbeat: () => (phase === 'online' ? [say(ids.heartbeat, Buffer.alloc(0))] : []),
    received(frame) {
      const incoming = decodePlatformFrame(frame);
      if (!incoming) return { send: [], alarmConfirmed: false };
      switch (incoming.id) {
        case ids.registerReply:
          return { send: phase === 'registering' ? registered(incoming.body) : [], alarmConfirmed: false };
        case ids.platformReply:
          return { send: answered(incoming.body), alarmConfirmed: false };
        case ids.alarmConfirmed:
          return {
            send: [say(ids.terminalReply, terminalReplyBody(incoming.serial, incoming.id, 0))],
            alarmConfirmed: true,
          };
        default: {
          const result = incoming.id === ids.text ? 0 : 3;
          return {
            send: [say(ids.terminalReply, terminalReplyBody(incoming.serial, incoming.id, result))],
            alarmConfirmed: false,
          };
        }
      }
    },
  };
}
