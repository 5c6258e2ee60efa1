import type { Session, Step } from '../contract.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type Group, type Hj212Message, parameter } from './message.ts';
import type { Hj212Options } from './options.ts';

/** Bounds of one connection; past them the oldest split message is given up. */
export const sessionLimits = { groups: 64, packets: 256, heldBytes: 512 * 1024, idleMs: 60_000 };
export type SessionLimits = typeof sessionLimits;

type Split = {
  readonly name: string;
  readonly total: number;
  readonly seen: ReadonlySet<number>;
  /** The time that the packets share; null until one states it. */
  readonly dataTime: string | null;
  /** Packets that wait for it. */
  readonly held: readonly Hj212Message[];
  readonly bytes: number;
  readonly at: number;
};

/** The oldest first. */
export type SessionState = ReadonlyMap<string, Split>;

const waiting = ({ name, total, held }: Split): Refusal =>
  refuse('truncated', `${name}: ${held.length} of ${total} packets without the one that states their time`);

const sizeOf = ({ cp }: Hj212Message): number =>
  cp.reduce((sum, group) => group.reduce((inner, [key, value]) => inner + key.length + value.length + 32, sum), 0);

const keyOf = ({ header, command, part }: Hj212Message): string =>
  JSON.stringify([header.MN, header.ST, command, header.QN ?? null, part?.total]);

const timeOf = ({ cp }: Hj212Message): string | null => parameter(cp, 'DataTime');

/**
 * Each packet of a split message carries whole fields, so that it is read as it comes: a packet that is lost costs its own values only.
 * What packets need of one another is the time of the data, where only the first states it.
 */
export function session(options: Hj212Options, _connected: boolean, limits = sessionLimits): Session<Hj212Message> {
  return {
    start: new Map() satisfies SessionState,
    step: (state, message, now) => step(state as SessionState, message, now),
    end: (state) => [...(state as SessionState).values()].filter(({ held }) => held.length > 0).map(waiting),
  };

  function step(before: SessionState, message: Hj212Message, now: number): Step<Hj212Message, SessionState> {
    if (!options.checksums.includes(message.checksum)) {
      const refusal = refuse('checksum', `right by "${message.checksum}", which this source may not use`);
      return { state: before, message: null, refusal, expired: [] };
    }
    if (!message.part || message.role !== 'data') return { state: before, message, refusal: null, expired: [] };

    const state = new Map(before);
    const expired: Refusal[] = [];
    const giveUp = (key: string) => {
      const split = state.get(key);
      if (split && split.held.length > 0) expired.push(waiting(split));
      state.delete(key);
    };
    for (const [key, split] of before) if (now - split.at > limits.idleMs) giveUp(key);

    if (message.part.total > limits.packets) {
      if (timeOf(message) !== null) return { state, message, refusal: null, expired };
      return { state, message: null, refusal: refuse('too_large', `in ${message.part.total} packets`), expired };
    }
    const key = keyOf(message);
    const known = state.get(key);
    const seen = new Set(known?.seen).add(message.part.index);
    const dataTime = timeOf(message) ?? known?.dataTime ?? null;
    const held = known?.held ?? [];
    /** All are here and none states a time: then there is none. */
    const whole = seen.size === message.part.total;
    const read = dataTime !== null || whole ? withTime(message, dataTime, held) : null;
    const kept = read ? [] : [...held, message];
    const name = `CN ${message.command} of ${message.header.MN}`;
    const bytes = read ? 0 : (known?.bytes ?? 0) + sizeOf(message);
    state.delete(key);
    if (!whole) state.set(key, { name, total: message.part.total, seen, dataTime, held: kept, bytes, at: now });
    while (state.size > limits.groups || heldBytes(state) > limits.heldBytes)
      giveUp(state.keys().next().value as string);
    return { state, message: read, refusal: null, expired };
  }
}

const heldBytes = (state: SessionState): number => [...state.values()].reduce((sum, split) => sum + split.bytes, 0);

/** The packet under the time it belongs to, and with it those that waited. */
function withTime(message: Hj212Message, dataTime: string | null, held: readonly Hj212Message[]): Hj212Message {
  const own: readonly Group[] =
    dataTime === null || timeOf(message) !== null ? message.cp : [[['DataTime', dataTime]], ...message.cp];
  const flags = [...new Set([message, ...held].flatMap((one) => one.flags))];
  return { ...message, flags, cp: [...own, ...held.flatMap(({ cp }) => cp)] };
}
