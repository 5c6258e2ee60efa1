import { io, type Socket } from 'socket.io-client';
import { parser } from '@/server/wire/packet.ts';
import {
  type ClientEvents,
  type RecordChange,
  rangeVerdict,
  type ServerEvents,
  socketPath,
} from '@/server/wire/realtime.ts';

/** A screen without a screen: follows the records through every interruption and keeps what it was told, by the rules of the wire alone. */
export type RecordFollower = {
  readonly held: ReadonlyMap<string, RecordChange>;
  position(): number | null;
  /** Ranges that did not join on to what was known; each was asked for again. */
  gaps(): number;
  close(): void;
};

export function followRecords(url: string, cookie: string): RecordFollower {
  let held = new Map<string, RecordChange>();
  let parts: RecordChange[] = [];
  let position: number | null = null;
  let epoch: string | null = null;
  let gaps = 0;
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    path: socketPath,
    transports: ['websocket'],
    parser,
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 400,
    extraHeaders: { origin: url, cookie },
  });
  const take = (change: RecordChange): void => {
    const key = `${change.type}/${change.id}`;
    if ((held.get(key)?.version ?? -1) <= change.version) held.set(key, change);
  };
  let next: string | null = null;
  socket.on('welcome', (welcome) => {
    next = welcome.epoch;
    parts = [];
    socket.emit('subscribe', { position, epoch });
  });
  socket.on('snapshot', (part) => {
    parts.push(...part.changes);
    if (part.part + 1 < part.parts) return;
    held = new Map();
    for (const change of parts) take(change);
    parts = [];
    position = part.position;
    epoch = next;
  });
  socket.on('records', (batch) => {
    if (position === null || rangeVerdict(position, batch) === 'gap') {
      gaps += 1;
      socket.emit('subscribe', { position, epoch });
      return;
    }
    for (const change of batch.changes) take(change);
    position = Math.max(position, batch.upTo);
    socket.emit('seen', { upTo: position });
  });
  const again = setInterval(() => {
    if (socket.disconnected && !socket.active) socket.connect();
  }, 200);
  return {
    get held() {
      return new Map([...held].filter(([, change]) => change.body !== null));
    },
    position: () => position,
    gaps: () => gaps,
    close() {
      clearInterval(again);
      socket.disconnect();
    },
  };
}
