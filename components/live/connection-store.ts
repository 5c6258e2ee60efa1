import type { Told } from '@/server/wire/realtime.ts';
import { createClockOffset } from './clock-offset.ts';
import { createListeners } from './listeners.ts';
import type { FromEngine } from './protocol.ts';

/** `resyncing`: the link is there, what was missed is not all here yet. */
export type ConnectionState = 'connecting' | 'live' | 'resyncing' | 'lost' | 'signed-out';

export type Connection = {
  readonly state: ConnectionState;
  /** Since when the link is gone (our clock); null while it is there. */
  readonly lostSince: number | null;
  readonly lastHeardAt: number | null;
  readonly attempts: number;
  /** Server clock less ours. */
  readonly clockOffsetMs: number | null;
  readonly serverPosition: number | null;
  readonly position: number | null;
  readonly epoch: string | null;
  readonly skippedTicks: number;
  readonly skippedReadings: number;
  readonly lastSkip: { readonly ticks: number; readonly since: number } | null;
  /** The server cannot read the records at present. */
  readonly recordsDelayedSince: number | null;
  readonly faults: number;
};

export type ConnectionStore = {
  current(): Connection;
  subscribe(listener: () => void): () => void;
  /** Server time now, as well as it is known. */
  serverNow(now: number): number;
  hear(message: FromEngine): void;
  applied(position: number | null): void;
};

const start: Connection = {
  state: 'connecting',
  lostSince: null,
  lastHeardAt: null,
  attempts: 0,
  clockOffsetMs: null,
  serverPosition: null,
  position: null,
  epoch: null,
  skippedTicks: 0,
  skippedReadings: 0,
  lastSkip: null,
  recordsDelayedSince: null,
  faults: 0,
};

/** What `told` changes. */
export function afterTold(now: Connection, told: Told): Connection {
  switch (told.kind) {
    case 'telemetry-skipped':
      return { ...now, skippedTicks: told.total, lastSkip: { ticks: told.ticks, since: told.since } };
    case 'readings-skipped':
      return { ...now, skippedReadings: told.total, lastSkip: { ticks: told.ticks, since: told.since } };
    case 'records-delayed':
      return { ...now, recordsDelayedSince: told.since };
    case 'records-flowing':
      return { ...now, recordsDelayedSince: null };
    case 'signed-out':
      return { ...now, state: 'signed-out' };
    default:
      return now;
  }
}

/** Connected is live once our records reach what the server had when it greeted us. */
const settle = (now: Connection, reach: number | null): Connection => {
  if (now.state !== 'resyncing' || reach === null || now.position === null || now.position < reach) return now;
  return { ...now, state: 'live' };
};

export function createConnectionStore(): ConnectionStore {
  const told = createListeners();
  const clock = createClockOffset();
  let now = start;
  let reach: number | null = null;

  function become(next: Connection): void {
    const settled = settle(next, reach);
    if (settled === now) return;
    now = settled;
    told.tell();
  }

  function link(message: Extract<FromEngine, { say: 'link' }>): void {
    const { attempts, heardAt } = message;
    const lastHeardAt = heardAt ?? now.lastHeardAt;
    if (message.link === 'connected') {
      reach = null;
      become({ ...now, state: 'resyncing', lostSince: null, attempts: 0, lastHeardAt, recordsDelayedSince: null });
      return;
    }
    const lostSince = message.link === 'connecting' ? null : (now.lostSince ?? lastHeardAt ?? Date.now());
    become({ ...now, state: message.link, lostSince, attempts, lastHeardAt });
  }

  return {
    current: () => now,
    subscribe: told.add,
    serverNow: (at) => at + (clock.offsetMs ?? 0),
    applied: (position) => become({ ...now, position }),
    hear(message) {
      if (message.say === 'link') link(message);
      else if (message.say === 'told') become(afterTold(now, message.told));
      else if (message.say === 'fault') become({ ...now, faults: message.count });
      else if (message.say === 'welcome') {
        const { welcome, arrivedAt } = message;
        clock.sample(welcome.serverTime, arrivedAt);
        reach = welcome.sealedUpTo;
        const position = now.epoch === null || now.epoch === welcome.epoch ? now.position : null;
        become({
          ...now,
          epoch: welcome.epoch,
          serverPosition: welcome.sealedUpTo,
          position,
          lastHeardAt: arrivedAt,
          clockOffsetMs: clock.offsetMs,
        });
      } else if (message.say === 'beat') {
        clock.sample(message.beat.serverTime, message.arrivedAt);
        become({
          ...now,
          serverPosition: message.beat.position,
          lastHeardAt: message.arrivedAt,
          clockOffsetMs: clock.offsetMs,
        });
      }
    },
  };
}
