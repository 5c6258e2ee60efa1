import { createConnection, type Socket } from 'node:net';
import type { CrsName } from '@/server/wire/record.ts';
import type { Protocol, Reply } from '../contract.ts';
import type { LinkBack, LinkCause, LinkEvent, LinkStep } from '../link-back.ts';
import { nextPollMs } from './next-poll.ts';
import type { Delivery, FeedPort, Origin, TransportStatus } from './port.ts';
import { openConnection, type TcpConnection, type TcpLimits, tcpLimits } from './tcp-connection.ts';
import { createTurns, type Turns } from './turns.ts';

export type LinkBackSettings = {
  readonly feedId: string;
  readonly protocol: Protocol;
  /** Unparsed. */
  readonly options?: unknown;
  readonly crs?: CrsName;
  readonly port: FeedPort;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly turns?: Turns;
  readonly limits?: Partial<TcpLimits>;
  readonly times?: Partial<typeof linkTimes>;
};

export const linkTimes = { tickMs: 5_000, retryMs: 5_000, connectMs: 10_000, goodbyeMs: 2_000 };
/** Past this many nobody else is linked back to. */
const mostLinks = 256;

export type LinkedFeed = {
  /** What the first link is to be opened with: the same protocol and port, watched. */
  readonly protocol: Protocol;
  readonly port: FeedPort;
  links(): number;
  close(): Promise<void>;
};

type Link = { handle(event: LinkEvent<unknown>): void; close(because: 'logout' | 'stop'): Promise<void> };

/** Opens the second links of a feed whose protocol has them (link-back.ts), and tells over the first one when they break. */
export function withLinkBack(settings: LinkBackSettings): LinkedFeed {
  const { feedId, protocol, port, now = Date.now, random = Math.random } = settings;
  const options = protocol.options.safeParse(settings.options ?? {});
  const back = options.success ? protocol.linkBack : undefined;
  if (!back) return { protocol, port, links: () => 0, close: async () => undefined };

  const times = { ...linkTimes, ...settings.times };
  const turns = settings.turns ?? createTurns();
  const links = new Map<string, Link>();
  const causes = new Map<string, LinkCause>();
  /** Frames of ours on a first link beyond those that its transport has counted. */
  const extra = new Map<string, number>();
  let usual: TransportStatus | null = null;
  let stopped = false;
  let count = 0;

  function notice(code: string, facts: Readonly<Record<string, string | number>>): void {
    if (usual?.state === 'up') port.status(feedId, { state: 'degraded', at: now(), code, facts });
  }
  const settle = (): void => {
    if (usual) port.status(feedId, { ...usual, at: now() });
  };

  async function records(_: string, delivery: Delivery, origin: Origin): Promise<boolean> {
    const accepted = await port.records(feedId, delivery, origin);
    if (accepted && !stopped) follow(delivery.message, origin.source);
    return accepted;
  }

  function follow(message: unknown, peer: string): void {
    const plan = back?.plan(message, options.data, peer) ?? null;
    const key = plan?.key ?? back?.keyOf(message) ?? null;
    if (key === null) return;
    if (plan?.kind === 'refuse') notice('link_back_refused', { source: peer, detail: plan.detail });
    if (plan?.kind === 'close') void links.get(key)?.close('logout');
    if (plan?.kind !== 'open') {
      if (!plan) links.get(key)?.handle({ kind: 'first', message });
      return;
    }
    void links.get(key)?.close('logout');
    links.delete(key);
    causes.delete(key);
    extra.delete(key);
    if (links.size >= mostLinks) notice('link_back_refused', { source: peer, detail: `${mostLinks} links are open` });
    else links.set(key, openLink(key, plan));
  }

  function openLink(
    key: string,
    { host, port: to, state: start }: { host: string; port: number; state: unknown },
  ): Link {
    const source = `${host}:${to}`;
    let state = start;
    let socket: Socket | null = null;
    let connection: TcpConnection | null = null;
    let failures = 0;
    let over = false;
    let leaving = false;
    let retry: NodeJS.Timeout | null = null;
    let gone = (): void => undefined;
    const ticker = setInterval(() => handle({ kind: 'tick' }), times.tickMs).unref();

    function handle(event: LinkEvent<unknown>): LinkStep<unknown> | null {
      if (over || (!connection && event.kind !== 'closing')) return null;
      const step = (back as LinkBack<unknown, unknown>).step(state, event, now());
      state = step.state;
      for (const bytes of step.send) if (socket?.writable) socket.write(bytes);
      if (socket && socket.writableLength > limits.maxUnsentBytes) connection?.drop();
      if (step.end === 'done') finish();
      else if (step.end === 'retry') setImmediate(() => connection?.drop());
      return step;
    }

    function finish(): void {
      if (over) return;
      over = true;
      clearInterval(ticker);
      if (retry) clearTimeout(retry);
      if (links.get(key)?.handle === link.handle) links.delete(key);
      // What has been written leaves first; the line is then cut.
      const ending = connection;
      if (socket && !socket.destroyed) socket.end(() => ending?.drop());
      setTimeout(() => {
        ending?.drop();
        socket?.destroy();
      }, times.goodbyeMs).unref();
      gone();
    }

    function lost(cause: LinkCause, detail: string): void {
      connection = null;
      socket = null;
      if (over) return;
      if (leaving || stopped) {
        finish();
        return;
      }
      causes.set(key, cause);
      notice('link_back_failed', { host: source, detail: detail.slice(0, 200) });
      const pause = nextPollMs({
        intervalMs: times.retryMs,
        failures: failures++,
        retryAfterMs: null,
        random: random(),
      });
      retry = setTimeout(attempt, pause).unref();
    }

    function attempt(): void {
      if (over) return;
      const fresh = createConnection({ host, port: to, noDelay: true, keepAlive: true });
      socket = fresh;
      const late = setTimeout(() => fresh.destroy(new Error('no answer in time')), times.connectMs).unref();
      const fail = (error: Error): void => {
        clearTimeout(late);
        lost('unreachable', error.message);
      };
      fresh.once('error', fail);
      fresh.once('connect', () => {
        clearTimeout(late);
        fresh.removeListener('error', fail);
        if (over) {
          fresh.on('error', () => undefined);
          fresh.destroy();
          return;
        }
        connection = read(fresh);
        handle({ kind: 'connected' });
      });
    }

    const read = (fresh: Socket): TcpConnection =>
      openConnection(fresh, {
        feedId,
        protocol: { ...protocol, session: () => relay, answer: undefined, reject: undefined },
        options: options.data,
        crs: settings.crs ?? protocol.crs,
        port,
        limits,
        turns,
        now,
        id: `${feedId}#back${++count}`,
        source,
        heard: () => {
          failures = 0;
          causes.delete(key);
          settle();
        },
        closed: (reason) => lost('broken', `${source}: ${reason}`),
      });

    /** The state of the link is kept across its messages and its clock; the transport's own memory has nothing to hold. */
    const relay = {
      start: null,
      step: (_: unknown, message: unknown) => {
        const step = handle({ kind: 'message', message });
        return { state: null, message: step?.message ?? null, refusal: step?.refusal ?? null, expired: [] };
      },
      end: () => [],
    };

    const link: Link = {
      handle: (event) => void handle(event),
      close: async (because) => {
        if (over) return;
        leaving = true;
        const left = new Promise<void>((resolve) => {
          gone = resolve;
        });
        const late = new Promise<void>((resolve) => setTimeout(resolve, times.goodbyeMs).unref());
        if (connection) handle({ kind: 'closing', because });
        else finish();
        await Promise.race([left, late]);
        finish();
      },
    };
    // The answer to the message that asked for it leaves first.
    setImmediate(attempt);
    return link;
  }

  const limits: TcpLimits = { ...tcpLimits, ...settings.limits };

  /** The first link says what became of the second one with the next message that it answers for. */
  function answer(message: unknown, reply: Reply): Uint8Array | null {
    const key = back?.keyOf(message) ?? null;
    const ahead = key === null ? 0 : (extra.get(key) ?? 0);
    const own = protocol.answer?.(message, { ...reply, serial: reply.serial + ahead }) ?? null;
    const cause = key !== null && reply.accepted ? causes.get(key) : undefined;
    if (!back || key === null || cause === undefined) return own;
    causes.delete(key);
    const told = back.notice(message, cause, { ...reply, serial: reply.serial + ahead + (own ? 1 : 0) });
    if (own) extra.set(key, ahead + 1);
    return own ? Buffer.concat([own, told]) : told;
  }

  return {
    protocol: { ...protocol, answer },
    port: {
      received: (...of) => port.received(...of),
      records,
      refused: (...of) => port.refused(...of),
      noise: (...of) => port.noise(...of),
      status: (id, status) => {
        usual = status;
        port.status(id, status);
      },
    },
    links: () => links.size,
    close: async () => {
      stopped = true;
      await Promise.all([...links.values()].map((link) => link.close('stop')));
    },
  };
}
