import { Secret } from '../../secret.ts';
import { type ByteCursor, createByteCursor } from './byte-cursor.ts';
import {
  type Connect,
  type Inbound,
  type MqttVersion,
  type PacketFault,
  type Publish,
  packetFault,
  packetTypes,
} from './packet.ts';
import type { RawPacket } from './packet-cutter.ts';
import { readProperties } from './read-properties.ts';

const mostFilters = 100;

const protocols: Readonly<Record<string, MqttVersion>> = { 'MQIsdp/3': 3, 'MQTT/4': 4, 'MQTT/5': 5 };
const nobody = { topicAlias: null, authMethod: null };

/** One packet that a client sends. `version` is that of its CONNECT; null before it, when nothing else may come. */
export function readPacket({ head, body }: RawPacket, version: MqttVersion | null): Inbound | PacketFault {
  const type = head >> 4;
  const flags = head & 0x0f;
  if (version === null && type !== packetTypes.connect)
    return packetFault('protocol_error', 'the first packet is no CONNECT');
  if (version !== null && type === packetTypes.connect) return packetFault('protocol_error', 'a second CONNECT');
  const cursor = createByteCursor(body);
  const packet = read(type, flags, cursor, version ?? 4);
  if ('fault' in packet) return packet;
  return cursor.isBroken() ? packetFault('malformed', `a packet of type ${type} that does not add up`) : packet;
}

function read(type: number, flags: number, cursor: ByteCursor, version: MqttVersion): Inbound | PacketFault {
  if (type === packetTypes.publish) return readPublish(flags, cursor, version);
  // 3.1 sets the duplicate bit too.
  const wanted =
    type === packetTypes.pubrel || type === packetTypes.subscribe || type === packetTypes.unsubscribe ? 2 : 0;
  if ((version === 3 ? flags & ~8 : flags) !== wanted)
    return packetFault('malformed', `flags ${flags} of type ${type}`);
  switch (type) {
    case packetTypes.connect:
      return readConnect(cursor);
    case packetTypes.pubrel:
      return { type: 'pubrel', id: identifier(cursor) };
    case packetTypes.puback:
    case packetTypes.pubrec:
    case packetTypes.pubcomp:
      return { type: 'acknowledgement' };
    case packetTypes.subscribe:
    case packetTypes.unsubscribe:
      return readFilters(type === packetTypes.subscribe, cursor, version);
    case packetTypes.pingreq:
      return { type: 'pingreq' };
    case packetTypes.disconnect:
      return { type: 'disconnect' };
    default:
      return packetFault('protocol_error', `a packet of type ${type} from a client`);
  }
}

function identifier(cursor: ByteCursor): number {
  const id = cursor.short();
  if (id === 0) cursor.fail();
  return id;
}

function readConnect(cursor: ByteCursor): Connect | PacketFault {
  const name = cursor.text();
  const level = cursor.byte();
  if (cursor.isBroken()) return packetFault('malformed', 'no protocol name');
  const version = protocols[`${name}/${level}`];
  if (!version) {
    if (name !== 'MQTT' && name !== 'MQIsdp') return packetFault('malformed', 'not MQTT');
    return packetFault('unsupported_version', `protocol level ${level}`);
  }
  const flags = cursor.byte();
  const has = (bit: number) => (flags & bit) !== 0;
  const willQos = (flags >> 3) & 3;
  if (has(1) || willQos === 3 || (!has(4) && (willQos > 0 || has(0x20))) || (version < 5 && has(0x40) && !has(0x80)))
    cursor.fail();
  const keepAliveS = cursor.short();
  const { authMethod } = version === 5 ? readProperties(cursor) : nobody;
  const clientId = cursor.text();
  if (has(4)) {
    if (version === 5) readProperties(cursor);
    cursor.text();
    cursor.binary();
  }
  const username = has(0x80) ? new Secret(cursor.text()) : null;
  const password = has(0x40) ? new Secret(Buffer.from(cursor.binary()).toString('utf8')) : null;
  if (cursor.left() > 0) cursor.fail();
  return { type: 'connect', version, clientId, clean: has(2), keepAliveS, username, password, authMethod };
}

function readPublish(flags: number, cursor: ByteCursor, version: MqttVersion): Publish | PacketFault {
  const qos = (flags >> 1) & 3;
  if (qos === 3) return packetFault('malformed', 'quality of service 3');
  const topic = cursor.text();
  const id = qos > 0 ? identifier(cursor) : 0;
  const { topicAlias } = version === 5 ? readProperties(cursor) : nobody;
  if (topic === '' && topicAlias === null && !cursor.isBroken()) return packetFault('protocol_error', 'no topic');
  if (/[#+]/.test(topic)) return packetFault('malformed', 'a topic with wildcards');
  return { type: 'publish', topic, alias: topicAlias, qos: qos as 0 | 1 | 2, id, payload: cursor.rest() };
}

function readFilters(subscribe: boolean, cursor: ByteCursor, version: MqttVersion): Inbound | PacketFault {
  const id = identifier(cursor);
  if (version === 5) readProperties(cursor);
  const filters: string[] = [];
  while (!cursor.isBroken() && cursor.left() > 0) {
    if (filters.length >= mostFilters) return packetFault('too_large', `more than ${mostFilters} topic filters`);
    filters.push(cursor.text());
    if (subscribe) cursor.byte();
  }
  if (filters.length === 0) return packetFault('protocol_error', 'no topic filter');
  return subscribe ? { type: 'subscribe', id, filters } : { type: 'unsubscribe', id, filters };
}
