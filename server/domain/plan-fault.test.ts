import { describe, expect, it } from 'vitest';
import type { Plan } from './plan.ts';
import { planFault, planFaults } from './plan-fault.ts';
import { seededPlans } from './seeded-plans.ts';

const good = seededPlans.find((one) => one.id === 'building-fire')!;
const [weak, strong] = [good.levels[0]!, good.levels[1]!];
const withLevel = (more: Partial<Plan['levels'][number]>): Plan => ({ ...good, levels: [{ ...weak, ...more }] });

describe('a plan is refused where', () => {
  it.each([
    ['a level stands twice', { ...good, levels: [weak, weak] }, 'levelTwice', 4],
    ['the stronger level comes first', { ...good, levels: [strong, weak] }, 'levelOrder', null],
    [
      'its kind of incident is unknown',
      { ...good, triggers: [{ ...good.triggers[0]!, kinds: ['x.y'] }] },
      'kindUnknown',
      null,
    ],
    ['a need stands twice', withLevel({ units: [weak.units[0]!, weak.units[0]!] }), 'needTwice', 4],
    [
      'a department stands twice',
      withLevel({ departments: [weak.departments[0]!, weak.departments[0]!] }),
      'departmentTwice',
      4,
    ],
    ['a task stands twice', withLevel({ tasks: [weak.tasks[0]!, weak.tasks[0]!] }), 'taskTwice', 4],
    [
      'a role does not exist',
      withLevel({ tasks: [{ ...weak.tasks[0]!, owner: { kind: 'role', id: 'mayor' } }] }),
      'ownerUnknown',
      4,
    ],
  ] as const)('%s', (_why, plan, code, level) => {
    expect(planFaults(plan as Plan)).toMatchObject([{ code, level }]);
    expect(planFault(plan as Plan)).toContain(code);
  });

  it('and nowhere else', () => expect(seededPlans.map(planFault)).toEqual(seededPlans.map(() => null)));
});
