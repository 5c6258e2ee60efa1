import { z } from 'zod';
import { applyAlarm } from '@/server/domain/alarm.ts';
import { shelveAlarm as decideShelf, unshelveAlarm as decideUnshelf } from '@/server/domain/alarm-decide.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import type { Grade } from '@/server/domain/scale.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import type { DueTimer, NewEvent, Tx } from '@/server/store/store.ts';
import { alarmRef } from './acknowledge-alarm.ts';
import { unhide } from './change-alarms.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

export const shelveAlarmInput = alarmRef.extend({
  until: z.number().int(),
  reason: z.string().trim().max(2_000),
});
export const unshelveAlarmInput = alarmRef;
export const unshelveTimer = 'unshelve-alarm';
type Answer = { readonly alarm: string };

/** The grade of the incident that its signal belongs to. */
async function gradeOf(tx: Tx, signalId: string | null): Promise<Grade | null> {
  const signal = signalId ? await tx.find('signal', signalId) : null;
  const incident = signal?.state.incident ? await tx.find('incident', signal.state.incident) : null;
  return incident?.state.grade ?? null;
}

/** Out of the list until a time, with a reason; it comes back by itself, whoever is on duty then. */
export function shelveAlarm(
  { store }: OpDeps,
  command: Command<z.infer<typeof shelveAlarmInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'shelve-alarm', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'alarm', input.alarm);
    if (wasRefused(loaded)) return loaded;
    if (!may(actor, 'alarm.shelve', subjectOf.alarm(loaded.state))) return refused('not_allowed', 'alarm');
    const grade = await gradeOf(tx, loaded.state.signal);
    const by = { id: actor.id, name: actor.name };
    const decided = decideShelf(loaded.state, { ...input, grade }, { by, now: tx.now });
    if (wasRefused(decided)) return decided;
    const stream = `alarm/${input.alarm}`;
    await tx.cancelTimers(stream, unshelveTimer);
    // One row a shelving: a row that has fired cannot be set again.
    const timer = { id: `${unshelveTimer}/${input.alarm}/${id}`, dueAt: input.until, kind: unshelveTimer, stream };
    await tx.schedule({ ...timer, content: { until: input.until } });
    return { events: eventsFor('alarm', input.alarm, decided), answer: { alarm: input.alarm } };
  });
}

export function unshelveAlarm(
  { store }: OpDeps,
  command: Command<z.infer<typeof unshelveAlarmInput>>,
): Promise<Answer | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'unshelve-alarm', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'alarm', input.alarm);
    if (wasRefused(loaded)) return loaded;
    if (!may(actor, 'alarm.shelve', subjectOf.alarm(loaded.state))) return refused('not_allowed', 'alarm');
    const by = { id: actor.id, name: actor.name };
    const decided = decideUnshelf(loaded.state, { by, now: tx.now, dueAt: null });
    if (wasRefused(decided)) return decided;
    await tx.cancelTimers(`alarm/${input.alarm}`, unshelveTimer);
    const back = decided.reduce(applyAlarm, loaded.state);
    return {
      events: [...eventsFor('alarm', input.alarm, decided), ...(await unhide(tx, back))],
      answer: { alarm: input.alarm },
    };
  });
}

/** Its time has come. A shelf that was changed or taken down meanwhile has nothing to say. */
export async function shelfEnded(tx: Tx, timer: DueTimer): Promise<NewEvent[]> {
  const id = timer.stream.slice(timer.stream.indexOf('/') + 1);
  const loaded = await tx.load('alarm', id);
  if (!loaded) return [];
  const { until } = timer.content as { until?: number };
  const decided = decideUnshelf(loaded.state, { by: null, now: tx.now, dueAt: until ?? timer.dueAt });
  if (wasRefused(decided)) return [];
  const back = decided.reduce(applyAlarm, loaded.state);
  return [...eventsFor('alarm', id, decided), ...(await unhide(tx, back))];
}
