import type { Socket } from 'node:net';
import type { CrsName, FeedRecord } from '@/server/wire/record.ts';
import type { Protocol, Reply } from '../contract.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import {
  afterBad,
  afterGood,
  afterNoise,
  type Breaker,
  type CutReason,
  freshBreaker,
  isHarmful,
  judge,
} from './breaker.ts';
import type { FeedPort, Origin } from './port.ts';
import type { Turns } from './turns.ts';

export const tcpLimits = {
  maxConnections: 20_000,
  /** Without one whole message for so long the connection is closed: bytes alone do not keep it. */
  idleMs: 10 * 60_000,
  /** Messages handed over and not yet answered for. Past it the socket is paused, so that the sender slows down. */
  maxPending: 64,
  /** Replies the sender does not take. */
  maxUnsentBytes: 64 * 1024,
  /** How long `stop` waits for the answers that are still owed. */
  stopMs: 5_000,
};
export type TcpLimits = typeof tcpLimits;

export type CloseReason = CutReason | 'idle' | 'crowded' | 'peer' | 'unread_replies' | 'error' | 'stopped';

export type ConnectionSettings = {
  readonly feedId: string;
  readonly protocol: Protocol;
  /** Parsed by `protocol.options`. */
  readonly options: unknown;
  readonly crs: CrsName;
  readonly port: FeedPort;
  readonly limits: TcpLimits;
  readonly turns: Turns;
  readonly now: () => number;
  readonly id: string;
  readonly source: string;
  /** The first whole message came. */
  readonly heard?: () => void;
  readonly closed: (reason: CloseReason) => void;
};

export type TcpConnection = {
  /** Sends what is owed for messages in hand, then closes. */
  stop(): Promise<void>;
  /** Cuts it at once, because its place is needed. */
  drop(): void;
};

type Owed = (reply: Reply) => Uint8Array | null | undefined;
/** A longer one counts as several: parts of a photograph are kept until it is whole. */
const usualFrameBytes = 256;
const nothing: Owed = () => null;
const noBytes = new Uint8Array(0);

/**
 * One connection: bytes → frames → messages → port → replies. A reply is written only after the port has answered for the message,
 * and replies keep the order of the messages.
 */
export function openConnection(socket: Socket, settings: ConnectionSettings): TcpConnection {
  const { feedId, protocol, options, port, limits, now } = settings;
  const session = protocol.session?.(options, true);
  let memory = session?.start;
  let rest: Uint8Array = noBytes;
  /** Frames that wait for room; never more than one read brought, because the socket is paused meanwhile. */
  let waiting: Uint8Array[] = [];
  /** A turn was asked for and has not come. */
  let asked = false;
  let pending = 0;
  let corked = false;
  let serial = 0;
  let breaker: Breaker = freshBreaker;
  let replies: Promise<void> = Promise.resolve();
  let lastMessageAt = now();
  let spoke = false;
  let peerEnded = false;
  let ended: CloseReason | null = null;

  const origin = (): Origin => ({ receivedAt: now(), source: settings.source, connection: settings.id });
  const idleCheck = setInterval(
    () => {
      if (now() - lastMessageAt >= limits.idleMs && pending === 0) close('idle');
    },
    Math.max(10, Math.min(limits.idleMs / 4, 30_000)),
  );
  idleCheck.unref();

  socket.on('data', receive);
  socket.on('drain', flow);
  socket.on('end', leftover);
  socket.on('error', () => finish('error'));
  socket.on('close', () => finish('peer'));

  function receive(chunk: Uint8Array): void {
    if (ended) return;
    const from = origin();
    port.received(feedId, chunk.length, from);
    const framed = protocol.frame(glue(rest, chunk));
    /** A copy: the rest must not hold on to the whole chunk it came in. */
    rest = framed.rest.slice();
    let noise = framed.noise;
    if (rest.length > protocol.maxFrameBytes) {
      noise += rest.length;
      rest = noBytes;
    }
    if (noise > 0) {
      port.noise(feedId, noise, from);
      breaker = afterNoise(breaker, noise);
    }
    waiting = waiting.length === 0 ? framed.frames : [...waiting, ...framed.frames];
    pump();
  }

  /** The stream is over: what is left is a last frame, or was never whole. */
  function leftover(): void {
    if (ended) return;
    peerEnded = true;
    if (rest.length > 0 && protocol.frame(rest).closed) waiting.push(rest);
    else if (rest.length > 0)
      refused(refuse('truncated', `the connection ended inside a frame, after ${rest.length} bytes`), rest, nothing);
    rest = noBytes;
    pump();
  }

  /** Asks for a turn; the socket stays paused until all that it brought was read. */
  function pump(): void {
    const cut = judge(breaker);
    if (cut) {
      close(cut);
      return;
    }
    if (!asked && waiting.length > 0 && pending < limits.maxPending) {
      asked = true;
      settings.turns.ask(turn);
    }
    flow();
  }

  function turn(): number {
    asked = false;
    let taken = 0;
    let cost = 0;
    let cut = judge(breaker);
    while (!cut && taken < waiting.length && cost < settings.turns.share && pending < limits.maxPending) {
      const frame = waiting[taken++]!;
      cost += Math.max(1, frame.length / usualFrameBytes);
      read(frame);
      cut = judge(breaker);
    }
    waiting = waiting.slice(taken);
    if (cut) close(cut);
    else pump();
    return cost;
  }

  function flow(): void {
    if (ended) return;
    if (pending >= limits.maxPending || waiting.length > 0 || socket.writableNeedDrain) socket.pause();
    else if (socket.isPaused()) socket.resume();
    if (peerEnded && pending === 0 && waiting.length === 0) {
      socket.end();
      finish('peer');
    }
  }

  function read(frame: Uint8Array): void {
    const message = protocol.decode(frame);
    if (isRefusal(message)) {
      refused(message, frame, (reply) => protocol.reject?.(frame, message, reply));
      return;
    }
    lastMessageAt = now();
    if (!spoke) settings.heard?.();
    spoke = true;
    if (!session) {
      deliver(message, frame);
      return;
    }
    const step = session.step(memory, message, now());
    memory = step.state;
    for (const refusal of step.expired) keep(refusal, noBytes);
    if (step.refusal) refused(step.refusal, frame, (reply) => protocol.answer?.(step.answering ?? message, reply));
    else if (step.message !== null) deliver(step.message, frame);
    else {
      breaker = afterGood(breaker);
      queue(Promise.resolve(true), (reply) => protocol.answer?.(step.answering ?? message, reply));
    }
  }

  function deliver(message: unknown, raw: Uint8Array): void {
    breaker = afterGood(breaker);
    const from = origin();
    const records: FeedRecord[] = [];
    const refusals: Refusal[] = [];
    for (const value of protocol.map(message, { receivedAt: from.receivedAt, crs: settings.crs, options }))
      if (isRefusal(value)) refusals.push(value);
      else records.push(value);
    const delivery = { raw: keepable(raw), message, records, refusals };
    queue(port.records(feedId, delivery, from), (reply) => protocol.answer?.(message, reply));
  }

  /** The sender hears of it only once the quarantine has it. */
  function refused(refusal: Refusal, bytes: Uint8Array, owed: Owed): void {
    if (isHarmful(refusal.refused)) breaker = afterBad(breaker);
    const kept = keep(refusal, bytes);
    queue(
      kept.then(() => false),
      owed,
    );
  }

  /** Parts that were given up, on their own account: nobody waits for an answer. */
  function keep(refusal: Refusal, bytes: Uint8Array): Promise<void> {
    return port.refused(feedId, refusal, keepable(bytes), origin()).catch(() => undefined);
  }

  /** What leaves the transport is kept for days: without the passwords that were sent with it. */
  function keepable(bytes: Uint8Array): Uint8Array {
    return protocol.redact && bytes.length > 0 ? protocol.redact(bytes) : bytes;
  }

  /** Replies go out in the order of the messages, each after its message is answered for. A rejected promise is a "no". */
  function queue(outcome: Promise<boolean>, owed: Owed): void {
    pending++;
    const settled = outcome.catch(() => false);
    replies = replies.then(async () => {
      const accepted = await settled;
      pending--;
      write(owed({ serial, accepted, now: now() }));
      if (waiting.length > 0) pump();
      else flow();
    });
  }

  function write(bytes: Uint8Array | null | undefined): void {
    if (!bytes || !socket.writable) return;
    serial = (serial + 1) & 0xffff;
    if (!corked) {
      // Many messages are answered for in one go: their replies leave in one write.
      corked = true;
      socket.cork();
      process.nextTick(() => {
        corked = false;
        socket.uncork();
      });
    }
    socket.write(bytes);
    if (socket.writableLength > limits.maxUnsentBytes) close('unread_replies');
  }

  function close(reason: CloseReason): void {
    finish(reason);
    socket.destroy();
  }

  function finish(reason: CloseReason): void {
    if (ended) return;
    ended = reason;
    waiting = [];
    clearInterval(idleCheck);
    if (session) for (const refusal of session.end(memory)) void keep(refusal, noBytes);
    settings.closed(reason);
  }

  async function stop(): Promise<void> {
    socket.pause();
    waiting = [];
    const late = new Promise<void>((resolve) => setTimeout(resolve, limits.stopMs).unref());
    await Promise.race([replies, late]);
    if (!socket.destroyed) await Promise.race([new Promise<void>((resolve) => socket.end(() => resolve())), late]);
    close('stopped');
  }

  return { stop, drop: () => close('crowded') };
}

/** Plain arrays, not Buffers: their `slice` copies, and they print as bytes. */
function glue(rest: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (rest.length === 0) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
  const bytes = new Uint8Array(rest.length + chunk.length);
  bytes.set(rest);
  bytes.set(chunk, rest.length);
  return bytes;
}
