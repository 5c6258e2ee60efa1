import type { Socket } from 'node:net';
import { type Refusal, refuse } from '../../refusal.ts';
import type { PushFeed } from '../accept-push.ts';
import { faultOf, isUseless } from '../judge-outcome.ts';
import type { FeedPort, Origin } from '../port.ts';
import type { Turns } from '../turns.ts';
import type { BrokerLimits } from './broker-limits.ts';
import type { MessageLanes } from './message-lanes.ts';
import { type Connect, type Inbound, isPacketFault, type MqttVersion, type Publish } from './packet.ts';
import { createPacketCutter, type RawPacket } from './packet-cutter.ts';
import { createPacketQueue } from './packet-queue.ts';
import { readPacket } from './read-packet.ts';
import {
  acknowledge,
  type ConnectCode,
  connack,
  disconnect,
  pingresp,
  type Reason,
  suback,
  unsuback,
} from './write-packet.ts';

export type MqttFeed = PushFeed & { readonly mayPublish: (topic: string) => boolean };

/** Who has signed on, as the broker has judged it. */
export type Admitted = { readonly feed: MqttFeed; readonly clientId: string; readonly assigned: boolean };

export type MqttConnectionSettings = {
  readonly id: string;
  readonly address: string;
  readonly port: FeedPort;
  readonly limits: BrokerLimits;
  readonly turns: Turns;
  readonly now: () => number;
  readonly accept: MessageLanes;
  readonly admit: (connect: Connect, self: MqttConnection) => Promise<Admitted | ConnectCode>;
  /** Milliseconds until this source may send so much; 0 takes it. */
  readonly spend: (feedId: string, bytes: number) => number;
  readonly judged: (admitted: Admitted, good: boolean) => boolean;
  readonly closed: (admitted: Admitted | null, reason: MqttClose) => void;
};
export type MqttClose = Reason | 'peer' | 'error' | 'not_admitted' | 'silent' | 'unread_answers' | 'crowded';

export type MqttConnection = { stop(): Promise<void>; drop(why: Reason): void };

/** One client: packets are handled in their order; a message is acknowledged when it is stored, and not before. */
export function openMqttConnection(socket: Socket, settings: MqttConnectionSettings): MqttConnection {
  const { limits, now, port } = settings;
  let version: MqttVersion | null = null;
  let admitted: Admitted | null = null;
  let answers: Promise<void> = Promise.resolve();
  let ended: MqttClose | null = null;
  let silence: NodeJS.Timeout | null = null;
  let keepAliveMs = 0;
  const aliases = new Map<number, string>();
  /** Messages of quality 2 that are stored, until the sender lets them go. */
  const released = new Set<number>();
  const cutter = createPacketCutter((first) => (first ? limits.connectBytes : limits.packetBytes));
  const queue = createPacketQueue({
    socket,
    turns: settings.turns,
    mostPending: limits.pending,
    waitMs: (packet) => (admitted && isPublish(packet) ? settings.spend(admitted.feed.id, packet.body.length) : 0),
    handle,
  });
  const self: MqttConnection = { stop, drop: (why) => hangUp(why) };

  const origin = (): Origin => ({
    receivedAt: now(),
    source: `${settings.address} ${admitted?.clientId ?? ''}`.trim(),
    connection: settings.id,
  });

  awaitPacket(limits.connectTimeoutMs);
  socket.on('data', receive);
  socket.on('drain', queue.flow);
  // Whoever says all it has and goes away at once is heard all the same.
  socket.on('end', () => queue.whenEmpty(() => inOrder(() => hangUp('success'))));
  socket.on('error', () => finish('error'));
  socket.on('close', () => finish('peer'));

  /** One packet at least within this time, or the line is dead. */
  function awaitPacket(ms: number): void {
    if (silence) clearTimeout(silence);
    silence = setTimeout(() => {
      // While we keep it waiting its line is paused: that it says nothing is our doing.
      if (queue.isBehind()) awaitPacket(ms);
      else if (version === null) close('silent');
      else hangUp('keep_alive');
    }, ms).unref();
  }

  function receive(chunk: Uint8Array): void {
    if (ended) return;
    const { packets, fault } = cutter.push(chunk);
    if (admitted) port.received(admitted.feed.id, chunk.length, origin());
    if (packets.length > 0 && keepAliveMs > 0) awaitPacket(keepAliveMs);
    if (fault) {
      const reason = fault.fault === 'too_large' ? 'too_large' : 'framing';
      if (admitted) keep(refuse(reason, fault.detail), chunk.subarray(0, 1_024));
      if (admitted) settings.judged(admitted, false);
      hangUp(fault.fault === 'unsupported_version' ? 'malformed' : fault.fault);
      return;
    }
    queue.push(packets);
  }

  function keep(refusal: Refusal, bytes: Uint8Array): void {
    if (admitted) void port.refused(admitted.feed.id, refusal, bytes, origin()).catch(() => undefined);
  }

  function handle(raw: RawPacket): void {
    const packet = readPacket(raw, version);
    if (isPacketFault(packet)) {
      if (packet.fault === 'unsupported_version') write(connack((raw.body[6] ?? 0) > 5 ? 5 : 4, 'unsupported_version'));
      if (admitted) settings.judged(admitted, false);
      hangUp(packet.fault === 'unsupported_version' ? 'malformed' : packet.fault);
      return;
    }
    if (packet.type === 'connect') connect(packet);
    else if (version !== null && admitted) respond(packet, version, admitted);
  }

  function connect(packet: Connect): void {
    version = packet.version;
    queue.hold();
    settings.admit(packet, self).then(
      (answer) => {
        if (ended && typeof answer !== 'string') settings.closed(answer, ended);
        if (ended) return;
        if (typeof answer === 'string') {
          socket.end(connack(packet.version, answer));
          finish('not_admitted');
          return;
        }
        admitted = answer;
        keepAliveMs = 1_500 * (packet.keepAliveS || limits.idleS);
        awaitPacket(keepAliveMs);
        write(
          connack(packet.version, 'accepted', {
            receiveMaximum: limits.pending,
            maximumPacket: limits.packetBytes,
            aliases: limits.aliases,
            assignedId: answer.assigned ? answer.clientId : null,
            keepAliveS: packet.keepAliveS === 0 ? limits.idleS : null,
          }),
        );
        queue.release();
      },
      () => close('error'),
    );
  }

  function respond(packet: Exclude<Inbound, Connect>, of: MqttVersion, who: Admitted): void {
    if (packet.type === 'publish') publish(packet, of, who);
    else if (packet.type === 'pingreq') write(pingresp());
    else if (packet.type === 'disconnect') inOrder(() => close('peer'));
    else if (packet.type !== 'acknowledgement') inOrder(() => write(replyTo(packet, of, released)));
  }

  function topicOf(packet: Publish): string | null {
    if (packet.alias === null) return packet.topic;
    if (packet.alias === 0 || packet.alias > limits.aliases) return null;
    if (packet.topic !== '') aliases.set(packet.alias, packet.topic);
    return aliases.get(packet.alias) ?? null;
  }

  function publish(packet: Publish, of: MqttVersion, who: Admitted): void {
    const topic = topicOf(packet);
    const ack = (reason: Reason = 'success', detail = ''): void => {
      const type = packet.qos === 1 ? 'puback' : 'pubrec';
      if (packet.qos > 0) write(acknowledge(type, { version: of, id: packet.id, reason, detail }));
    };
    if (topic === null) hangUp('alias');
    else if (packet.qos === 2 && released.has(packet.id)) inOrder(() => ack());
    else if (who.feed.mayPublish(topic)) deliver(packet, who, ack);
    else
      refuseTopic(topic, packet, who, (detail) => (of < 5 ? hangUp('not_authorized') : ack('not_authorized', detail)));
  }

  /** Before version 5 there is no way to say no but to hang up (3.1.1 §3.3.5). */
  function refuseTopic(topic: string, packet: Publish, who: Admitted, say: (detail: string) => void): void {
    const refusal = refuse('unauthorized', `${who.feed.id} may not publish on ${topic.slice(0, 200)}`);
    queue.begin();
    const kept = port.refused(who.feed.id, refusal, packet.payload, origin()).catch(() => undefined);
    inOrder(async () => {
      await kept;
      if (settings.judged(who, false)) hangUp('breaker_open');
      else say(refusal.detail);
      queue.done();
    });
  }

  function deliver(packet: Publish, who: Admitted, ack: (reason?: Reason, detail?: string) => void): void {
    queue.begin();
    const outcome = settings.accept(who.feed, packet.payload, origin());
    inOrder(async () => {
      const result = await outcome;
      queue.done();
      if (ended) return;
      // Nothing was stored, so nothing is acknowledged: the sender connects again and sends it again.
      if (result === 'unstored') {
        hangUp('not_stored');
        return;
      }
      const useless = isUseless(result);
      if (packet.qos === 2 && !useless) released.add(packet.id);
      if (useless) ack('payload', faultOf(result));
      else ack();
      if (settings.judged(who, !useless)) hangUp('breaker_open');
    });
  }

  /** Answers go out in the order of what they answer. */
  function inOrder(answer: () => void | Promise<void>): void {
    answers = answers.then(() => (ended ? undefined : answer())).catch(() => close('error'));
  }

  function write(bytes: Uint8Array): void {
    if (ended || !socket.writable) return;
    socket.write(bytes);
    if (socket.writableLength > limits.unsentBytes) close('unread_answers');
  }

  /** Says why where the version can, and ends the connection. */
  function hangUp(reason: Reason): void {
    const last = version === null || !admitted || reason === 'success' ? null : disconnect(version, reason);
    if (last && socket.writable && !ended) socket.end(last);
    else if (!ended) socket.end();
    finish(reason);
  }

  function close(reason: MqttClose): void {
    finish(reason);
    socket.destroy();
  }

  function finish(reason: MqttClose): void {
    if (ended) return;
    ended = reason;
    queue.end();
    if (silence) clearTimeout(silence);
    // A peer that does not close its side would hold its place for ever.
    setTimeout(() => socket.destroy(), 1_000).unref();
    socket.resume();
    settings.closed(admitted, reason);
  }

  async function stop(): Promise<void> {
    socket.pause();
    queue.drop();
    queue.hold();
    const late = new Promise<void>((resolve) => setTimeout(resolve, limits.stopMs).unref());
    await Promise.race([answers, late]);
    hangUp('shutting_down');
    await Promise.race([
      new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve()))),
      late,
    ]);
  }

  return self;
}

const isPublish = ({ head }: RawPacket): boolean => head >> 4 === 3;

type Asking = Exclude<
  Inbound,
  | Connect
  | Publish
  | { readonly type: 'pingreq' }
  | { readonly type: 'disconnect' }
  | { readonly type: 'acknowledgement' }
>;

function replyTo(packet: Asking, version: MqttVersion, released: Set<number>): Uint8Array {
  if (packet.type === 'subscribe') return suback(version, packet.id, packet.filters.length);
  if (packet.type === 'unsubscribe') return unsuback(version, packet.id, packet.filters.length);
  const reason = released.delete(packet.id) ? 'success' : 'unknown_id';
  return acknowledge('pubcomp', { version, id: packet.id, reason });
}
