import { z } from 'zod';
import { departmentId } from '@/server/domain/ids.ts';
import { decideSeat, seatCommand } from '@/server/domain/presence-decide.ts';
import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import { type Command, decisionOf, eventsFor, loadOr, type OpDeps } from './op.ts';

export const changeSeatInput = z.object({ department: departmentId, command: seatCommand });

/** Check-in 进驻签到 and what follows it: away, back, relieved, checked out. */
export function changeSeat(
  { store }: OpDeps,
  command: Command<z.infer<typeof changeSeatInput>>,
): Promise<{ readonly department: string } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'change-seat', actor, input }, async (tx) => {
    const loaded = await loadOr(tx, 'department', input.department);
    if (wasRefused(loaded)) return loaded;
    const decided = decideSeat(loaded.state, input.command, decisionOf(tx));
    if (wasRefused(decided)) return decided;
    return { events: eventsFor('department', input.department, decided), answer: { department: input.department } };
  });
}
