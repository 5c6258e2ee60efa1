import { decideIncident } from '@/server/domain/incident-decide.ts';
import { lateOrder } from '@/server/domain/incident-dispatch.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { DueTimer } from '@/server/store/store.ts';
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
      if (timer.kind === 'order-unanswered') {
        const order = (timer.content as { order?: string }).order ?? '';
        const decided = lateOrder(loaded.state, order, tx.now);
        return { events: wasRefused(decided) ? [] : eventsFor('incident', id, decided), answer: { fired: true } };
      }
      if (timer.kind === 'resume-incident' && loaded.state.state === 'suspended') {
        // The clock acts as the duty chief would: nobody else may be asked at three in the morning.
        const decided = decideIncident(
          loaded.state,
          { move: 'resume' },
          { now: tx.now, actor: { ...actor, roles: ['duty-chief'] } },
        );
        return { events: wasRefused(decided) ? [] : eventsFor('incident', id, decided), answer: { fired: true } };
      }
      return { events: [], answer: { fired: true } };
    },
  );
}
