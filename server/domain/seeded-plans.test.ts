import { describe, expect, it } from 'vitest';
import { capabilities } from './capability.ts';
import { connectedDepartments } from './department.ts';
import { incidentKind, incidentKinds } from './incident-kind.ts';
import { levelOf, plan } from './plan.ts';
import { planFault } from './plan-fault.ts';
import { proposePlans } from './plan-run.ts';
import { roles } from './role.ts';
import { seededPlans } from './seeded-plans.ts';

describe('seeded plans', () => {
  it.each(seededPlans.map((of) => [of.id, of] as const))('%s is well formed and names only what exists', (_id, of) => {
    expect(plan.parse(of)).toEqual(of);
    expect(planFault(of)).toBeNull();
    for (const kind of of.triggers.flatMap((trigger) => trigger.kinds)) expect(incidentKind(kind)).not.toBeNull();
    for (const level of of.levels) {
      for (const need of level.units) for (const one of need.capabilities) expect(capabilities).toContain(one);
      for (const { department } of level.departments) expect(connectedDepartments).toContain(department);
      for (const { owner } of level.tasks)
        expect(owner.kind === 'role' ? roles : level.departments.map((one) => one.department)).toContain(owner.id);
      expect(level.source.verified).toBe(false);
    }
  });

  it('ask for at least as much at every stronger level', () => {
    for (const of of seededPlans)
      for (const [index, level] of of.levels.entries()) {
        const weaker = of.levels[index - 1];
        if (!weaker) continue;
        expect(level.level).toBeLessThan(weaker.level);
        for (const need of weaker.units)
          expect(level.units.find((one) => one.id === need.id)?.count).toBeGreaterThanOrEqual(need.count);
        for (const task of weaker.tasks) expect(level.tasks.map((one) => one.id)).toContain(task.id);
      }
  });

  it('answer to the eight situations that a city must be ready for', () => {
    expect(seededPlans.length).toBeGreaterThanOrEqual(8);
    const kinds = [
      'flood.waterlogging',
      'fire.building',
      'traffic.collision',
      'hazmat.leak',
      'security.crowd',
      'lift.entrapment',
      'gas.leak',
      'weather.fog',
      'weather.snow',
    ];
    for (const kind of kinds) {
      const [first] = proposePlans(seededPlans, { kind: `statutory.${kind}`, grade: 'II' });
      expect(first && levelOf(first.plan, first.level)).toBeTruthy();
    }
    expect(incidentKinds.length).toBe(new Set(incidentKinds.map((of) => of.code)).size);
  });
});
