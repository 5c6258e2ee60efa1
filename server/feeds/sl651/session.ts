import type { Session, Step } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readBody } from './decode.ts';
import type { Sl651Message } from './message.ts';
import type { Sl651Options } from './options.ts';
import { stationMs } from './station-time.ts';

/** Bounds of one connection. A picture of a few hundred kilobytes must pass; a liar must not fill the memory. */
export const sessionLimits = { groups: 8, packets: 1024, bytes: 4 * 1024 * 1024, idleMs: 5 * 60_000 };
export type SessionLimits = typeof sessionLimits;

type Group = {
  readonly name: string;
  readonly total: number;
  /** Of the first packet; the others have none. */
  readonly serial: number | null;
  readonly packets: ReadonlyMap<number, Uint8Array>;
  readonly bytes: number;
  readonly at: number;
};

/** The oldest first. */
export type SessionState = ReadonlyMap<string, Group>;

const incomplete = ({ name, packets, total }: Group): Refusal =>
  refuse('truncated', `${name}: ${packets.size} of ${total} packets came`);

/**
 * Puts the packets of split messages together (mode M3). When the last one has come and others have not, the answer asks for those;
 * they then come again under their numbers.
 */
export function session(
  { keepOnline }: Sl651Options,
  _connected: boolean,
  limits = sessionLimits,
): Session<Sl651Message> {
  return {
    start: new Map() satisfies SessionState,
    step: (state, message, now) => step(state as SessionState, message, now),
    end: (state) => [...(state as SessionState).values()].map(incomplete),
  };

  function step(before: SessionState, message: Sl651Message, now: number): Step<Sl651Message, SessionState> {
    const { part, station, end, direction } = message.header;
    if (!part || direction === 'down')
      return { state: before, message: keepOnline ? { ...message, keepOnline } : message, refusal: null, expired: [] };
    const state = new Map(before);
    const expired: Refusal[] = [];
    const giveUp = (key: string) => {
      const group = state.get(key);
      if (group) expired.push(incomplete(group));
      state.delete(key);
    };
    for (const [key, group] of before) if (now - group.at > limits.idleMs) giveUp(key);
    const name = `function ${message.functionCode} of ${station}`;
    if (part.total > limits.packets) {
      const refusal = refuse('too_large', `${name} in ${part.total} packets`);
      return { state, message: null, refusal, expired };
    }

    const bytes = message.bytes ?? new Uint8Array(0);
    const key = [station, message.functionCode, part.total].join('/');
    const known = state.get(key)?.packets.get(part.index);
    /** The same packet with other bytes begins the next message; unchanged it is one that came again. */
    if (known && !sameBytes(known, bytes)) giveUp(key);
    const group = state.get(key);
    const packets = new Map(group?.packets);
    if (!packets.has(part.index)) packets.set(part.index, Uint8Array.from(bytes));
    const size = (group?.bytes ?? 0) + (packets.size > (group?.packets.size ?? 0) ? bytes.length : 0);
    state.delete(key);
    if (packets.size === part.total) {
      const whole = join(message, packets, size);
      return isRefusal(whole)
        ? { state, message: null, refusal: whole, expired }
        : { state, message: keepOnline ? { ...whole, keepOnline } : whole, refusal: null, expired };
    }
    const serial = message.serial ?? group?.serial ?? null;
    state.set(key, { name, serial, total: part.total, packets, bytes: size, at: now });
    while (state.size > limits.groups || sizeOf(state) > limits.bytes) giveUp(state.keys().next().value as string);
    const missing = end === 'ETX' ? missingOf(packets, part.total) : [];
    const answering = { ...message, serial, missing };
    return { state, message: null, refusal: null, expired, answering };
  }
}

const sizeOf = (state: SessionState): number => [...state.values()].reduce((sum, group) => sum + group.bytes, 0);

const missingOf = (packets: ReadonlyMap<number, unknown>, total: number): number[] =>
  Array.from({ length: total }, (_, at) => at + 1).filter((index) => !packets.has(index));

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The packet that completed the message, with the body of all. */
function join(last: Sl651Message, packets: ReadonlyMap<number, Uint8Array>, size: number): Sl651Message | Refusal {
  const body = new Uint8Array(size);
  const repeated = repeatedHead(last, packets);
  let length = 0;
  for (let index = 1; index <= packets.size; index++) {
    const bytes = packets.get(index)!.subarray(index === 1 ? 0 : repeated);
    body.set(bytes, length);
    length += bytes.length;
  }
  const { functionCode, header } = last;
  const content = { functionCode, header: { ...header, part: null, end: 'ETX' }, password: last.password };
  const whole = readBody({ ...content, body: body.subarray(0, length) });
  return isRefusal(whole) ? { ...whole, offset: null } : { ...whole, packets: packets.size };
}

/** Serial number two bytes, time six. */
const headBytes = 8;

/** Some makers begin every packet with the serial number and a time, as if it were a message of its own. */
function repeatedHead(last: Sl651Message, packets: ReadonlyMap<number, Uint8Array>): number {
  if (last.header.form !== 'hex') return 0;
  const first = packets.get(1)!;
  const later = [...packets].filter(([index]) => index > 1).map(([, bytes]) => bytes);
  const repeats = (bytes: Uint8Array): boolean =>
    bytes.length >= 8 &&
    bytes[0] === first[0] &&
    bytes[1] === first[1] &&
    stationMs(Buffer.from(bytes.subarray(2, 8)).toString('hex')) !== null;
  return later.every(repeats) ? headBytes : 0;
}
