import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { Server } from 'socket.io';
import type { ZodType } from 'zod';
import type { Audience } from '@/server/live/cell-frames.ts';
import { parser } from '@/server/wire/packet.ts';
import {
  type ClientEvents,
  type FeedRate,
  type ServerEvents,
  seenInput,
  socketPath,
  subscribeInput,
  viewportInput,
} from '@/server/wire/realtime.ts';
import { type Client, epochOf, type GatewaySocket } from './client.ts';
import { createFrameSender } from './frame-sender.ts';
import { createHandshake } from './handshake.ts';
import { type Authenticated, defaultLimits, type GatewayLimits, type GatewayPorts } from './port.ts';
import { createReadingsLane } from './readings-lane.ts';
import { createRecordLane } from './record-lane.ts';
import { createSessionWatch } from './session-watch.ts';
import { createTelemetryLane } from './telemetry-lane.ts';
import { createTokenBucket } from './token-bucket.ts';

export type ClientFacts = {
  readonly id: string;
  readonly actor: string;
  readonly audience: string;
  readonly path: 'framed' | 'public';
  readonly connectedAt: number;
  readonly position: number;
  readonly seen: number;
  readonly skippedTicks: number;
  readonly waitingBytes: number;
};

export type Gateway = {
  /** One tick now; the gateway's own clock calls it each `tickMs`. */
  tick(): void;
  publishFeeds(feeds: readonly FeedRate[]): void;
  /** Cuts a session at once (sign-out, revocation); the periodic check does the same within seconds. */
  revoke(sessionId: string): void;
  clients(): ClientFacts[];
  readonly totals: { readonly messages: number; readonly bytes: number; readonly skipped: number };
  close(): Promise<void>;
};

export type GatewayOptions = { readonly trustProxy?: boolean; readonly limits?: Partial<GatewayLimits> };

const feedsRoom = 'feeds';

function createAudience(access: GatewayPorts['access'], actor: Authenticated['actor']): Audience {
  const known = new Map<string, boolean>();
  return {
    key: access.viewerClass(actor),
    sees(scope) {
      const held = known.get(scope);
      if (held !== undefined) return held;
      const sees = access.seesScope(actor, scope);
      known.set(scope, sees);
      return sees;
    },
  };
}

export function createGateway(
  http: HttpServer | HttpsServer,
  ports: GatewayPorts,
  options: GatewayOptions = {},
): Gateway {
  const limits: GatewayLimits = { ...defaultLimits, ...options.limits };
  const { access, records, state, ticker, epoch, now, log } = ports;
  const clients = new Map<string, Client>();
  const handshake = createHandshake(ports, {
    trustProxy: options.trustProxy ?? false,
    limits,
    open: () => clients.size,
  });
  const io = new Server<ClientEvents, ServerEvents>(http, {
    path: socketPath,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    // Other upgrades on this port (Next's own in development) are not ours to close.
    destroyUpgrade: false,
    parser,
    maxHttpBufferSize: limits.maxMessageBytes,
    pingInterval: limits.pingMs,
    pingTimeout: limits.pingMs,
    connectTimeout: 5_000,
    allowRequest: handshake.allow,
  });
  const telemetry = createTelemetryLane(ports, limits);
  const readings = createReadingsLane(io, ports, limits);
  const recordLane = createRecordLane(io, ports, limits);
  const watch = createSessionWatch(() => clients.values(), ports);

  function listen<T>(client: Client, event: keyof ClientEvents, shape: ZodType<T>, take: (input: T) => void): void {
    client.socket.on(event, (raw: unknown) => {
      const parsed = shape.safeParse(raw);
      if (parsed.success) take(parsed.data);
      else client.socket.emit('told', { kind: 'input-refused', event, reason: 'shape' });
    });
  }

  /** Too much input is dropped and told once a burst; whoever goes on regardless is cut. */
  function limitInput(socket: GatewaySocket): void {
    const bucket = createTokenBucket(limits.inputsPerS, limits.inputBurst);
    let refused = 0;
    socket.use(([event], next) => {
      if (bucket.take(now())) {
        refused = 0;
        next();
        return;
      }
      refused++;
      if (refused === 1) socket.emit('told', { kind: 'input-refused', event: String(event), reason: 'rate' });
      if (refused > limits.inputBurst * 10) socket.disconnect(true);
    });
  }

  const beat = () => ({
    serverTime: now(),
    position: records.sealedUpTo(),
    tick: ticker.last.tick,
  });

  function admit(socket: GatewaySocket, who: Authenticated): void {
    const audience = createAudience(access, who.actor);
    const client: Client = {
      socket,
      sessionId: who.sessionId,
      actor: who.actor,
      audience,
      epoch: epochOf(epoch, who.actor.id, audience.key),
      sender: createFrameSender(socket, limits.sendPath),
      connectedAt: now(),
    };
    clients.set(socket.id, client);
    limitInput(socket);
    socket.on('disconnect', () => {
      clients.delete(socket.id);
      telemetry.leave(client);
      recordLane.leave(client);
      readings.leave(client);
    });
    listen(client, 'subscribe', subscribeInput, (input) => {
      recordLane.subscribe(client, input);
      readings.join(client);
    });
    listen(client, 'viewport', viewportInput, (input) => telemetry.viewport(client, input));
    listen(client, 'seen', seenInput, (input) => recordLane.seen(client, input));
    socket.emit('welcome', {
      epoch: client.epoch,
      serverTime: now(),
      tickMs: limits.tickMs,
      grid: state.grid.spec,
      sealedUpTo: records.sealedUpTo(),
    });
    if (access.seesFeeds(who.actor)) void socket.join(feedsRoom);
    telemetry.join(client);
  }

  io.on('connection', (socket) => {
    const who = handshake.who(socket.request);
    const sameSession = who ? [...clients.values()].filter((client) => client.sessionId === who.sessionId).length : 0;
    if (who && sameSession < limits.clientsPerSession) admit(socket, who);
    else socket.disconnect(true);
  });

  const guarded = (work: () => void) => (): void => {
    try {
      work();
    } catch (error) {
      log('error', 'a tick failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  const tick = guarded(telemetry.tick);
  const timers = [
    setInterval(tick, limits.tickMs),
    setInterval(guarded(readings.tick), limits.readingsMs),
    setInterval(() => telemetry.details(), limits.detailMs),
    setInterval(() => void watch.check(), limits.sessionCheckMs),
    setInterval(() => {
      io.emit('beat', beat());
      recordLane.patrol();
    }, limits.beatMs),
  ];

  return {
    tick,
    publishFeeds: (feeds) => {
      io.to(feedsRoom).emit('feeds', { at: now(), feeds });
    },
    revoke: watch.revoke,
    clients: () =>
      [...clients.values()].map((client) => ({
        id: client.socket.id,
        actor: client.actor.id,
        audience: client.audience.key,
        path: client.sender.path,
        connectedAt: client.connectedAt,
        position: recordLane.state(client)?.position ?? 0,
        seen: recordLane.state(client)?.seen ?? 0,
        skippedTicks: telemetry.skipped(client).ticks,
        waitingBytes: client.sender.waiting().bytes,
      })),
    totals: telemetry.totals,
    async close() {
      for (const timer of timers) clearInterval(timer);
      recordLane.close();
      const open = [...clients.values()];
      for (const client of open) client.sender.hangUp();
      io.engine.close();
      await Promise.all(open.map((client) => client.sender.gone));
    },
  };
}
