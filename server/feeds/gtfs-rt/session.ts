import type { Session, Step } from '../contract.ts';
import { refuse } from '../refusal.ts';
import { tripKey, vehicleKey } from './keys.ts';
import { limits } from './limits.ts';
import { alertReference, spanOf } from './map-alert.ts';
import type { EndedAlert, Issue, RtFeed } from './message.ts';

/** The platform lets a warning without an end lapse after a day; one that is still in the feed is told again well before. */
const renewMs = 12 * 3_600_000;
/** A clock further ahead than this is wrong, and must not make every sound snapshot after it look old. */
const aheadMs = 5 * 60_000;
/** So many snapshots in a row, each newer than the one before it: the source set its clock back, and means it. */
const resetAfter = 5;

type Told = { readonly reference: string; readonly digest: string; readonly renewedAt: number | null };
export type RtState = {
  /** When the newest snapshot was made; epoch ms. */
  readonly producedAt: number | null;
  readonly behind: { readonly count: number; readonly producedAt: number };
  readonly alerts: ReadonlyMap<string, Told>;
  /** Vehicles and trips of the last message. */
  readonly moving: ReadonlySet<string>;
};

const start: RtState = {
  producedAt: null,
  behind: { count: 0, producedAt: 0 },
  alerts: new Map(),
  moving: new Set(),
};

/** An alert without an end, of which nobody can say how long it holds: half days, so that a restart comes to the same words. */
const halfDayOf = (at: number): number => Math.floor(at / renewMs) * renewMs;

type Clock = { readonly at: number | null; readonly renews: boolean };

/** How one alert is to be told now; null: as it was told before. */
function issueOf(id: string, alert: Parameters<typeof spanOf>[0], before: Told | null, { at, renews }: Clock) {
  const plain = alertReference(id, alert);
  const open = renews && at !== null && spanOf(alert).endAt === null;
  const renewedAt = open ? halfDayOf(at) : null;
  const reference = renewedAt === null ? plain : `${plain}.${renewedAt / 1000}`;
  const told: Told = { reference, digest: plain, renewedAt };
  if (before?.reference === reference) return { told: before, issue: null };
  const issue: Issue = { reference, replaces: before ? [before.reference] : [], renewedAt };
  return { told, issue };
}

const movingIn = (feed: RtFeed): string[] =>
  feed.entities.flatMap(({ id, vehicle, tripUpdate }) => [
    ...(vehicle ? [vehicleKey(vehicle, id)] : []),
    ...(tripUpdate ? [tripKey(tripUpdate.trip) ?? []].flat() : []),
  ]);

/**
 * What FULL_DATASET means across polls: an older snapshot is dropped, what is not repeated is over, what is repeated unchanged is not told
 * again. Pure: the transport keeps the state, and keeps the old one where a snapshot could not be stored.
 */
export function gtfsRtSession(connected: boolean): Session<RtFeed, RtState> {
  function step(state: RtState, feed: RtFeed, now: number): Step<RtFeed, RtState> {
    const sane = feed.producedAt !== null && (!connected || feed.producedAt <= now + aheadMs);
    const producedAt = sane ? feed.producedAt : null;
    if (producedAt !== null && state.producedAt !== null && producedAt < state.producedAt) {
      const count = producedAt > state.behind.producedAt ? state.behind.count + 1 : state.behind.count;
      if (count < resetAfter) {
        const detail = `E018: made at ${new Date(producedAt).toISOString()}, after one of ${new Date(state.producedAt).toISOString()}`;
        const behind = { count, producedAt };
        return { state: { ...state, behind }, message: null, refusal: refuse('conflict', detail), expired: [] };
      }
    }
    return whole(state, feed, { producedAt, now });
  }

  function whole(state: RtState, feed: RtFeed, of: { producedAt: number | null; now: number }): Step<RtFeed, RtState> {
    const at = of.producedAt ?? (connected ? of.now : null);
    const differential = feed.incrementality === 'DIFFERENTIAL';
    const alerts = new Map<string, Told>();
    const issues: Record<string, Issue | null> = Object.create(null);
    for (const { id, alert } of feed.entities) {
      if (!alert || alerts.has(id)) continue;
      const { told, issue } = issueOf(id, alert, state.alerts.get(id) ?? null, { at, renews: connected });
      alerts.set(id, told);
      issues[id] = issue;
    }
    const deleted = new Set(feed.entities.flatMap(({ id, isDeleted }) => (isDeleted ? [id] : [])));
    const unread = new Set(feed.unreadable.flatMap(({ id }) => id ?? []));
    const ended: EndedAlert[] = [];
    for (const [id, told] of state.alerts) {
      if (alerts.has(id)) continue;
      // One that cannot be read this time is not over.
      if (unread.has(id) || (differential && !deleted.has(id))) alerts.set(id, told);
      else ended.push({ id, reference: told.reference, at });
    }
    // A source that adds and never deletes: the oldest gives way.
    for (const [id, told] of alerts) {
      if (alerts.size <= limits.entities) break;
      alerts.delete(id);
      ended.push({ id, reference: told.reference, at });
    }
    const moving = new Set(movingIn(feed));
    const gone = differential ? [] : [...state.moving].filter((key) => !moving.has(key));
    const next = { producedAt: of.producedAt ?? state.producedAt, behind: start.behind, alerts, moving };
    return { state: next, message: { ...feed, connected, issues, ended, gone }, refusal: null, expired: [] };
  }

  return { start, step, end: () => [] };
}
