import { connect, type Socket } from 'node:net';
import type { Location } from '../jt808/body.ts';
import { cutFrames } from '../jt808/frame.ts';
import type { Terminal } from '../jt808/terminal.ts';
import type { Address } from '../options.ts';
import type { Random } from '../random.ts';
import { backoffMs } from './backoff.ts';

/**
 * One TCP connection per terminal, as JT/T 808 has it, opened a few at a time. While the platform is away a single
 * terminal knocks, with a growing pause; when it is heard the others follow.
 */
export type PoolOptions = {
  readonly to: Address;
  readonly terminals: readonly (Terminal | null)[];
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  readonly alarmConfirmed: (unit: number) => void;
  /** Connections opened per second. */
  readonly perSecond?: number;
};

export type PoolCounts = {
  terminals: number;
  open: number;
  online: number;
  frames: number;
  received: number;
  lost: number;
};
export type TerminalPool = {
  report(unit: number, location: Location, covered: boolean): void;
  heartbeat(unit: number): void;
  counts(): PoolCounts;
  close(): Promise<void>;
};

const turnMs = 100;
const answerWithinMs = 15_000;
const unsentLimitBytes = 64 * 1024;
const pauses = { firstMs: 1_000, longestMs: 30_000 };
/** One knock on a closed port costs nothing, and the city should be back soon after its platform is. */
const knocking = { firstMs: 500, longestMs: 4_000 };

type Link = {
  unit: number;
  terminal: Terminal;
  socket: Socket | null;
  rest: Buffer;
  failures: number;
  notBefore: number;
  openedAt: number;
};

export function terminalPool(options: PoolOptions): TerminalPool {
  const { to, now, rng } = options;
  const links = options.terminals.map((terminal, unit): Link | null =>
    terminal ? { unit, terminal, socket: null, rest: Buffer.alloc(0), failures: 0, notBefore: 0, openedAt: 0 } : null,
  );
  const all = links.filter((link) => link !== null);
  const perTurn = Math.max(1, Math.round(((options.perSecond ?? Math.max(100, all.length / 20)) * turnMs) / 1_000));
  let [frames, received, lost] = [0, 0, 0];
  let reachable = true;
  let refusals = 0;
  let probeAt = 0;
  let cursor = 0;
  let closing = false;

  function write(link: Link, messages: readonly Buffer[]): void {
    if (!link.socket?.writable) return;
    for (const message of messages) link.socket.write(message);
    frames += messages.length;
  }

  function listen(link: Link, chunk: Buffer): void {
    const cut = cutFrames(Buffer.concat([link.rest, chunk]));
    link.rest = Buffer.from(cut.rest);
    for (const frame of cut.frames) {
      received += 1;
      const answer = link.terminal.received(frame);
      if (answer.alarmConfirmed) options.alarmConfirmed(link.unit);
      write(link, answer.send);
    }
    if (link.terminal.phase() === 'online') link.failures = 0;
    if (link.terminal.phase() === 'refused') link.socket?.end();
  }

  function closed(link: Link, wasOpen: boolean): void {
    const refused = link.terminal.phase() === 'refused';
    link.socket = null;
    link.rest = Buffer.alloc(0);
    link.terminal.disconnected();
    if (closing) return;
    link.failures += 1;
    link.notBefore = now() + (refused ? 60_000 : backoffMs(link.failures, pauses, rng));
    if (wasOpen) {
      lost += 1;
      return;
    }
    // Nobody there at all: the others need not try.
    refusals += 1;
    probeAt = now() + backoffMs(refusals, knocking, rng);
    link.notBefore = 0;
    if (reachable) options.told(`JT/T 808：${to.host}:${to.port} 连接不上，稍后重试`);
    reachable = false;
  }

  function open(link: Link): void {
    const socket = connect({ host: to.host, port: to.port, noDelay: true });
    let wasOpen = false;
    link.socket = socket;
    link.openedAt = now();
    socket.on('connect', () => {
      wasOpen = true;
      if (!reachable) options.told('JT/T 808：恢复连接');
      reachable = true;
      refusals = 0;
      write(link, link.terminal.connected());
    });
    socket.on('data', (chunk: Buffer) => listen(link, chunk));
    // What went wrong shows in how the connection ended; 'close' always follows.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => closed(link, wasOpen));
  }

  function turn(): void {
    const at = now();
    let left = reachable ? perTurn : at >= probeAt ? 1 : 0;
    if (!reachable && all.some((link) => link.socket?.connecting)) left = 0;
    for (let looked = 0; looked < all.length && left > 0; looked++) {
      const link = all[cursor]!;
      cursor = (cursor + 1) % all.length;
      if (link.socket || link.notBefore > at) continue;
      open(link);
      left -= 1;
    }
    for (const link of all) {
      const waiting = link.socket && link.terminal.phase() !== 'online';
      if (waiting && at - link.openedAt > answerWithinMs) link.socket?.destroy();
    }
  }

  const timer = setInterval(turn, turnMs);
  const heard = (link: Link | null | undefined) => !link?.socket || link.socket.writableLength < unsentLimitBytes;

  return {
    report(unit, location, covered) {
      const link = links[unit];
      // A platform that does not read: the terminal stores, as in a tunnel.
      if (link) write(link, link.terminal.report(location, covered && heard(link)));
    },
    heartbeat(unit) {
      const link = links[unit];
      if (link && heard(link)) write(link, link.terminal.heartbeat());
    },
    counts: () => ({
      terminals: all.length,
      open: all.filter((link) => link.socket !== null && !link.socket.connecting).length,
      online: all.filter((link) => link.terminal.phase() === 'online').length,
      frames,
      received,
      lost,
    }),
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all(
        all.map(
          ({ socket }) =>
            new Promise<void>((resolve) => {
              if (!socket || socket.destroyed) return resolve();
              socket.once('close', () => resolve());
              socket.end();
              setTimeout(() => socket.destroy(), 1_000).unref();
            }),
        ),
      );
    },
  };
}
