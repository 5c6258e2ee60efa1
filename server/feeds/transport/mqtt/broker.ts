import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { PushFeed } from '../accept-push.ts';
import type { PushPrincipal } from '../authenticate-token.ts';
import { createFeedStatus } from '../feed-status.ts';
import type { FeedPort } from '../port.ts';
import { memoryLedger, type PushLedger } from '../push-ledger.ts';
import { createSourceBreaker } from '../source-breaker.ts';
import { createTokenBuckets } from '../token-buckets.ts';
import { createTurns, type Turns } from '../turns.ts';
import { type BrokerLimits, brokerLimits } from './broker-limits.ts';
import { type Admitted, type MqttConnection, type MqttFeed, openMqttConnection } from './connection.ts';
import { createMessageLanes } from './message-lanes.ts';
import type { Connect } from './packet.ts';
import { filterMatches, ownTopics } from './topic.ts';
import type { ConnectCode } from './write-packet.ts';

export type BrokerFeed = PushFeed & {
  /** Topic filters of this source; its own branch where none are named. */
  readonly topics?: readonly string[];
};

export type MqttBrokerSettings = {
  readonly feeds: readonly BrokerFeed[];
  /** Who a token speaks for. */
  authenticate(token: string): PushPrincipal | null | Promise<PushPrincipal | null>;
  readonly port: FeedPort;
  /** Loopback unless said otherwise (DESIGN.md law 13). */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly listenPort: number;
  readonly ledger?: PushLedger;
  readonly limits?: Partial<BrokerLimits>;
  readonly now?: () => number;
  readonly mayAccept?: () => boolean;
  readonly turns?: Turns;
  readonly retryMs?: { readonly first: number; readonly longest: number };
};

export type MqttBroker = {
  readonly ready: Promise<boolean>;
  address(): { readonly host: string; readonly port: number } | null;
  connections(): number;
  close(): Promise<void>;
};

/**
 * A broker that only takes in, for MQTT 3.1, 3.1.1 and 5: a source signs on with its token, publishes on its own topics, and is
 * acknowledged when the record is stored. Nobody can subscribe, so nothing a source says reaches another one.
 */
export function openMqttBroker(settings: MqttBrokerSettings): MqttBroker {
  const { port, host = '127.0.0.1', listenPort, now = Date.now } = settings;
  const limits = { ...brokerLimits, ...settings.limits };
  const turns = settings.turns ?? createTurns();
  const retry = settings.retryMs ?? { first: 1_000, longest: 30_000 };
  const feeds = new Map(settings.feeds.map((feed) => [feed.id, withTopics(feed)]));
  const statuses = new Map(settings.feeds.map((feed) => [feed.id, createFeedStatus(port, feed.id, now)]));
  const accept = createMessageLanes({
    port,
    ledger: settings.ledger ?? memoryLedger(),
    turns,
    hadTurnBytes: limits.hadTurnBytes,
  });
  const breaker = createSourceBreaker();
  const messages = createTokenBuckets(limits.messages);
  const volume = createTokenBuckets(limits.volume);
  const failures = createTokenBuckets(limits.failures);
  const open = new Map<string, MqttConnection>();
  /** Of these, in the order they came, those that have not signed on. */
  const silent = new Set<string>();
  const clients = new Map<string, MqttConnection>();
  let server: Server | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let stopped = false;
  let connectionCount = 0;

  const tellAll = (...said: Parameters<ReturnType<typeof createFeedStatus>['tell']>): void => {
    for (const status of statuses.values()) status.tell(...said);
  };
  const ready = listen(retry.first);

  function listen(pauseMs: number): Promise<boolean> {
    tellAll('starting', 'starting', { host, port: listenPort });
    return new Promise((resolve) => {
      const attempt = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, take);
      attempt.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.code === 'EADDRINUSE' ? 'address_in_use' : 'cannot_listen';
        tellAll('down', code, { host, port: listenPort, detail: error.message });
        server = null;
        attempt.close();
        if (!stopped) retryTimer = setTimeout(() => void listen(Math.min(pauseMs * 2, retry.longest)), pauseMs).unref();
        resolve(false);
      });
      attempt.listen({ host, port: listenPort }, () => {
        if (stopped) {
          attempt.close();
          return resolve(false);
        }
        server = attempt;
        tellAll('up', 'listening', { host, port: address()?.port ?? listenPort });
        resolve(true);
      });
    });
  }

  const isFull = () => open.size >= limits.connections || !(settings.mayAccept?.() ?? true);

  function take(socket: Socket): void {
    if (isFull()) {
      // Whoever has held a place longest without signing on gives it to whoever comes.
      const [longest] = silent;
      if (longest !== undefined) open.get(longest)?.drop('shutting_down');
      for (const status of statuses.values())
        status.notice('too_many_connections', { source: socket.remoteAddress ?? '', limit: limits.connections });
    }
    if (isFull()) {
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    const id = `mqtt#${++connectionCount}`;
    const address = socket.remoteAddress ?? 'unknown';
    const connection = openMqttConnection(socket, {
      id,
      address: `${address}:${socket.remotePort ?? 0}`,
      port,
      limits,
      turns,
      now,
      accept,
      admit: (connect, self) => admit(connect, { self, id, address }),
      spend: (feedId, bytes) =>
        messages.take(feedId, now()) || volume.take(feedId, now(), Math.min(bytes, limits.volume.burst)),
      judged,
      closed: (admitted) => {
        open.delete(id);
        silent.delete(id);
        if (admitted && clients.get(clientOf(admitted)) === connection) clients.delete(clientOf(admitted));
      },
    });
    open.set(id, connection);
    silent.add(id);
  }

  async function admit(
    { version, clientId, clean, username, password, authMethod }: Connect,
    of: { self: MqttConnection; id: string; address: string },
  ): Promise<Admitted | ConnectCode> {
    if (authMethod !== null) return 'auth_method';
    if (clientId.length > 256 || (clientId === '' && !clean && version < 5)) return 'identifier';
    const token = (password ?? username)?.reveal() ?? '';
    const principal = token.length > 0 && token.length <= 512 ? await settings.authenticate(token) : null;
    if (!principal) return failures.take(of.address, now()) > 0 ? 'busy' : 'credentials';
    const feed = feeds.get(principal.feedId);
    if (!feed) return 'unauthorized';
    const assigned = clientId === '';
    const admitted = { feed, clientId: assigned ? randomUUID() : clientId, assigned };
    if (breaker.waitMs(clientOf(admitted), now()) > 0) return 'breaker_open';
    const held = [...clients.keys()].filter((key) => key.startsWith(`${feed.id} `)).length;
    const before = clients.get(clientOf(admitted));
    if (!before && held >= limits.perSource) {
      statuses.get(feed.id)?.notice('too_many_connections', { source: of.address, limit: limits.perSource });
      return 'busy';
    }
    // One client, one connection: the new one counts (MQTT 5.0 §3.1.4).
    before?.drop('taken_over');
    clients.set(clientOf(admitted), of.self);
    silent.delete(of.id);
    return admitted;
  }

  /** True: that was one too many, the client is to go. */
  function judged(admitted: Admitted, good: boolean): boolean {
    const client = clientOf(admitted);
    const status = statuses.get(admitted.feed.id);
    if (good) {
      breaker.good(client);
      status?.closed(admitted.clientId);
      return false;
    }
    const opening = breaker.bad(client, now());
    if (opening) status?.opened(admitted.clientId, opening);
    return opening !== null;
  }

  function address() {
    const at = server?.address();
    return at && typeof at === 'object' ? { host: at.address, port: at.port } : null;
  }

  return {
    ready,
    address,
    connections: () => open.size,
    close: async () => {
      stopped = true;
      if (retryTimer) clearTimeout(retryTimer);
      const listening = server;
      server = null;
      const finished = new Promise<void>((resolve) => (listening ? listening.close(() => resolve()) : resolve()));
      await Promise.all([...open.values()].map((connection) => connection.stop()));
      await finished;
      tellAll('stopped', 'stopped');
    },
  };
}

const clientOf = ({ feed, clientId }: Admitted): string => `${feed.id} ${clientId}`;

const withTopics = (feed: BrokerFeed): MqttFeed => {
  const filters = [ownTopics(feed.id), ...(feed.topics ?? [])];
  return { ...feed, mayPublish: (topic) => filters.some((filter) => filterMatches(filter, topic)) };
};
