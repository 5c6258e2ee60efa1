import { createHash } from 'node:crypto';
import { systemActor } from '@/server/store/actor.ts';
import type { Store } from '@/server/store/store.ts';

const actor = systemActor('epoch');

/** Names the database that positions belong to: by its first event, which no other database has. */
export async function epochOf(store: Store): Promise<string> {
  await store.settled();
  const { events } = await store.batch(actor, 0, 1);
  const first = events[0];
  return createHash('sha256')
    .update(JSON.stringify(first ? [first.stream, first.commandId, first.recordedAt] : []))
    .digest('hex')
    .slice(0, 16);
}
