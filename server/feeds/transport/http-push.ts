import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createFeedStatus } from './feed-status.ts';
import type { TransportState } from './port.ts';
import { createPushHandler, type PushHandlerLimits, type PushHandlerSettings } from './push-handler.ts';
import { memoryLedger, type PushLedger } from './push-ledger.ts';
import { createTurns, type Turns } from './turns.ts';

export type HttpPushLimits = PushHandlerLimits & {
  readonly connections: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly checkTimeoutsEveryMs: number;
};

export const httpPushLimits: HttpPushLimits = {
  bodyBytes: 5 * 1024 * 1024,
  concurrent: 16,
  heldBytes: 500_000,
  requests: { perSecond: 50, burst: 200 },
  volume: { perSecond: 1_000_000, burst: 15_000_000 },
  failures: { perSecond: 0.5, burst: 20 },
  // Somebody who is writing a sender may err a few times.
  breaker: { badInARow: 20 },
  connections: 500,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkTimeoutsEveryMs: 2_000,
};

export type HttpPushSettings = Omit<PushHandlerSettings, 'ledger' | 'limits' | 'now' | 'statuses' | 'turns'> & {
  /** Loopback unless said otherwise (DESIGN.md law 13). */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly listenPort: number;
  /** In memory where the store keeps none. */
  readonly ledger?: PushLedger;
  /** Shared by the listeners of one process; its own where left out. */
  readonly turns?: Turns;
  readonly limits?: Partial<HttpPushLimits>;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly now?: () => number;
  /** First and longest pause between attempts to listen. */
  readonly retryMs?: { readonly first: number; readonly longest: number };
};

export type HttpPush = {
  /** Resolves with the first attempt to listen: true where it stands. A listener that does not stand goes on trying until `close`. */
  readonly ready: Promise<boolean>;
  address(): { readonly host: string; readonly port: number } | null;
  /** Takes no more, answers for what is in hand, closes. */
  close(): Promise<void>;
};

/** How long requests in hand may take when the listener closes. */
const closingMs = 2_000;

/** HTTP listener for sources that push, JSON and CAP. Whatever happens to it is reported under each of its feeds; it never throws. */
export function openHttpPush(settings: HttpPushSettings): HttpPush {
  const { host = '127.0.0.1', listenPort, port, now = Date.now } = settings;
  const limits = { ...httpPushLimits, ...settings.limits };
  const retry = settings.retryMs ?? { first: 1_000, longest: 30_000 };
  const statuses = new Map(settings.feeds.map(({ id }) => [id, createFeedStatus(port, id, now)]));
  const ledger = settings.ledger ?? memoryLedger();
  const turns = settings.turns ?? createTurns();
  const handle = createPushHandler({ ...settings, now, limits, ledger, turns, statuses });
  let server: ReturnType<typeof createServer> | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let stopped = false;

  const tell = (state: TransportState, code: string, facts: Record<string, string | number> = {}) => {
    for (const status of statuses.values()) status.tell(state, code, facts);
  };
  const ready = listen(retry.first);

  function build() {
    const http = { maxHeaderSize: 16_384, connectionsCheckingInterval: limits.checkTimeoutsEveryMs };
    const built = settings.tls ? createTlsServer({ ...http, ...settings.tls }) : createServer(http);
    built.on('request', handle);
    built.on('checkContinue', handle);
    built.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const line = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
      const cut = () => socket.destroy(); // whoever does not close would hold its place for ever
      if (socket.writable) socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, cut);
      else cut();
    });
    built.maxConnections = limits.connections;
    built.headersTimeout = limits.headersTimeoutMs;
    built.requestTimeout = limits.requestTimeoutMs;
    return built;
  }

  function listen(pauseMs: number): Promise<boolean> {
    tell('starting', 'starting', { host, port: listenPort });
    return new Promise((resolve) => {
      const attempt = build();
      attempt.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.code === 'EADDRINUSE' ? 'address_in_use' : 'cannot_listen';
        tell('down', code, { host, port: listenPort, detail: error.message });
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
        tell('up', 'listening', { host, port: address()?.port ?? listenPort });
        resolve(true);
      });
    });
  }

  function address() {
    const at = server?.address();
    return at && typeof at === 'object' ? { host: at.address, port: at.port } : null;
  }

  return {
    ready,
    address,
    close: async () => {
      stopped = true;
      if (retryTimer) clearTimeout(retryTimer);
      const listening = server;
      server = null;
      if (listening) {
        const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
        listening.closeIdleConnections();
        const cut = setTimeout(() => listening.closeAllConnections(), closingMs);
        await closed;
        clearTimeout(cut);
      }
      tell('stopped', 'stopped');
    },
  };
}
