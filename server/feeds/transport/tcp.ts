import { createServer, type Server, type Socket } from 'node:net';
import type { CrsName } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import type { CutReason } from './breaker.ts';
import { createFeedStatus } from './feed-status.ts';
import type { FeedPort } from './port.ts';
import { createSourceBreaker } from './source-breaker.ts';
import { type CloseReason, openConnection, type TcpConnection, type TcpLimits, tcpLimits } from './tcp-connection.ts';
import { createTurns, type Turns } from './turns.ts';

export type TcpFeedSettings = {
  readonly feedId: string;
  readonly protocol: Protocol;
  /** Unparsed; refused options keep the feed down and say so. */
  readonly options?: unknown;
  /** The datum this source declares; the protocol's own by default. */
  readonly crs?: CrsName;
  readonly port: FeedPort;
  /** Loopback unless said otherwise (DESIGN.md law 13). */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly listenPort: number;
  readonly limits?: Partial<TcpLimits>;
  readonly now?: () => number;
  /** Whether the whole process has room for another connection; several listeners share what the system gives. */
  readonly mayAccept?: () => boolean;
  /** Shared by the listeners of one process; its own where left out. */
  readonly turns?: Turns;
  /** First and longest pause between attempts to listen. */
  readonly retryMs?: { readonly first: number; readonly longest: number };
};

export type TcpFeed = {
  /** Resolves with the first attempt to listen: true where it stands. A feed that does not stand goes on trying until `close`. */
  readonly ready: Promise<boolean>;
  /** Where it listens, or null while it does not. */
  address(): { readonly host: string; readonly port: number } | null;
  connections(): number;
  /** Takes no more, answers for what is in hand, closes. */
  close(): Promise<void>;
};

/** Reasons a sender should be told about on the feeds page; a peer that goes away or a quiet line is everyday business. */
const worthTelling: ReadonlySet<CloseReason> = new Set(['bad_in_a_row', 'noise', 'mostly_bad', 'unread_replies']);

const harmful: ReadonlySet<CloseReason> = new Set<CutReason>(['bad_in_a_row', 'noise', 'mostly_bad']);

/** A listener for any stream protocol. Whatever happens to it is reported under its feed id; it never throws and never exits. */
export function openTcpFeed(settings: TcpFeedSettings): TcpFeed {
  const { feedId, protocol, port, host = '127.0.0.1', listenPort } = settings;
  const now = settings.now ?? Date.now;
  const limits = { ...tcpLimits, ...settings.limits };
  const turns = settings.turns ?? createTurns();
  const retry = settings.retryMs ?? { first: 1_000, longest: 30_000 };
  const open = new Map<string, TcpConnection>();
  /** Of these, in the order they came, those that have not said one whole message. */
  const silent = new Set<string>();
  let server: Server | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let stopped = false;
  let connectionCount = 0;

  const status = createFeedStatus(port, feedId, now);
  /** By address: ports change with every connection. */
  const breaker = createSourceBreaker({ badInARow: 5 });
  /** Connections that have said something whole, by address: many terminals may share one. */
  const sound = new Map<string, number>();

  const options = protocol.options.safeParse(settings.options ?? {});
  const ready = options.success ? listen(options.data, retry.first) : badOptions(options.error.message);

  function badOptions(detail: string): Promise<boolean> {
    status.tell('down', 'bad_options', { detail });
    return Promise.resolve(false);
  }

  function listen(parsed: unknown, pauseMs: number): Promise<boolean> {
    status.tell('starting', 'starting', { host, port: listenPort });
    return new Promise((resolve) => {
      const attempt = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) =>
        accept(socket, parsed),
      );
      attempt.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.code === 'EADDRINUSE' ? 'address_in_use' : 'cannot_listen';
        status.tell('down', code, { host, port: listenPort, detail: error.message });
        server = null;
        attempt.close();
        if (!stopped)
          retryTimer = setTimeout(() => void listen(parsed, Math.min(pauseMs * 2, retry.longest)), pauseMs).unref();
        resolve(false);
      });
      attempt.listen({ host, port: listenPort }, () => {
        if (stopped) {
          attempt.close();
          return resolve(false);
        }
        server = attempt;
        const at = address();
        status.tell('up', 'listening', { host, port: at?.port ?? listenPort });
        resolve(true);
      });
    });
  }

  const isFull = () => open.size >= limits.maxConnections || !(settings.mayAccept?.() ?? true);

  /** Whoever has held a place longest without one whole message gives it to whoever comes. */
  function dropSilent(): void {
    const [id] = silent;
    if (id === undefined) return;
    open.get(id)?.drop();
    status.notice('too_many_connections', { source: '', limit: limits.maxConnections });
  }

  function accept(socket: Socket, parsed: unknown): void {
    const from = socket.remoteAddress ?? 'unknown';
    const source = `${from}:${socket.remotePort ?? 0}`;
    if (breaker.waitMs(from, now()) > 0 && !sound.has(from)) {
      socket.on('error', () => undefined);
      socket.destroy();
      return;
    }
    if (isFull()) dropSilent();
    if (isFull()) {
      socket.on('error', () => undefined);
      socket.destroy();
      status.notice('too_many_connections', { source, limit: limits.maxConnections });
      return;
    }
    const id = `${feedId}#${++connectionCount}`;
    let spoke = false;
    const connection = openConnection(socket, {
      feedId,
      protocol,
      options: parsed,
      crs: settings.crs ?? protocol.crs,
      port,
      limits,
      turns,
      now,
      id,
      source,
      heard: () => {
        silent.delete(id);
        spoke = true;
        sound.set(from, (sound.get(from) ?? 0) + 1);
        breaker.good(from);
        status.closed(from);
      },
      closed: (reason) => {
        open.delete(id);
        silent.delete(id);
        if (spoke) leave(from);
        const opening = harmful.has(reason) && !sound.has(from) ? breaker.bad(from, now()) : null;
        if (opening) status.opened(from, { ...opening, reason: reason as CutReason });
        else if (worthTelling.has(reason)) status.notice('connection_cut', { source, reason }, 'up');
        else if (status.state() === 'degraded' && reason !== 'crowded')
          status.tell('up', 'listening', { ...address(), open: open.size });
      },
    });
    open.set(id, connection);
    silent.add(id);
  }

  function leave(from: string): void {
    const left = (sound.get(from) ?? 1) - 1;
    if (left > 0) sound.set(from, left);
    else sound.delete(from);
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
      status.tell('stopped', 'stopped');
    },
  };
}
