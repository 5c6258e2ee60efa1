import type { Socket } from 'socket.io';
import { telemetryEvent } from '@/server/wire/packet.ts';

/**
 * One telemetry message per client and tick. The fast way writes one WebSocket header and then the cells' shared bytes, corked: one
 * message, one system call, nothing copied (RFC 6455 §5.2; a server does not mask). It reaches into `ws`, so it is tried only where all
 * that it needs is there; otherwise the same bytes go by a documented emit.
 */
export type Payload = {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
  /** All pieces as one buffer behind their WebSocket header; made once when several clients take it. */
  framed(): Buffer;
  joined(): Buffer;
};

export type FrameSender = {
  readonly path: 'framed' | 'public';
  /** What waits for this client: packets in engine.io and bytes in the WebSocket. Either alone is blind to the other way. */
  waiting(): { packets: number; bytes: number };
  send(payload: Payload, shared: boolean): void;
  /** Closes politely, and for good when the other side does not answer: ws alone would keep all that waits for 30 s. */
  hangUp(): void;
  /** Resolves when the connection itself is closed. */
  readonly gone: Promise<void>;
};

const graceMs = 1_000;

/** More pieces than this are joined: a write each costs more than a copy. */
const manyPieces = 12;

type RawSocket = { cork(): void; uncork(): void; write(chunk: Uint8Array): boolean; destroyed: boolean };
type RawWebSocket = {
  readyState: number;
  terminate(): void;
  once(event: 'close', listener: () => void): unknown;
  bufferedAmount: number;
  _socket?: RawSocket;
  _sender?: { _state?: number; _queue?: unknown[]; sendFrame?: unknown };
  extensions?: string;
};

export function webSocketHeader(bytes: number): Buffer {
  const finBinary = 0x82;
  if (bytes < 126) return Buffer.from([finBinary, bytes]);
  if (bytes < 65_536) return Buffer.from([finBinary, 126, bytes >> 8, bytes & 255]);
  const header = Buffer.alloc(10);
  header[0] = finBinary;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(bytes), 2);
  return header;
}

export function createPayload(pieces: readonly Uint8Array[]): Payload {
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  let framed: Buffer | null = null;
  const make = (): Buffer => {
    if (framed) return framed;
    const header = webSocketHeader(bytes);
    const all = Buffer.allocUnsafeSlow(header.length + bytes);
    all.set(header, 0);
    let at = header.length;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.byteLength;
    }
    framed = all;
    return all;
  };
  return {
    pieces,
    bytes,
    framed: make,
    joined: () => make().subarray(make().length - bytes),
  };
}

const webSocketOf = (socket: Socket): RawWebSocket | null => {
  const transport = socket.conn.transport as unknown as { name: string; socket?: RawWebSocket } | undefined;
  return transport?.name === 'websocket' && transport.socket ? transport.socket : null;
};

/** The raw socket, when nothing of ws or engine.io is in the way of writing to it now. */
function clearWay(socket: Socket): RawSocket | null {
  const ws = webSocketOf(socket);
  if (ws?.readyState !== 1 || ws.extensions) return null;
  const sender = ws._sender;
  if (sender?._state !== 0 || (sender._queue?.length ?? 1) > 0) return null;
  if (socket.conn.readyState !== 'open' || waitingPackets(socket) > 0) return null;
  const raw = ws._socket;
  return raw && typeof raw.cork === 'function' && !raw.destroyed ? raw : null;
}

const waitingPackets = (socket: Socket): number => {
  const buffer = (socket.conn as unknown as { writeBuffer?: unknown[] }).writeBuffer;
  return buffer?.length ?? 0;
};

export function createFrameSender(socket: Socket, path: 'framed' | 'public'): FrameSender {
  const usable = path === 'framed' && clearWay(socket) !== null;
  const ws = webSocketOf(socket);
  const gone = new Promise<void>((resolve) => {
    if (!ws || ws.readyState === 3) resolve();
    else ws.once('close', () => resolve());
  });
  return {
    path: usable ? 'framed' : 'public',
    gone,
    waiting: () => ({ packets: waitingPackets(socket), bytes: webSocketOf(socket)?.bufferedAmount ?? 0 }),
    send(payload, shared) {
      const raw = usable ? clearWay(socket) : null;
      if (!raw) {
        socket.emit(telemetryEvent, payload.joined());
        return;
      }
      if (shared || payload.pieces.length > manyPieces) {
        raw.write(payload.framed());
        return;
      }
      raw.cork();
      raw.write(webSocketHeader(payload.bytes));
      for (const piece of payload.pieces) raw.write(piece);
      raw.uncork();
    },
    hangUp() {
      socket.disconnect(true);
      if (ws) setTimeout(() => ws.terminate(), graceMs).unref();
    },
  };
}
