import type { Secret } from '../../secret.ts';

/** 3 is MQTT 3.1 ("MQIsdp"), 4 is 3.1.1, 5 is 5.0: the protocol level of CONNECT. */
export type MqttVersion = 3 | 4 | 5;

export type Connect = {
  readonly type: 'connect';
  readonly version: MqttVersion;
  readonly clientId: string;
  readonly clean: boolean;
  readonly keepAliveS: number;
  readonly username: Secret | null;
  readonly password: Secret | null;
  /** Version 5: a way to sign in other than by name and password. */
  readonly authMethod: string | null;
};

export type Publish = {
  readonly type: 'publish';
  readonly topic: string;
  /** Version 5: stands for a topic named before on this connection. */
  readonly alias: number | null;
  readonly qos: 0 | 1 | 2;
  /** 0 where quality of service is 0. */
  readonly id: number;
  readonly payload: Uint8Array;
};

/** What a client may send to a broker that only takes in. */
export type Inbound =
  | Connect
  | Publish
  | { readonly type: 'pubrel'; readonly id: number }
  | { readonly type: 'subscribe'; readonly id: number; readonly filters: readonly string[] }
  | { readonly type: 'unsubscribe'; readonly id: number; readonly filters: readonly string[] }
  | { readonly type: 'pingreq' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'acknowledgement' };

/** Why a packet ends its connection, by the names of MQTT 5.0 §2.4. */
export type PacketFault = {
  readonly fault: 'malformed' | 'protocol_error' | 'unsupported_version' | 'too_large';
  readonly detail: string;
};

export const packetFault = (fault: PacketFault['fault'], detail: string): PacketFault => ({ fault, detail });
export const isPacketFault = (value: object): value is PacketFault => 'fault' in value;

/** The four high bits of the first byte (§2.1.2). */
export const packetTypes = {
  connect: 1,
  connack: 2,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  suback: 9,
  unsubscribe: 10,
  unsuback: 11,
  pingreq: 12,
  pingresp: 13,
  disconnect: 14,
  auth: 15,
} as const;
