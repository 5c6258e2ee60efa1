import type { Server as HttpServer } from 'node:http';
import { createServer, type Socket as TcpSocket } from 'node:net';
import { Server } from 'socket.io';
import type { Audience } from '@/server/live/cell-frames.ts';
import type { LatestState } from '@/server/live/latest-state.ts';
import type { Ticker } from '@/server/live/tick.ts';
import { latitude, longitude } from '@/server/wire/cell-grid.ts';

/** What others would do with the same state, for ratios in the same run. Each returns what one tick does. */
export type Fanout = { readonly tick: () => void; readonly clients: () => number; readonly close: () => void };

const everyone: Audience = { key: 'peer', sees: () => true };

/** The documented way: the default parser, a room per cell, one binary emit per cell and tick. */
export function socketRooms(http: HttpServer, ticker: Ticker, now: () => number): Fanout {
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  io.on('connection', (socket) => {
    socket.on('viewport', (view: { cells: number[] }) => {
      void socket.join(view.cells.map((cell) => `cell ${cell}`));
      socket.emit('hello');
    });
  });
  return {
    tick() {
      const { dirty } = ticker.tick(now());
      for (const cell of dirty)
        io.to(`cell ${cell}`).emit('cell', Buffer.from(ticker.frames.cell(cell, everyone, ticker.last)));
    },
    clients: () => io.engine.clientsCount,
    close: () => io.disconnectSockets(true),
  };
}

/** The simple way: each client gets a JSON list of what it sees. */
export function jsonPerClient(http: HttpServer, ticker: Ticker, of: { state: LatestState; now: () => number }): Fanout {
  const { state, now } = of;
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  const views = new Map<string, number[]>();
  const list = new Uint16Array(65_535);
  io.on('connection', (socket) => {
    socket.on('viewport', (view: { cells: number[] }) => {
      views.set(socket.id, view.cells);
      socket.emit('hello');
    });
    socket.on('disconnect', () => views.delete(socket.id));
  });
  const unit = (slot: number) => ({
    id: state.unitOf(slot),
    lon: longitude(state.slots.x[slot] as number),
    lat: latitude(state.slots.y[slot] as number),
    heading: state.columns.heading[slot],
    status: state.columns.status[slot],
  });
  return {
    tick() {
      ticker.tick(now());
      for (const [id, cells] of views) {
        const units = cells.flatMap((cell) => [...list.subarray(0, state.slots.list(cell, list))].map(unit));
        io.sockets.sockets.get(id)?.emit('units', units);
      }
    },
    clients: () => io.engine.clientsCount,
    close: () => io.disconnectSockets(true),
  };
}

/** The floor: the same bytes of the whole city, written to bare TCP sockets. */
export function bareTcp(ticker: Ticker, now: () => number): Fanout & { listen(): Promise<number> } {
  const open = new Set<TcpSocket>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.write('hello');
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  return {
    listen: () =>
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
      }),
    tick() {
      const { dirty } = ticker.tick(now());
      const whole = Buffer.concat(dirty.map((cell) => ticker.frames.cell(cell, everyone, ticker.last)));
      for (const socket of open) socket.write(whole);
    },
    clients: () => open.size,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
