import type { Feed, FeedState } from '@/server/domain/feed.ts';
import type { Refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { eventsFor, type OpDeps } from './op.ts';

type Answer = { readonly changed: boolean };

/** A feed that is new, or whose address or expectation changed with the configuration. */
export function registerFeed({ store, newId }: OpDeps, feed: Feed, actor: Actor): Promise<Answer | Refused> {
  return store.command<Answer>({ id: `feed/${newId()}`, name: 'register-feed', actor, input: feed.id }, async (tx) => {
    const held = await tx.load('feed', feed.id);
    const next = held ? { ...feed, state: held.state.state, since: held.state.since, reason: held.state.reason } : feed;
    if (held && JSON.stringify(held.state) === JSON.stringify(next)) return { events: [], answer: { changed: false } };
    return {
      events: eventsFor('feed', feed.id, [{ kind: 'feedRegistered', content: { feed } }]),
      answer: { changed: true },
    };
  });
}

/** One entry a change of state, so that a silent feed raises one alarm, not many. */
export function changeFeed(
  { store, newId }: OpDeps,
  change: { readonly id: string; readonly state: FeedState; readonly reason: string | null },
  actor: Actor,
): Promise<Answer | Refused> {
  return store.command<Answer>({ id: `feed/${newId()}`, name: 'change-feed', actor, input: change }, async (tx) => {
    const held = await tx.load('feed', change.id);
    if (!held || held.state.state === change.state) return { events: [], answer: { changed: false } };
    const content = { state: change.state, at: tx.now, reason: change.reason };
    return { events: eventsFor('feed', change.id, [{ kind: 'feedChanged', content }]), answer: { changed: true } };
  });
}
