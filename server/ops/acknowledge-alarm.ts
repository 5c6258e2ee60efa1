import { z } from 'zod';
import { acknowledgeAlarm as decide } from '@/server/domain/alarm-decide.ts';
import { may } from '@/server/domain/policy.ts';
import { type Refused, refused, wasRefused } from '@/server/domain/refusal.ts';
import { subjectOf } from '@/server/domain/visibility.ts';
import { type Command, eventsFor, loadOr, type OpDeps } from './op.ts';

export const alarmRef = z.object({ alarm: z.string().min(1).max(128) });
export const acknowledgeAlarmInput = alarmRef;

/** Somebody has seen it and sees to it. */
export function acknowledgeAlarm(
  { store }: OpDeps,
  command: Command<z.infer<typeof acknowledgeAlarmInput>>,
): Promise<{ readonly alarm: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'acknowledge-alarm', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'alarm', input.alarm);
    if (wasRefused(loaded)) return loaded;
    if (!may(actor, 'alarm.acknowledge', subjectOf.alarm(loaded.state))) return refused('not_allowed', 'alarm');
    const decided = decide(loaded.state, { by: { id: actor.id, name: actor.name }, now: tx.now });
    if (wasRefused(decided)) return decided;
    return { events: eventsFor('alarm', input.alarm, decided), answer: { alarm: input.alarm } };
  });
}
