import type { Plan } from './plan.ts';

/** What the schema cannot say: each level, need, department and task once. */
export function planFault(of: Pick<Plan, 'levels'>): string | null {
  const twice = (values: readonly (string | number)[]) =>
    values.find((value, index) => values.indexOf(value) !== index);
  const level = twice(of.levels.map((one) => one.level));
  if (level !== undefined) return `level ${level} twice`;
  for (const one of of.levels) {
    const need = twice(one.units.map((unit) => unit.id));
    if (need !== undefined) return `level ${one.level}: need ${need} twice`;
    const department = twice(one.departments.map((each) => each.department));
    if (department !== undefined) return `level ${one.level}: department ${department} twice`;
    const task = twice(one.tasks.map((each) => each.id));
    if (task !== undefined) return `level ${one.level}: task ${task} twice`;
  }
  return null;
}
