import type { Refusal } from '../../refusal.ts';
import { acceptPush, type PushFeed, type PushOutcome } from '../accept-push.ts';
import type { FeedPort, Origin } from '../port.ts';
import type { PushLedger } from '../push-ledger.ts';
import type { Turns } from '../turns.ts';

export type MessageLanesSettings = {
  readonly port: FeedPort;
  readonly ledger: PushLedger;
  readonly turns: Turns;
  /** A message up to this size has had its turn with its packet. */
  readonly hadTurnBytes: number;
};

/** Takes the messages of each feed one after the other: two with the same keys must see each other. */
export function createMessageLanes({ port, ledger, turns, hadTurnBytes }: MessageLanesSettings) {
  const lanes = new Map<string, Promise<unknown>>();
  return (feed: PushFeed, bytes: Uint8Array, origin: Origin): Promise<PushOutcome | Refusal | 'unstored'> => {
    const before = lanes.get(feed.id) ?? Promise.resolve();
    const result = before
      .then(() =>
        acceptPush({ feed, bytes, origin, into: port, ledger, turns: bytes.length > hadTurnBytes ? turns : null }),
      )
      // Whatever broke (the store, the quarantine), nothing is acknowledged.
      .catch(() => 'unstored' as const);
    lanes.set(feed.id, result);
    return result;
  };
}
export type MessageLanes = ReturnType<typeof createMessageLanes>;
