import type { Refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { DueTimer } from '@/server/store/store.ts';
import { fireOn } from './incident-timers.ts';
import { eventsFor, type OpDeps } from './op.ts';
import { shelfEnded, unshelveTimer } from './shelve-alarm.ts';

/** What a due row does, exactly once: firing it and its events are one transaction (DESIGN.md law 8). */
export function fireTimer(
  { store }: OpDeps,
  timer: DueTimer,
  actor: Actor,
): Promise<{ readonly fired: boolean } | Refused> {
  return store.command<{ readonly fired: boolean }>(
    { id: `timer/${timer.id}/${timer.dueAt}`, name: 'fire-timer', actor, input: timer.kind },
    async (tx) => {
      if (!(await tx.fireTimer(timer.id))) return { events: [], answer: { fired: false } };
      if (timer.kind === unshelveTimer) return { events: await shelfEnded(tx, timer), answer: { fired: true } };
      const id = timer.stream.slice(timer.stream.indexOf('/') + 1);
      const loaded = await tx.load('incident', id);
      if (!loaded) return { events: [], answer: { fired: false } };
      const fired = fireOn(loaded.state, timer, tx.now, actor);
      if (fired?.next) await tx.schedule(fired.next);
      return { events: fired ? eventsFor('incident', id, fired.events) : [], answer: { fired: true } };
    },
  );
}
