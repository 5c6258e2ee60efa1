/**
 * The Socket.IO parser of this product, used on both sides. A telemetry emit is one binary WebSocket message (the documented parser
 * sends a text placeholder and then the attachment); everything else is one text message: the packet type, an optional
 * acknowledgement number, JSON. There is one namespace.
 */
export type Packet = { type: number; nsp: string; data?: unknown; id?: number };

export const packetTypes = { connect: 0, disconnect: 1, event: 2, ack: 3, connectError: 4 } as const;
export const telemetryEvent = 'telemetry';

/** Names that would reach a socket's own listeners. */
const reserved = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']);

const isTelemetry = (packet: Packet): packet is Packet & { data: [string, Uint8Array] } =>
  packet.type === packetTypes.event &&
  packet.id === undefined &&
  Array.isArray(packet.data) &&
  packet.data.length === 2 &&
  packet.data[0] === telemetryEvent &&
  packet.data[1] instanceof Uint8Array;

export class Encoder {
  encode(packet: Packet): (string | Uint8Array)[] {
    if (isTelemetry(packet)) return [packet.data[1]];
    const id = packet.id === undefined ? '' : String(packet.id);
    const body = packet.data === undefined ? '' : JSON.stringify(packet.data);
    return [`${packet.type}${id}${body}`];
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether the body is what the type allows; the same rules as the documented parser. */
function bodyFits(type: number, body: unknown): boolean {
  switch (type) {
    case packetTypes.connect:
      return body === undefined || isObject(body);
    case packetTypes.disconnect:
      return body === undefined;
    case packetTypes.connectError:
      return typeof body === 'string' || isObject(body);
    case packetTypes.event:
      return Array.isArray(body) && typeof body[0] === 'string' && !reserved.has(body[0]);
    case packetTypes.ack:
      return Array.isArray(body);
    default:
      return false;
  }
}

const shape = /^([0-4])(\d{0,9})([[{"].*)?$/s;

/** Throws on what is no packet: Socket.IO closes the connection of who sent it. */
export function decodePacket(text: string): Packet {
  const match = shape.exec(text);
  if (!match) throw new Error('no packet');
  const type = Number(match[1]);
  const body: unknown = match[3] === undefined ? undefined : JSON.parse(match[3]);
  if (!bodyFits(type, body)) throw new Error('no packet');
  const packet: Packet = { type, nsp: '/' };
  if (match[2]) packet.id = Number(match[2]);
  if (body !== undefined) packet.data = body;
  return packet;
}

type Listener = (packet: Packet) => void;

/** As much of an event emitter as Socket.IO asks of a decoder. */
export class Decoder {
  private readonly listeners = new Set<Listener>();

  on(event: string, listener: Listener): this {
    if (event === 'decoded') this.listeners.add(listener);
    return this;
  }

  off(event: string, listener?: Listener): this {
    if (event !== 'decoded') return this;
    if (listener) this.listeners.delete(listener);
    else this.listeners.clear();
    return this;
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  add(chunk: unknown): void {
    const packet =
      typeof chunk === 'string'
        ? decodePacket(chunk)
        : { type: packetTypes.event, nsp: '/', data: [telemetryEvent, chunk] };
    for (const listener of [...this.listeners]) listener(packet);
  }

  destroy(): void {
    this.listeners.clear();
  }
}

export const parser = { Encoder, Decoder };
