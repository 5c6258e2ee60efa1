import { z } from 'zod';
import { at } from './who.ts';

/** A feed's honesty (PRODUCT.md §10): from the last good message and the interval that is expected of it. */
export const feedStates = ['unknown', 'online', 'late', 'stale', 'down'] as const;
export type FeedState = (typeof feedStates)[number];

export const feed = z.object({
  id: z.string().min(1).max(128),
  title: z.string().max(200),
  protocol: z.string().max(64),
  department: z.string().max(64).nullable(),
  /** Where it listens or what it polls, e.g. `tcp 127.0.0.1:7611`. */
  address: z.string().max(500),
  /** Null: it speaks only when something happens, so silence says nothing. */
  expectedIntervalS: z.number().positive().nullable(),
  crs: z.string().max(16),
  state: z.enum(feedStates),
  since: at,
  reason: z.string().max(1_000).nullable(),
});
export type Feed = z.infer<typeof feed>;

export const feedEventKinds = {
  feedRegistered: z.object({ feed }),
  feedChanged: z.object({ state: z.enum(feedStates), at, reason: z.string().max(1_000).nullable() }),
} as const;

type Content<K extends keyof typeof feedEventKinds> = z.infer<(typeof feedEventKinds)[K]>;
export type FeedEvent = {
  [K in keyof typeof feedEventKinds]: { kind: K; content: Content<K> };
}[keyof typeof feedEventKinds];

export function applyFeed(current: Feed | null, event: FeedEvent): Feed {
  if (event.kind === 'feedRegistered') {
    const next = event.content.feed;
    return current ? { ...next, state: current.state, since: current.since, reason: current.reason } : next;
  }
  if (!current) throw new Error(`${event.kind} before feedRegistered`);
  return { ...current, state: event.content.state, since: event.content.at, reason: event.content.reason };
}

/** Late after one interval and a half, stale within two heartbeats, down when the transport itself says so. */
export function feedStateOf(of: {
  lastGoodAt: number | null;
  expectedIntervalS: number | null;
  transportDown: boolean;
  now: number;
}): FeedState {
  if (of.transportDown) return 'down';
  if (of.lastGoodAt === null) return 'unknown';
  if (of.expectedIntervalS === null) return 'online';
  const missed = (of.now - of.lastGoodAt) / 1000 / of.expectedIntervalS;
  if (missed > 2) return 'stale';
  return missed > 1.5 ? 'late' : 'online';
}
