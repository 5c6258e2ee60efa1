import { connect, type Socket } from 'node:net';
import type { Address } from '../options.ts';
import type { Random } from '../random.ts';
import { backoffMs } from './backoff.ts';

/** One thing to say. `key`: what the receiver's confirmation names; null: nobody confirms it, and once written it is said. */
export type Saying = { readonly bytes: Uint8Array; readonly key: string | null };

export type LineOptions = {
  readonly name: string;
  readonly to: Address;
  readonly rng: Random;
  readonly now: () => number;
  readonly told: (text: string) => void;
  /** What the receiver sends, cut into frames; and which saying one of them confirms. */
  readonly cut?: (buffer: Buffer) => { frames: Buffer[]; rest: Buffer };
  readonly confirms?: (frame: Buffer) => string | null;
  /** How many may wait for confirmation at once. */
  readonly window?: number;
  /** How many wait in all; beyond it the oldest is dropped and counted. */
  readonly limit?: number;
  /** False: what cannot be said now is of no use later (a vessel's place), and is dropped. */
  readonly stores?: boolean;
};

export type LineCounts = {
  waiting: number;
  sent: number;
  confirmed: number;
  repeated: number;
  dropped: number;
  online: boolean;
  lost: number;
};
export type Line = {
  put(saying: Saying): void;
  /** Opens, repeats, sends; called a few times a second. */
  turn(): void;
  /** Off the line until then, as if the mast were without power; what is said meanwhile is kept and told afterwards. */
  silence(untilMs: number): void;
  counts(): LineCounts;
  close(): Promise<void>;
};

type Waiting = Saying & { writtenAt: number; tries: number };

const pauses = { firstMs: 500, longestMs: 15_000 };
const answerWithinMs = 10_000;
/** HJ 212 §6.5.2 and SL 651 §6.3 both repeat three times; then the connection itself is in doubt. */
const mostTries = 3;
const unsentLimitBytes = 256 * 1024;
const restLimitBytes = 64 * 1024;

/**
 * One TCP connection of a station or a department's front end: in order, a bounded number ahead of the receiver's confirmations, repeated when
 * none comes, reconnected with a growing pause. Nothing that is to be confirmed is lost while the receiver is away, until the box overflows.
 */
export function confirmedLine(options: LineOptions): Line {
  const { name, to, rng, now, told, cut, confirms } = options;
  const { window = 16, limit = 5_000, stores = true } = options;
  const waiting: Waiting[] = [];
  let socket: Socket | null = null;
  let rest: Buffer = Buffer.alloc(0);
  let isOpen = false;
  let [sent, confirmed, repeated, dropped, lost, failures, notBefore, silentUntil] = [0, 0, 0, 0, 0, 0, 0, 0];
  let said = '';
  let closing = false;

  const tell = (text: string) => {
    if (text !== said) told(`${name}：${text}`);
    said = text;
  };

  function write(): void {
    if (!socket || !isOpen) return;
    for (let at = 0; at < waiting.length && at < window && socket.writableLength < unsentLimitBytes; ) {
      const saying = waiting[at]!;
      if (saying.writtenAt > 0) {
        at += 1;
        continue;
      }
      socket.write(saying.bytes);
      saying.writtenAt = now();
      saying.tries += 1;
      if (saying.tries === 1) sent += 1;
      else repeated += 1;
      if (saying.key === null) waiting.splice(at, 1);
      else at += 1;
    }
  }

  function listen(chunk: Buffer): void {
    if (!cut || !confirms) return;
    const read = cut(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]));
    rest = read.rest.length > restLimitBytes ? Buffer.alloc(0) : Buffer.from(read.rest);
    for (const frame of read.frames) {
      const key = confirms(frame);
      const at = key === null ? -1 : waiting.findIndex((saying) => saying.key === key && saying.writtenAt > 0);
      if (at < 0) continue;
      waiting.splice(at, 1);
      confirmed += 1;
      failures = 0;
    }
    write();
  }

  function closed(wasOpen: boolean): void {
    socket = null;
    isOpen = false;
    rest = Buffer.alloc(0);
    for (const saying of waiting) saying.writtenAt = 0;
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
    opening.on('connect', () => {
      wasOpen = true;
      isOpen = true;
      if (confirms === undefined) failures = 0;
      if (said !== '') tell('恢复连接');
      for (const saying of waiting) saying.tries = 0;
      write();
    });
    opening.on('data', listen);
    // What went wrong shows in how the connection ended; 'close' always follows.
    opening.on('error', () => opening.destroy());
    opening.on('close', () => closed(wasOpen));
  }

  function repeat(at: number): void {
    for (const saying of waiting.slice(0, window)) {
      if (saying.writtenAt === 0 || at - saying.writtenAt < answerWithinMs) continue;
      if (saying.tries >= mostTries) {
        tell('没有应答，重新连接');
        socket?.destroy();
        return;
      }
      saying.writtenAt = 0;
    }
  }

  return {
    put(saying) {
      if (!stores && !isOpen) return;
      waiting.push({ ...saying, writtenAt: 0, tries: 0 });
      if (waiting.length > limit) {
        waiting.shift();
        dropped += 1;
      }
      write();
    },
    turn() {
      const at = now();
      if (closing || at < silentUntil) return;
      if (!socket && at >= notBefore) open();
      if (!isOpen) return;
      repeat(at);
      write();
    },
    silence(untilMs) {
      silentUntil = untilMs;
      told(`${name}：失联`);
      socket?.destroy();
    },
    counts: () => ({ waiting: waiting.length, sent, confirmed, repeated, dropped, online: isOpen, lost }),
    async close() {
      closing = true;
      const open = socket;
      if (!open || open.destroyed) return;
      await new Promise<void>((resolve) => {
        open.once('close', () => resolve());
        open.end();
        setTimeout(() => open.destroy(), 1_000).unref();
      });
    },
  };
}
