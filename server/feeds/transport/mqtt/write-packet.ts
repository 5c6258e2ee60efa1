import { type MqttVersion, packetTypes } from './packet.ts';

/** Answers to CONNECT: the code of 3.1 and 3.1.1 (§3.2.2.3 there), and the reason code of 5.0. */
const connectCodes = {
  accepted: [0, 0x00],
  unsupported_version: [1, 0x84],
  identifier: [2, 0x85],
  unavailable: [3, 0x88],
  busy: [3, 0x89],
  breaker_open: [3, 0x9f],
  credentials: [4, 0x86],
  unauthorized: [5, 0x87],
  auth_method: [5, 0x8c],
} as const;
export type ConnectCode = keyof typeof connectCodes;

/** Reason codes of 5.0 (§2.4) that this broker gives; versions before have none. */
export const reasons = {
  success: 0x00,
  malformed: 0x81,
  protocol_error: 0x82,
  not_stored: 0x88,
  not_authorized: 0x87,
  shutting_down: 0x8b,
  keep_alive: 0x8d,
  taken_over: 0x8e,
  unknown_id: 0x92,
  alias: 0x94,
  too_large: 0x95,
  payload: 0x99,
  breaker_open: 0x9f,
} as const;
export type Reason = keyof typeof reasons;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  for (let left = value; ; ) {
    const byte = left % 128;
    left = Math.floor(left / 128);
    bytes.push(left > 0 ? byte | 0x80 : byte);
    if (left === 0) return bytes;
  }
};
const short = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const text = (value: string): number[] => {
  const bytes = Buffer.from(value, 'utf8');
  return [...short(bytes.length), ...bytes];
};
const packet = (type: keyof typeof packetTypes, body: readonly number[], flags = 0): Uint8Array =>
  Uint8Array.from([(packetTypes[type] << 4) | flags, ...varint(body.length), ...body]);
const properties = (held: readonly number[]): number[] => [...varint(held.length), ...held];

export type Welcome = {
  readonly receiveMaximum: number;
  readonly maximumPacket: number;
  readonly aliases: number;
  /** Version 5 with an empty client identifier is told which one it got. */
  readonly assignedId: string | null;
  /** Version 5: the server's own, where the client asked for none. */
  readonly keepAliveS: number | null;
};

export function connack(version: MqttVersion, code: ConnectCode, welcome: Welcome | null = null): Uint8Array {
  const [old, now] = connectCodes[code];
  if (version < 5) return packet('connack', [0, old]);
  const held: number[] = [];
  if (welcome) {
    held.push(0x21, ...short(welcome.receiveMaximum), 0x22, ...short(welcome.aliases));
    held.push(0x27, ...short(Math.floor(welcome.maximumPacket / 65_536)), ...short(welcome.maximumPacket % 65_536));
    // Nothing can be subscribed to here, in no way.
    held.push(0x28, 0, 0x29, 0, 0x2a, 0);
    if (welcome.assignedId !== null) held.push(0x12, ...text(welcome.assignedId));
    if (welcome.keepAliveS !== null) held.push(0x13, ...short(welcome.keepAliveS));
  }
  return packet('connack', [0, now, ...properties(held)]);
}

/** PUBACK, PUBREC and PUBCOMP; a reason and its words in version 5 only. */
export function acknowledge(
  type: 'puback' | 'pubrec' | 'pubcomp',
  of: { readonly version: MqttVersion; readonly id: number; readonly reason?: Reason; readonly detail?: string },
): Uint8Array {
  const reason = of.reason ?? 'success';
  if (of.version < 5 || reason === 'success') return packet(type, short(of.id));
  const words = of.detail ? [0x1f, ...text(of.detail.slice(0, 200))] : [];
  return packet(type, [...short(of.id), reasons[reason], ...properties(words)]);
}

/** Nobody may read here: every filter is refused. */
export const suback = (version: MqttVersion, id: number, count: number): Uint8Array =>
  packet('suback', [
    ...short(id),
    ...(version === 5 ? [0] : []),
    ...Array<number>(count).fill(version === 5 ? reasons.not_authorized : 0x80),
  ]);

/** Version 5 says 0x11 of each, "no subscription existed". */
export const unsuback = (version: MqttVersion, id: number, count: number): Uint8Array =>
  packet('unsuback', version === 5 ? [...short(id), 0, ...Array<number>(count).fill(0x11)] : short(id));

export const pingresp = (): Uint8Array => packet('pingresp', []);

/** Why the broker hangs up; versions before 5 are just hung up on. */
export const disconnect = (version: MqttVersion, reason: Reason): Uint8Array | null =>
  version === 5 ? packet('disconnect', [reasons[reason], 0]) : null;
