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
import type { BucketLimits } from './token-buckets.ts';
import type { Turns } from './turns.ts';

export const udpLimits = {
  /** Peers that are remembered: one per address and port. */
  maxConnections: 20_000,
  /** Without one whole message for so long a peer is forgotten, and with it its session. */
  idleMs: 10 * 60_000,
  /** Messages of one peer handed over and not yet answered for. */
  maxPending: 64,
  /** Datagrams of one peer, and bytes of all, that wait for a turn. Nobody can be slowed down here: what is more is lost, counted and told. */
  maxWaiting: 256,
  maxWaitingBytes: 32 * 1024 * 1024,
  /** Answers to one address that are none to a message that was stored: whoever forges it would have us write to somebody else. */
  curt: { perSecond: 100, burst: 1_000 } as BucketLimits,
  /** Bytes of replies that the system has not taken yet. */
  maxUnsentBytes: 4 * 1024 * 1024,
  /** How long nothing is taken from a peer that did more harm than good. */
  muteMs: 60_000,
  /** How long `close` waits for the answers that are still owed. */
  stopMs: 5_000,
};
export type UdpLimits = typeof udpLimits;

export type PeerSettings = {
  readonly feedId: string;
  readonly protocol: Protocol;
  /** Parsed by `protocol.options`. */
  readonly options: unknown;
  readonly crs: CrsName;
  readonly port: FeedPort;
  readonly limits: UdpLimits;
  readonly turns: Turns;
  readonly now: () => number;
  readonly id: string;
  /** `address:port`. */
  readonly source: string;
  readonly send: (bytes: Uint8Array) => void;
  /** Whether its address may have one more answer that costs a sender nothing to ask for: a challenge, a refusal. */
  readonly mayChallenge: () => boolean;
  /** Datagrams that waited were taken or given up. */
  readonly released: (byteCount: number) => void;
  /** The first whole message came. */
  readonly heard: () => void;
  readonly muted: (reason: CutReason) => void;
};

export type UdpPeer = {
  /** False where its queue is full and the datagram is lost. */
  take(datagram: Uint8Array): boolean;
  isMuted(): boolean;
  /** Neither said a whole message for so long nor has anything in hand. */
  isIdle(): boolean;
  /** Answers what is in hand and takes no more. */
  stop(): Promise<void>;
  /** Forgets it at once; what never became whole is reported. */
  forget(): void;
};

type Owed = (reply: Reply) => Uint8Array | null | undefined;
/** A longer one counts as several, as over TCP. */
const usualFrameBytes = 256;
const noBytes = new Uint8Array(0);

/**
 * One peer of a datagram socket: datagrams → frames → messages → port → replies, under the same laws as a TCP connection. A datagram
 * stands alone: what it leaves unfinished never becomes whole.
 */
export function openPeer(settings: PeerSettings): UdpPeer {
  const { feedId, protocol, options, port, limits, now } = settings;
  const session = protocol.session?.(options, true);
  let memory = session?.start;
  let waiting: Uint8Array[] = [];
  let asked = false;
  let pending = 0;
  let serial = 0;
  let breaker: Breaker = freshBreaker;
  let replies: Promise<void> = Promise.resolve();
  let lastMessageAt = now();
  let spoke = false;
  let mutedUntil = Number.NEGATIVE_INFINITY;
  let ended = false;

  const origin = (): Origin => ({ receivedAt: now(), source: settings.source, connection: settings.id });

  function take(datagram: Uint8Array): boolean {
    if (ended || waiting.length >= limits.maxWaiting) return false;
    port.received(feedId, datagram.length, origin());
    waiting.push(datagram);
    pump();
    return true;
  }

  function pump(): void {
    if (asked || ended || waiting.length === 0 || pending >= limits.maxPending) return;
    asked = true;
    settings.turns.ask(turn);
  }

  function turn(): number {
    asked = false;
    let taken = 0;
    let cost = 0;
    while (taken < waiting.length && cost < settings.turns.share && pending < limits.maxPending) {
      const datagram = waiting[taken++]!;
      settings.released(datagram.length);
      cost += open(datagram);
      const reason = judge(breaker);
      if (reason) {
        waiting = waiting.slice(taken);
        mute(reason);
        return cost;
      }
    }
    waiting = waiting.slice(taken);
    pump();
    return cost;
  }

  /** Reads all of one datagram and says what it cost. */
  function open(datagram: Uint8Array): number {
    const { frames, rest, noise, closed } = protocol.frame(datagram);
    if (noise > 0) {
      port.noise(feedId, noise, origin());
      breaker = afterNoise(breaker, noise);
    }
    for (const frame of frames) read(frame);
    if (rest.length > 0 && closed) read(rest);
    else if (rest.length > 0) {
      const torn = refuse('truncated', `the datagram ends inside a frame, after ${rest.length} bytes`);
      refused(torn, rest, (reply) => protocol.reject?.(rest, torn, reply));
    }
    return Math.max(frames.length, 1, datagram.length / usualFrameBytes);
  }

  /** A source address can be forged, so nothing is cut for ever. */
  function mute(reason: CutReason): void {
    mutedUntil = now() + limits.muteMs;
    breaker = freshBreaker;
    giveUp();
    settings.muted(reason);
  }

  function giveUp(): void {
    for (const { length } of waiting) settings.released(length);
    waiting = [];
  }

  function read(frame: Uint8Array): void {
    const message = protocol.decode(frame);
    if (isRefusal(message)) {
      refused(message, frame, (reply) => protocol.reject?.(frame, message, reply));
      return;
    }
    lastMessageAt = now();
    if (!spoke) settings.heard();
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
      queue(Promise.resolve(true), (reply) =>
        settings.mayChallenge() ? protocol.answer?.(step.answering ?? message, reply) : null,
      );
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

  function refused(refusal: Refusal, bytes: Uint8Array, owed: Owed): void {
    if (isHarmful(refusal.refused)) breaker = afterBad(breaker);
    const kept = keep(refusal, bytes);
    queue(
      kept.then(() => false),
      (reply) => (settings.mayChallenge() ? owed(reply) : null),
    );
  }

  function keep(refusal: Refusal, bytes: Uint8Array): Promise<void> {
    return port.refused(feedId, refusal, keepable(bytes), origin()).catch(() => undefined);
  }

  /** A copy: what is kept for days must not hold on to the whole datagram, nor carry its passwords. */
  function keepable(bytes: Uint8Array): Uint8Array {
    return protocol.redact && bytes.length > 0 ? protocol.redact(bytes) : bytes.slice();
  }

  /** In the order of the messages, each after the port has answered for it. A rejected promise is a "no". */
  function queue(outcome: Promise<boolean>, owed: Owed): void {
    pending++;
    const settled = outcome.catch(() => false);
    replies = replies.then(async () => {
      const accepted = await settled;
      pending--;
      const reply = owed({ serial, accepted, now: now(), peer: settings.source });
      if (reply && reply.length > 0) {
        serial = (serial + 1) & 0xffff;
        settings.send(reply);
      }
      pump();
    });
  }

  return {
    take,
    isMuted: () => now() < mutedUntil,
    isIdle: () => now() >= Math.max(mutedUntil, lastMessageAt + limits.idleMs) && pending === 0 && waiting.length === 0,
    stop() {
      giveUp();
      ended = true;
      return replies;
    },
    forget() {
      giveUp();
      ended = true;
      if (session) for (const refusal of session.end(memory)) void keep(refusal, noBytes);
    },
  };
}
