import { io, type Socket } from 'socket.io-client';
import { createCellGrid } from '@/server/wire/cell-grid.ts';
import { parser } from '@/server/wire/packet.ts';
import {
  type ClientEvents,
  lostAfterMs,
  type ServerEvents,
  socketPath,
  type Told,
  type Welcome,
} from '@/server/wire/realtime.ts';
import { type LookedAt, lookedAt, sameLook } from './looked-at.ts';
import type { FromEngine, Link, Look, ToEngine } from './protocol.ts';
import { createScatter, type Scatter } from './scatter.ts';
import { createSnapshotParts } from './snapshot-parts.ts';
import { copyColumns, createColumns, mapColumns, type UnitColumns } from './unit-columns.ts';

/**
 * Holds the socket, decodes, keeps the resident columns. Runs in a worker (`live.worker.ts`), or in the page where there is none. The page
 * gets whole pictures in buffers that go back and forth; while it holds both, newer ticks are folded into the next one.
 */
export type LiveEngine = (command: ToEngine) => void;
export type Post = (message: FromEngine, transfer: ArrayBuffer[]) => void;
export type EngineOptions = {
  /** Headers for clients that are no browser. */
  readonly extraHeaders?: Record<string, string>;
  readonly lostAfterMs?: number;
  readonly reconnectMs?: number;
};

const seenEveryMs = 500;
/** A pan asks for cells at most this often; the last view always counts. */
const lookEveryMs = 100;

export function createLiveEngine(post: Post, options: EngineOptions = {}): LiveEngine {
  const lostAfter = options.lostAfterMs ?? lostAfterMs;
  let socket: Socket<ServerEvents, ClientEvents> | null = null;
  let scatter: Scatter | null = null;
  let gridKey = '';
  let grid: ReturnType<typeof createCellGrid> | null = null;
  let look: Look = { mode: 'none', bounds: null };
  let sent: LookedAt | null = null;
  let watch: readonly number[] = [];
  let position: number | null = null;
  let epoch: string | null = null;
  let serverEpoch = '';
  let link: Link = 'connecting';
  let heardAt: number | null = null;
  let attempts = 0;
  let faults = 0;
  let watchdog: ReturnType<typeof setInterval> | null = null;
  let again: ReturnType<typeof setTimeout> | null = null;
  let forced = false;
  let lookTimer: ReturnType<typeof setTimeout> | null = null;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let seenTimer: ReturnType<typeof setTimeout> | null = null;
  const parts = createSnapshotParts();
  /** Buffers that are here; the others are with the page. */
  const spare: ArrayBuffer[] = [new ArrayBuffer(0), new ArrayBuffer(0)];
  let unitsPending = false;

  const say = (message: FromEngine, transfer: ArrayBuffer[] = []): void => post(message, transfer);

  function sayLink(next: Link): void {
    link = next;
    say({ say: 'link', link, heardAt, attempts });
  }

  function postUnits(): void {
    if (!scatter) return;
    const buffer = spare.pop();
    if (!buffer) {
      unitsPending = true;
      return;
    }
    unitsPending = false;
    const { columns, high, tick, timeMs } = scatter;
    const fits = buffer.byteLength === columns.buffer.byteLength;
    const copy: UnitColumns = fits ? mapColumns(buffer, columns.capacity) : createColumns(columns.capacity);
    copyColumns(columns, copy);
    say({ say: 'units', buffer: copy.buffer, capacity: copy.capacity, high, tick, timeMs }, [copy.buffer]);
  }

  function hear(): void {
    heardAt = Date.now();
  }

  function lose(): void {
    if (link !== 'connected') return;
    sayLink('lost');
    scatter?.fade();
    postUnits();
  }

  function sendLook(force: boolean): void {
    if (!grid || !socket?.connected) return;
    const next = lookedAt(grid, look);
    if (!force && sent && sameLook(sent, next)) return;
    sent = next;
    scatter?.look(next.mode === 'cells' ? new Set(next.cells) : next.mode === 'city' ? null : new Set());
    socket.emit('viewport', { mode: next.mode, cells: [...next.cells], watch: [...watch] });
    postUnits();
  }

  function lookSoon(force: boolean): void {
    forced ||= force;
    if (lookTimer) return;
    const send = (): void => {
      lookTimer = null;
      lookedAtMs = Date.now();
      const now = forced;
      forced = false;
      sendLook(now);
    };
    const wait = lookedAtMs + lookEveryMs - Date.now();
    if (wait > 0) lookTimer = setTimeout(send, wait);
    else send();
  }

  function subscribe(): void {
    socket?.emit('subscribe', { position, epoch });
  }

  function welcome(message: Welcome): void {
    const arrivedAt = Date.now();
    hear();
    serverEpoch = message.epoch;
    const key = JSON.stringify(message.grid);
    if (!grid || key !== gridKey) {
      grid = createCellGrid(message.grid);
      gridKey = key;
      scatter = createScatter(grid);
    }
    attempts = 0;
    sayLink('connected');
    say({ say: 'welcome', welcome: message, arrivedAt });
    subscribe();
    sent = null;
    sendLook(true);
  }

  function telemetry(message: ArrayBuffer | Uint8Array): void {
    hear();
    if (!scatter) return;
    const taken = scatter.take(message);
    if ('fault' in taken) {
      faults++;
      say({ say: 'fault', fault: taken.fault, count: faults });
      return;
    }
    if (taken.units) postUnits();
    if (taken.totals) say({ say: 'totals', totals: [...scatter.totals.values()] });
  }

  function told(message: Told): void {
    hear();
    say({ say: 'told', told: message });
    if (message.kind !== 'signed-out') return;
    sayLink('signed-out');
    socket?.disconnect();
  }

  /** The server closed it on purpose (revoked, too slow): Socket.IO would not come back by itself. */
  function comeBack(): void {
    if (link === 'signed-out' || again) return;
    again = setTimeout(
      () => {
        again = null;
        socket?.connect();
      },
      (options.reconnectMs ?? 500) * (1 + Math.random()),
    );
  }

  function sayApplied(): void {
    if (seenTimer) return;
    seenTimer = setTimeout(() => {
      seenTimer = null;
      if (socket?.connected && position !== null) socket.emit('seen', { upTo: position });
    }, seenEveryMs);
  }

  function begin(url: string): void {
    stop();
    const reconnectMs = options.reconnectMs ?? 500;
    const opened: Socket<ServerEvents, ClientEvents> = io(url, {
      path: socketPath,
      transports: ['websocket'],
      parser,
      forceNew: true,
      reconnectionDelay: reconnectMs,
      reconnectionDelayMax: reconnectMs * 4,
      timeout: 5_000,
      ...(options.extraHeaders ? { extraHeaders: options.extraHeaders } : {}),
    });
    socket = opened;
    opened.on('welcome', welcome);
    opened.on('telemetry', telemetry);
    opened.on('told', told);
    opened.on('beat', (beat) => {
      hear();
      say({ say: 'beat', beat, arrivedAt: Date.now() });
    });
    opened.on('records', (batch) => {
      hear();
      say({ say: 'records', batch });
    });
    opened.on('snapshot', (part) => {
      hear();
      const whole = parts.take(part);
      if (whole) say({ say: 'snapshot', ...whole, epoch: serverEpoch });
    });
    opened.on('slots', (message) => say({ say: 'slots', message }));
    opened.on('details', (message) => say({ say: 'details', message }));
    opened.on('feeds', (message) => say({ say: 'feeds', message }));
    opened.on('readings', (message) => {
      hear();
      say({ say: 'readings', message });
    });
    opened.on('disconnect', (reason) => {
      lose();
      if (reason === 'io server disconnect') comeBack();
    });
    opened.on('connect_error', () => {
      attempts++;
      if (link !== 'signed-out') sayLink(heardAt === null ? 'connecting' : 'lost');
      if (!opened.active) comeBack();
    });
    watchdog = setInterval(
      () => {
        if (link !== 'connected' || heardAt === null || Date.now() - heardAt <= lostAfter) return;
        // The line is dead but not closed: say so, and dial anew instead of waiting for the network to notice.
        lose();
        opened.io.engine?.close();
      },
      Math.max(50, lostAfter / 12),
    );
  }

  function stop(): void {
    for (const timer of [again, seenTimer, lookTimer]) if (timer) clearTimeout(timer);
    again = null;
    seenTimer = null;
    lookTimer = null;
    if (watchdog) clearInterval(watchdog);
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = null;
  }

  return (command) => {
    switch (command.do) {
      case 'start':
        begin(command.url);
        return;
      case 'look':
        look = command.look;
        lookSoon(false);
        return;
      case 'watch':
        watch = command.slots;
        lookSoon(true);
        return;
      case 'applied':
        position = command.position;
        epoch = command.epoch;
        sayApplied();
        return;
      case 'resync':
        position = command.position;
        if (socket?.connected) subscribe();
        return;
      case 'spare':
        spare.push(command.buffer);
        if (unitsPending) postUnits();
        return;
      case 'retry':
        link = heardAt === null ? 'connecting' : 'lost';
        socket?.connect();
        return;
      case 'stop':
        stop();
    }
  };
}
