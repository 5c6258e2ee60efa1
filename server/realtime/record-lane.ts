import {
  batchSpan,
  type RecordBatch,
  type RecordChange,
  resumeLimit,
  type SeenInput,
  type SubscribeInput,
  snapshotPart,
} from '@/server/wire/realtime.ts';
import type { Client, GatewayServer } from './client.ts';
import type { GatewayLimits, GatewayPorts, LoggedChange } from './port.ts';

/**
 * Records: every event, in order, whole ranges. A client first catches up on its own, then follows its viewer class, for which each batch
 * is read and encoded once. Nothing here is skipped: a client that cannot take it is cut, and resumes by position.
 */
export type RecordLane = {
  subscribe(client: Client, input: SubscribeInput): void;
  seen(client: Client, input: SeenInput): void;
  leave(client: Client): void;
  /** Cuts those who are too far behind; asked at each beat. */
  patrol(): void;
  state(client: Client): { position: number; seen: number; live: boolean } | null;
  close(): void;
};

type Seat = { run: number; live: boolean; position: number; seen: number; behindSince: number | null };
type Channel = { actor: Client; cursor: number; busy: boolean; members: Set<Client>; delayedSince: number | null };

const roomOf = (audience: string): string => `records:${audience}`;
const retryMs = (attempt: number): number => Math.min(2_000, 100 * 2 ** attempt);

export function createRecordLane(
  io: GatewayServer,
  { access, records, now, log }: Pick<GatewayPorts, 'access' | 'records' | 'now' | 'log'>,
  limits: GatewayLimits,
): RecordLane {
  const seats = new Map<Client, Seat>();
  const channels = new Map<string, Channel>();
  /** The catching up of each client that is under way: one at a time, however often it asks. */
  const catching = new Map<Client, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });

  const shown = (client: Client, changes: readonly LoggedChange[]): RecordChange[] =>
    changes.map((change) => access.visible(client.actor, change) as RecordChange);

  async function batch(client: Client, from: number, upTo: number): Promise<RecordBatch> {
    const read = await records.changes(client.actor, from, upTo);
    if (read.upTo <= from) throw new Error(`the log gave nothing after ${from}`);
    return { from, upTo: read.upTo, changes: shown(client, read.changes) };
  }

  function follow(client: Client, seat: Seat): void {
    const key = client.audience.key;
    let channel = channels.get(key);
    if (!channel) {
      channel = { actor: client, cursor: seat.position, busy: false, members: new Set(), delayedSince: null };
      channels.set(key, channel);
    }
    seat.live = true;
    channel.members.add(client);
    void client.socket.join(roomOf(key));
    void pump(key, channel);
  }

  /** Reads what was sealed since, for one viewer class; one run at a time. */
  async function pump(key: string, channel: Channel): Promise<void> {
    if (channel.busy) return;
    channel.busy = true;
    let attempt = 0;
    while (!closed && channel.members.size > 0 && channel.cursor < records.sealedUpTo()) {
      const upTo = Math.min(records.sealedUpTo(), channel.cursor + batchSpan);
      const [reader] = channel.members;
      if (!reader) break;
      try {
        const ready = await batch(reader, channel.cursor, upTo);
        io.to(roomOf(key)).emit('records', ready);
        for (const member of channel.members) {
          const seat = seats.get(member);
          if (seat) seat.position = Math.max(seat.position, ready.upTo);
        }
        channel.cursor = ready.upTo;
        attempt = 0;
        if (channel.delayedSince !== null) io.to(roomOf(key)).emit('told', { kind: 'records-flowing' });
        channel.delayedSince = null;
      } catch (error) {
        if (channel.delayedSince === null) {
          channel.delayedSince = now();
          io.to(roomOf(key)).emit('told', { kind: 'records-delayed', since: channel.delayedSince });
          log('warn', 'records could not be read', { error: String(error) });
        }
        await pause(retryMs(attempt++));
      }
    }
    channel.busy = false;
    if (channel.members.size === 0 && channels.get(key) === channel) channels.delete(key);
  }

  async function sendSnapshot(client: Client, run: number): Promise<number | null> {
    const whole = await records.snapshot(client.actor);
    if (seats.get(client)?.run !== run) return null;
    const changes = shown(client, whole.changes);
    const parts = Math.max(1, Math.ceil(changes.length / snapshotPart));
    for (let part = 0; part < parts; part++)
      client.socket.emit('snapshot', {
        position: whole.position,
        part,
        parts,
        changes: changes.slice(part * snapshotPart, (part + 1) * snapshotPart),
      });
    return whole.position;
  }

  async function step(client: Client, seat: Seat, from: number | null): Promise<number | null> {
    if (from === null) return sendSnapshot(client, seat.run);
    const run = seat.run;
    const upTo = Math.min(records.sealedUpTo(), from + batchSpan);
    const ready = await batch(client, from, upTo);
    if (seats.get(client)?.run !== run) return null;
    client.socket.emit('records', ready);
    return ready.upTo;
  }

  /** From where the client is to where the log is, then it follows. A newer `subscribe` of the same client ends this run. */
  async function catchUp(client: Client, seat: Seat, start: number | null): Promise<void> {
    const run = seat.run;
    let from = start;
    let attempt = 0;
    while (!closed && seats.get(client)?.run === run) {
      if (from !== null && from >= records.sealedUpTo()) {
        follow(client, seat);
        return;
      }
      try {
        const reached = await step(client, seat, from);
        if (reached === null) return;
        from = reached;
        seat.position = reached;
        if (attempt > 0) client.socket.emit('told', { kind: 'records-flowing' });
        attempt = 0;
      } catch (error) {
        if (attempt === 0) {
          client.socket.emit('told', { kind: 'records-delayed', since: now() });
          log('warn', 'records could not be read', { error: String(error) });
        }
        await pause(retryMs(attempt++));
      }
    }
  }

  function unfollow(client: Client): void {
    const key = client.audience.key;
    const channel = channels.get(key);
    void client.socket.leave(roomOf(key));
    if (!channel) return;
    channel.members.delete(client);
    if (channel.members.size === 0 && !channel.busy) channels.delete(key);
  }

  const stop = records.onSealed(() => {
    for (const [key, channel] of channels) void pump(key, channel);
  });

  return {
    subscribe(client, input) {
      const last = seats.get(client);
      if (last?.live) unfollow(client);
      const sealed = records.sealedUpTo();
      const known =
        input.epoch === client.epoch && input.position !== null && input.position <= sealed ? input.position : null;
      const start = known !== null && sealed - known <= resumeLimit ? known : null;
      const position = start ?? 0;
      const seat: Seat = { run: (last?.run ?? 0) + 1, live: false, position, seen: position, behindSince: null };
      seats.set(client, seat);
      const turn = (catching.get(client) ?? Promise.resolve()).then(() => catchUp(client, seat, start));
      catching.set(client, turn);
    },
    seen(client, { upTo }) {
      const seat = seats.get(client);
      if (!seat) return;
      seat.seen = Math.max(seat.seen, Math.min(upTo, seat.position));
      if (seat.seen >= seat.position) seat.behindSince = null;
    },
    leave(client) {
      catching.delete(client);
      if (!seats.delete(client)) return;
      unfollow(client);
    },
    patrol() {
      const at = now();
      for (const [client, seat] of seats) {
        if (seat.seen >= seat.position) seat.behindSince = null;
        else seat.behindSince ??= at;
        const waiting = client.sender.waiting();
        const full = waiting.packets > limits.recordPackets || waiting.bytes > limits.recordBytes;
        const deaf = seat.behindSince !== null && at - seat.behindSince > limits.unseenMs;
        if (!full && !deaf) continue;
        log('warn', 'a client fell behind and was cut', { ...waiting, position: seat.position, seen: seat.seen });
        client.socket.emit('told', { kind: 'too-slow' });
        client.sender.hangUp();
      }
    },
    state(client) {
      const seat = seats.get(client);
      return seat ? { position: seat.position, seen: seat.seen, live: seat.live } : null;
    },
    close() {
      closed = true;
      stop();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
