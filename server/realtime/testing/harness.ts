import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { Actor } from '@/server/domain/role.ts';
import { createLatestState, type LiveUpdate } from '@/server/live/latest-state.ts';
import { createTicker } from '@/server/live/tick.ts';
import { createGateway } from '@/server/realtime/gateway.ts';
import type { GatewayLimits, GatewayPorts } from '@/server/realtime/port.ts';
import { createCellGrid, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { parser } from '@/server/wire/packet.ts';
import type { ClientEvents, ServerEvents } from '@/server/wire/realtime.ts';
import { createMemoryLog } from './memory-log.ts';

export const dispatcher: Actor = {
  id: 'chen',
  name: 'Chen',
  roles: ['dispatcher'],
  department: null,
  district: null,
};

export type RawClient = Socket<ServerEvents, ClientEvents>;

/** A gateway on a free port, its clock and ticks in the test's hands. Cookie `session=<id>` names a session of `sessions`. */
export async function startGateway(limits: Partial<GatewayLimits> = {}, ports: Partial<GatewayPorts> = {}) {
  const sessions = new Map<string, Actor>([['chen', dispatcher]]);
  const log = createMemoryLog();
  const clock = { now: 1_700_000_000_000 };
  const state = createLatestState(createCellGrid(nanjingGrid));
  const http = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const gateway = createGateway(
    http,
    {
      access: {
        async authenticate(cookie) {
          const id = /session=(\w+)/.exec(cookie ?? '')?.[1] ?? '';
          const actor = sessions.get(id);
          return actor ? { sessionId: id, actor } : null;
        },
        stillValid: async (ids) => new Map(ids.flatMap((id) => (sessions.has(id) ? [[id, sessions.get(id)!]] : []))),
        viewerClass: (actor) => `${actor.roles.join('+')}|${actor.department}`,
        visible: (actor, change) =>
          change.id.startsWith('secret') && actor.department ? { ...change, body: null } : change,
        seesScope: (actor, scope) => actor.department === null || scope.startsWith(actor.department),
        seesFeeds: () => true,
        seesStation: (actor, scope) => actor.department === null || scope.startsWith(actor.department),
      },
      records: log,
      state,
      ticker: createTicker(state),
      readings: null,
      epoch: 'test',
      now: () => clock.now,
      log: () => undefined,
      ...ports,
    },
    // The test ticks by hand.
    { limits: { tickMs: 3_600_000, beatMs: 100, sessionCheckMs: 50, detailMs: 50, ...limits } },
  );
  const opened = new Set<RawClient>();
  return {
    url,
    http,
    gateway,
    log,
    state,
    clock,
    sessions,
    connect(session = 'chen', headers: Record<string, string> = {}): RawClient {
      const client: RawClient = io(url, {
        transports: ['websocket'],
        parser,
        forceNew: true,
        reconnection: false,
        extraHeaders: { origin: url, cookie: `session=${session}`, ...headers },
      });
      opened.add(client);
      return client;
    },
    async close() {
      for (const client of opened) client.disconnect();
      await gateway.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

export const fix = (unit: string, lonLat: [number, number] | null, more: Partial<LiveUpdate> = {}): LiveUpdate => ({
  unit,
  source: 'test',
  scope: 'police',
  lonLat,
  headingDeg: 90,
  speedMps: 10,
  sourceAt: 1_700_000_000_000,
  receivedAt: 1_700_000_000_000,
  expectedIntervalS: 30,
  ...more,
});

/** The next message of a kind that `fits`. Listen before you cause it. */
export function next<E extends keyof ServerEvents>(
  client: RawClient,
  event: E,
  fits: (message: Parameters<ServerEvents[E]>[0]) => boolean = () => true,
): Promise<Parameters<ServerEvents[E]>[0]> {
  return new Promise((resolve) => {
    const take = (message: Parameters<ServerEvents[E]>[0]): void => {
      if (!fits(message)) return;
      client.off(event, take as never);
      resolve(message);
    };
    client.on(event, take as never);
  });
}

/** Resolves when all that was sent to this client before has arrived: messages keep their order. */
export async function flushed(client: RawClient): Promise<void> {
  await next(client, 'beat');
  await next(client, 'beat');
}
