import { z } from 'zod';
import { plan } from '@/server/domain/plan.ts';
import { planFault } from '@/server/domain/plan-fault.ts';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import { type Command, eventsFor, type OpDeps } from './op.ts';
import { unknownDepartment } from './unknown-department.ts';

/** `version`: of the plan that was looked at while it was changed; 0: a new one. */
export const setPlanInput = z.object({
  plan: plan.omit({ changed: true, version: true }),
  version: z.number().int().min(0),
});

/** A plan as it shall be from now on; incidents that run an older version keep that. */
export function setPlan(
  { store }: OpDeps,
  command: Command<z.infer<typeof setPlanInput>>,
): Promise<{ readonly plan: string; readonly version: number } | Refused> {
  const { input, id, actor } = command;
  return store.command({ id, name: 'set-plan', actor, input }, async (tx) => {
    const held = await tx.load('plan', input.plan.id);
    const version = held?.state.version ?? 0;
    if (version !== input.version)
      return refused('version_conflict', String(version), { by: held?.state.changed?.by ?? null });
    const fault = planFault(input.plan);
    if (fault) return refused('bad_input', fault);
    const unknown = await unknownDepartment(tx, departmentsOf(input.plan));
    if (unknown) return unknown;
    const content = {
      plan: { ...input.plan, version: version + 1, changed: null },
      by: { id: actor.id, name: actor.name },
      at: tx.now,
    };
    return {
      events: eventsFor('plan', input.plan.id, [{ kind: 'planSet', content }]),
      answer: { plan: input.plan.id, version: version + 1 },
    };
  });
}

const departmentsOf = ({ levels }: z.infer<typeof setPlanInput>['plan']): string[] =>
  levels.flatMap(({ departments, tasks }) => [
    ...departments.map((one) => one.department),
    ...tasks.flatMap(({ owner }) => (owner.kind === 'department' ? [owner.id] : [])),
  ]);
