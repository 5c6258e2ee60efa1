import { incidentKind } from './incident-kind.ts';
import type { Plan } from './plan.ts';
import { roles } from './role.ts';

export const planFaultCodes = [
  'levelTwice',
  'levelOrder',
  'needTwice',
  'departmentTwice',
  'taskTwice',
  'kindUnknown',
  'ownerUnknown',
] as const;
/** `level`: where; null: of the plan as a whole. */
export type PlanFault = {
  readonly code: (typeof planFaultCodes)[number];
  readonly level: number | null;
  readonly subject: string;
};
type Judged = Pick<Plan, 'levels' | 'triggers'>;

const twice = <T>(values: readonly T[]): T[] => values.filter((value, index) => values.indexOf(value) !== index);

/** What the schema cannot say: each level, need, department and task once, the levels in order, and only what exists. */
export function planFaults(of: Judged): PlanFault[] {
  const order = of.levels.map((one) => one.level);
  const known = of.triggers.flatMap((trigger) => trigger.kinds);
  return [
    ...twice(order).map<PlanFault>((level) => ({ code: 'levelTwice', level, subject: String(level) })),
    ...(order.every((level, index) => index === 0 || level <= order[index - 1]!)
      ? []
      : [{ code: 'levelOrder', level: null, subject: order.join(' ') } as const]),
    ...known
      .filter((kind) => !incidentKind(kind))
      .map<PlanFault>((kind) => ({ code: 'kindUnknown', level: null, subject: kind })),
    ...of.levels.flatMap(({ level, units, departments, tasks }) => {
      const say = (code: PlanFault['code'], subjects: readonly string[]) =>
        subjects.map<PlanFault>((subject) => ({ code, level, subject }));
      const owners = tasks.flatMap(({ owner }) => (owner.kind === 'role' ? [owner.id] : []));
      return [
        ...say('needTwice', twice(units.map((one) => one.id))),
        ...say('departmentTwice', twice(departments.map((one) => one.department))),
        ...say('taskTwice', twice(tasks.map((one) => one.id))),
        ...say(
          'ownerUnknown',
          owners.filter((role) => !(roles as readonly string[]).includes(role)),
        ),
      ];
    }),
  ];
}

/** The first of them, for the log. */
export function planFault(of: Judged): string | null {
  const [fault] = planFaults(of);
  return fault ? [fault.code, fault.level, fault.subject].filter((one) => one !== null).join(' ') : null;
}
