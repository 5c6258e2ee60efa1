import { createConnection, type Socket } from 'node:net';
import type { CrsName } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import { createFeedStatus } from './feed-status.ts';
import { nextPollMs } from './next-poll.ts';
import type { FeedPort } from './port.ts';
import { type CloseReason, openConnection, type TcpConnection, type TcpLimits, tcpLimits } from './tcp-connection.ts';
import { createTurns, type Turns } from './turns.ts';

export type TcpClientSettings = {
  readonly feedId: string;
  readonly protocol: Protocol;
  /** Unparsed; refused options keep the feed down and say so. */
  readonly options?: unknown;
  readonly crs?: CrsName;
  readonly port: FeedPort;
  readonly host: string;
  readonly connectPort: number;
  readonly limits?: Partial<TcpLimits>;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly turns?: Turns;
  readonly retryMs?: { readonly first: number; readonly connectTimeout: number };
};

export type TcpClient = {
  /** Resolves with the first attempt: true where it is connected. */
  readonly ready: Promise<boolean>;
  connections(): number;
  close(): Promise<void>;
};

const harmful: ReadonlySet<CloseReason> = new Set(['bad_in_a_row', 'noise', 'mostly_bad']);
/** A source that says nothing whole for so long has gone, whatever the system thinks of the line. */
const silenceMs = 5 * 60_000;

/** We connect to the source and read what it sends. A line that breaks, or goes silent, is made anew with a growing pause. */
export function openTcpClient(settings: TcpClientSettings): TcpClient {
  const { feedId, protocol, port, host, connectPort, now = Date.now, random = Math.random } = settings;
  const limits = { ...tcpLimits, idleMs: silenceMs, ...settings.limits };
  const turns = settings.turns ?? createTurns();
  const retry = settings.retryMs ?? { first: 1_000, connectTimeout: 10_000 };
  const source = `${host}:${connectPort}`;
  const status = createFeedStatus(port, feedId, now);
  let open: TcpConnection | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let failures = 0;
  let count = 0;

  const options = protocol.options.safeParse(settings.options ?? {});
  const ready = options.success ? attempt(options.data) : badOptions(options.error.message);

  function badOptions(detail: string): Promise<boolean> {
    status.tell('down', 'bad_options', { detail });
    return Promise.resolve(false);
  }

  function attempt(parsed: unknown): Promise<boolean> {
    status.tell('starting', 'connecting', { host: source });
    return new Promise((resolve) => {
      const socket = createConnection({
        host,
        port: connectPort,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: 30_000,
      });
      const late = setTimeout(() => socket.destroy(new Error('no answer in time')), retry.connectTimeout).unref();
      const fail = (error: Error): void => {
        clearTimeout(late);
        status.tell('down', 'cannot_connect', { host: source, detail: error.message.slice(0, 200) });
        again(parsed);
        resolve(false);
      };
      socket.once('error', fail);
      socket.once('connect', () => {
        clearTimeout(late);
        socket.removeListener('error', fail);
        if (stopped) {
          socket.destroy();
          resolve(false);
          return;
        }
        status.tell('up', 'connected', { host: source });
        open = read(socket, parsed);
        resolve(true);
      });
    });
  }

  function read(socket: Socket, parsed: unknown): TcpConnection {
    return openConnection(socket, {
      feedId,
      protocol,
      options: parsed,
      crs: settings.crs ?? protocol.crs,
      port,
      limits,
      turns,
      now,
      id: `${feedId}#${++count}`,
      source,
      heard: () => {
        failures = 0;
        status.closed(source);
      },
      closed: (reason) => {
        open = null;
        if (stopped) return;
        if (harmful.has(reason)) {
          // Noise in place of its protocol: not asked again for a while, and the page says until when.
          const until = now() + nextPause(Math.max(5, failures));
          status.tell('degraded', 'connecting', { host: source });
          status.opened(source, { reason: reason as 'noise', until });
          failures = Math.max(5, failures + 1);
          plan(parsed, until - now());
          return;
        }
        status.tell('down', reason === 'idle' ? 'silent' : 'disconnected', { host: source });
        again(parsed);
      },
    });
  }

  const nextPause = (of: number): number =>
    nextPollMs({ intervalMs: retry.first, failures: of, retryAfterMs: null, random: random() });

  function again(parsed: unknown): void {
    plan(parsed, nextPause(failures++));
  }

  function plan(parsed: unknown, pauseMs: number): void {
    if (!stopped) timer = setTimeout(() => void attempt(parsed), pauseMs).unref();
  }

  return {
    ready,
    connections: () => (open ? 1 : 0),
    close: async () => {
      stopped = true;
      if (timer) clearTimeout(timer);
      await open?.stop();
      status.tell('stopped', 'stopped');
    },
  };
}
