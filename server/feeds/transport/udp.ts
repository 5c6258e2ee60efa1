import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { CrsName } from '@/server/wire/record.ts';
import type { Protocol } from '../contract.ts';
import type { FeedPort, TransportState } from './port.ts';
import { createTokenBuckets } from './token-buckets.ts';
import { createTurns, type Turns } from './turns.ts';
import { openPeer, type UdpLimits, type UdpPeer, udpLimits } from './udp-peer.ts';

export type UdpFeedSettings = {
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
  readonly limits?: Partial<UdpLimits>;
  readonly now?: () => number;
  /** Shared by the listeners of one process; its own where left out. */
  readonly turns?: Turns;
  /** First and longest pause between attempts to listen. */
  readonly retryMs?: { readonly first: number; readonly longest: number };
};

export type UdpFeed = {
  /** Resolves with the first attempt to listen: true where it stands. A feed that does not stand goes on trying until `close`. */
  readonly ready: Promise<boolean>;
  /** Where it listens, or null while it does not. */
  address(): { readonly host: string; readonly port: number } | null;
  /** Peers that are remembered. */
  connections(): number;
  /** Takes no more, answers for what is in hand, closes. */
  close(): Promise<void>;
};

/** Room for what comes while something else has its turn; the system gives what it allows. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** A listener for any protocol over datagrams. Whatever happens to it is reported under its feed id; it never throws and never exits. */
export function openUdpFeed(settings: UdpFeedSettings): UdpFeed {
  const { feedId, protocol, port, host = '127.0.0.1', listenPort } = settings;
  const now = settings.now ?? Date.now;
  const limits = { ...udpLimits, ...settings.limits };
  const turns = settings.turns ?? createTurns();
  const retry = settings.retryMs ?? { first: 1_000, longest: 30_000 };
  const peers = new Map<string, UdpPeer>();
  /** Of these, in the order they came, those that have not said one whole message. */
  const silent = new Set<string>();
  /** By address: ports cost nothing to make up. */
  const curt = createTokenBuckets(limits.curt);
  let socket: Socket | null = null;
  let retryTimer: NodeJS.Timeout | null = null;
  let stopped = false;
  let peerCount = 0;
  let waitingBytes = 0;
  let lost = 0;
  let unsent = 0;
  let allSent = (): void => undefined;

  let state: TransportState = 'starting';
  let noticedAt = Number.NEGATIVE_INFINITY;
  let unsaid = 0;

  function tell(next: TransportState, code: string, facts: Record<string, string | number> = {}): void {
    state = next;
    port.status(feedId, { state, at: now(), code, facts });
  }

  /** At most one a second: the next one counts the unsaid. */
  function notice(next: TransportState, code: string, facts: Record<string, string | number>): void {
    if (now() - noticedAt < 1_000) {
      unsaid++;
      return;
    }
    noticedAt = now();
    tell(next, code, { ...facts, unsaid });
    unsaid = 0;
  }

  const sweep = setInterval(forgetIdle, Math.max(10, Math.min(limits.idleMs / 4, 30_000)));
  sweep.unref();

  const options = protocol.options.safeParse(settings.options ?? {});
  const ready = options.success ? listen(options.data, retry.first) : badOptions(options.error.message);

  function badOptions(detail: string): Promise<boolean> {
    tell('down', 'bad_options', { detail });
    return Promise.resolve(false);
  }

  function listen(parsed: unknown, pauseMs: number): Promise<boolean> {
    tell('starting', 'starting', { host, port: listenPort });
    return new Promise((resolve) => {
      const attempt = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
      attempt.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.code === 'EADDRINUSE' ? 'address_in_use' : 'cannot_listen';
        tell('down', code, { host, port: listenPort, detail: error.message });
        socket = null;
        attempt.removeAllListeners('message');
        attempt.close();
        if (!stopped)
          retryTimer = setTimeout(() => void listen(parsed, Math.min(pauseMs * 2, retry.longest)), pauseMs).unref();
        resolve(false);
      });
      attempt.on('message', (bytes, from) => receive(bytes, from, parsed));
      attempt.bind({ address: host, port: listenPort, exclusive: true }, () => {
        if (stopped) {
          attempt.close();
          return resolve(false);
        }
        socket = attempt;
        growBuffer(attempt);
        tell('up', 'listening', { host, port: attempt.address().port });
        resolve(true);
      });
    });
  }

  function receive(datagram: Buffer, from: RemoteInfo, parsed: unknown): void {
    /** Nobody can be answered at port 0; such a datagram is forged. */
    if (stopped || datagram.length === 0 || from.port === 0) return;
    const source = `${from.family === 'IPv6' ? `[${from.address}]` : from.address}:${from.port}`;
    const peer = peers.get(source) ?? admit(source, from, parsed);
    if (!peer || peer.isMuted()) return;
    /** Plain arrays, not Buffers: their `slice` copies, and they print as bytes. */
    if (!hold(peer, new Uint8Array(datagram.buffer, datagram.byteOffset, datagram.length))) lose(source);
  }

  function hold(peer: UdpPeer, datagram: Uint8Array): boolean {
    if (waitingBytes + datagram.length > limits.maxWaitingBytes) return false;
    waitingBytes += datagram.length;
    const taken = peer.take(datagram);
    if (!taken) waitingBytes -= datagram.length;
    return taken;
  }

  function lose(source: string): void {
    lost++;
    notice('up', 'datagrams_lost', { source, lost });
  }

  /** Whoever has held a place longest without one whole message gives it to whoever comes. */
  function admit(source: string, from: RemoteInfo, parsed: unknown): UdpPeer | null {
    if (peers.size >= limits.maxConnections) {
      notice('degraded', 'too_many_connections', { source, limit: limits.maxConnections });
      const [longest] = silent;
      if (longest === undefined) return null;
      drop(longest);
    }
    const peer = openPeer({
      feedId,
      protocol,
      options: parsed,
      crs: settings.crs ?? protocol.crs,
      port,
      limits,
      turns,
      now,
      id: `${feedId}#${++peerCount}`,
      source,
      send: (bytes) => send(bytes, from),
      mayChallenge: () => curt.take(from.address, now()) === 0,
      released: (byteCount) => {
        waitingBytes -= byteCount;
      },
      heard: () => void silent.delete(source),
      muted: (reason) => notice(state, 'connection_cut', { source, reason }),
    });
    peers.set(source, peer);
    silent.add(source);
    return peer;
  }

  function drop(source: string): void {
    peers.get(source)?.forget();
    peers.delete(source);
    silent.delete(source);
  }

  function forgetIdle(): void {
    for (const [source, peer] of peers) if (peer.isIdle()) drop(source);
    if (state === 'degraded' && peers.size < limits.maxConnections) tell('up', 'listening', { open: peers.size });
  }

  /** As many datagrams as the answer has frames: no device reads two messages in one. */
  function send(bytes: Uint8Array, to: RemoteInfo): void {
    const { frames, rest, noise } = protocol.frame(bytes);
    const whole = frames.length < 2 || rest.length > 0 || noise > 0;
    for (const one of whole ? [bytes] : frames) {
      if (!socket || socket.getSendQueueSize() > limits.maxUnsentBytes) return;
      unsent++;
      /** A peer that cannot be reached hears nothing, which is what UDP promises. */
      socket.send(one, to.port, to.address, () => {
        unsent--;
        if (unsent === 0) allSent();
      });
    }
  }

  function address() {
    const at = socket?.address();
    return at ? { host: at.address, port: at.port } : null;
  }

  return {
    ready,
    address,
    connections: () => peers.size,
    close: async () => {
      stopped = true;
      clearInterval(sweep);
      if (retryTimer) clearTimeout(retryTimer);
      const late = new Promise<void>((resolve) => setTimeout(resolve, limits.stopMs).unref());
      await Promise.race([Promise.all([...peers.values()].map((peer) => peer.stop())), late]);
      const sent = new Promise<void>((resolve) => {
        allSent = resolve;
        if (unsent === 0) resolve();
      });
      await Promise.race([sent, late]);
      for (const source of [...peers.keys()]) drop(source);
      const listening = socket;
      socket = null;
      if (listening) await new Promise<void>((resolve) => listening.close(() => resolve()));
      tell('stopped', 'stopped');
    },
  };
}

function growBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch {
    // Some systems refuse more than their limit instead of giving it; the default then stays.
  }
}
