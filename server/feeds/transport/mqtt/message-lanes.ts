import type { Refusal } from '../../refusal.ts';
import { acceptPush, type PushFeed, type PushOutcome } from '../accept-push.ts';
import type { FeedPort, Origin } from '../port.ts';
import type { PushLedger } from '../push-ledger.ts';

/** Takes the messages of each feed one after the other: two with the same keys must see each other. */
export function createMessageLanes(port: FeedPort, ledger: PushLedger) {
  const lanes = new Map<string, Promise<unknown>>();
  return (feed: PushFeed, bytes: Uint8Array, origin: Origin): Promise<PushOutcome | Refusal | 'unstored'> => {
    const before = lanes.get(feed.id) ?? Promise.resolve();
    const result = before
      .then(() => acceptPush({ feed, bytes, origin, into: port, ledger }))
      // Whatever broke (the store, the quarantine), nothing is acknowledged.
      .catch(() => 'unstored' as const);
    lanes.set(feed.id, result);
    return result;
  };
}
export type MessageLanes = ReturnType<typeof createMessageLanes>;
