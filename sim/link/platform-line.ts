import { connect, type Socket } from 'node:net';
import type { LowerPlatform } from '../jt809/platform.ts';
import type { Address } from '../options.ts';
import type { Random } from '../random.ts';
import { backoffMs } from './backoff.ts';
import type { LineCounts } from './confirmed-line.ts';

export type PlatformLineOptions = {
  readonly name: string;
  readonly to: Address;
  readonly platform: LowerPlatform;
  readonly cut: (buffer: Buffer) => { frames: Buffer[]; rest: Buffer };
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
};
export type PlatformLine = {
  /** What the platform wants written now. */
  say(frames: (platform: LowerPlatform, atMs: number) => readonly Buffer[]): void;
  turn(): void;
  silence(untilMs: number): void;
  counts(): LineCounts;
  close(): Promise<void>;
};

const pauses = { firstMs: 1_000, longestMs: 30_000 };
const loginWithinMs = 15_000;
const keepaliveEveryMs = 60_000;
const unsentLimitBytes = 1024 * 1024;

/** The main link of one operator's platform: many vehicles on one connection, a login first, a keepalive each minute. */
export function platformLine({ name, to, platform, cut, rng, now, told }: PlatformLineOptions): PlatformLine {
  let socket: Socket | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let [sent, dropped, lost, failures, notBefore, silentUntil, openedAt, keptAt] = [0, 0, 0, 0, 0, 0, 0, 0];
  let said = '';
  let closing = false;
  const tell = (text: string) => {
    if (text !== said) told(`${name}：${text}`);
    said = text;
  };
  const write = (frames: readonly Buffer[]) => {
    if (!socket?.writable) return;
    for (const frame of frames) {
      if (socket.writableLength > unsentLimitBytes) dropped += 1;
      else {
        socket.write(frame);
        sent += 1;
      }
    }
  };

  function listen(chunk: Buffer): void {
    const read = cut(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
    rest = Buffer.from(read.rest);
    for (const frame of read.frames) write(platform.received(frame, now()));
    if (platform.phase() === 'denied') {
      tell('登录被拒绝');
      socket?.destroy();
      return;
    }
    if (platform.phase() !== 'online') return;
    if (said !== '') tell('恢复连接');
    failures = 0;
  }

  function closed(wasOpen: boolean): void {
    socket = null;
    rest = Buffer.alloc(0);
    platform.disconnected();
    if (closing || silentUntil > now()) return;
    if (wasOpen) lost += 1;
    failures += 1;
    notBefore = now() + backoffMs(failures, pauses, rng);
    tell('断线，稍后重连');
  }

  function open(): void {
    const opening = connect({ host: to.host, port: to.port, noDelay: true });
    let wasOpen = false;
    socket = opening;
    openedAt = now();
    opening.on('connect', () => {
      wasOpen = true;
      keptAt = now();
      write(platform.connected(now()));
    });
    opening.on('data', listen);
    // What went wrong shows in how the connection ended; 'close' always follows.
    opening.on('error', () => opening.destroy());
    opening.on('close', () => closed(wasOpen));
  }

  return {
    say(frames) {
      write(frames(platform, now()));
    },
    turn() {
      const at = now();
      if (closing || at < silentUntil) return;
      if (!socket && at >= notBefore) open();
      const online = platform.phase() === 'online';
      if (socket && !online && at - openedAt > loginWithinMs) socket.destroy();
      if (online && at - keptAt >= keepaliveEveryMs) {
        keptAt = at;
        write(platform.keepalive(at));
      }
    },
    silence(untilMs) {
      silentUntil = untilMs;
      told(`${name}：失联`);
      socket?.destroy();
    },
    counts: () => ({
      waiting: platform.stored(),
      sent,
      confirmed: 0,
      repeated: 0,
      dropped,
      online: platform.phase() === 'online',
      lost,
    }),
    async close() {
      closing = true;
      const open = socket;
      if (!open || open.destroyed) return;
      write(platform.logout(now()));
      await new Promise<void>((resolve) => {
        open.once('close', () => resolve());
        open.end();
        setTimeout(() => open.destroy(), 1_000).unref();
      });
    },
  };
}
