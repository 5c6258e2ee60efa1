import { describe, expect, it } from 'vitest';
import type { Plan } from '@/server/domain/plan.ts';
import { seededPlans } from '@/server/domain/seeded-plans.ts';
import { planDiff } from './plan-diff.ts';
import { draftOfPlan, emptyDraft, freeId, idsIn, type PlanDraft, planOfDraft, withLevel } from './plan-draft.ts';

const fire = seededPlans.find((one) => one.id === 'building-fire')!;
const given = ({ version: _version, changed: _changed, ...rest }: Plan) => rest;
const faultsOf = (draft: PlanDraft) => {
  const read = planOfDraft(draft);
  return 'faults' in read ? read.faults : {};
};
const inLevel = (change: Partial<PlanDraft['levels'][number]>): PlanDraft => {
  const draft = draftOfPlan(fire);
  return { ...draft, levels: draft.levels.map((one, at) => (at === 0 ? { ...one, ...change } : one)) };
};

describe('a draft', () => {
  it.each(seededPlans.map((one) => [one.id, one] as const))('of %s says the same plan', (_id, plan) => {
    expect(planOfDraft(draftOfPlan(plan))).toEqual({ plan: given(plan) });
  });

  it('says where something is missing or out of range', () => {
    const units = [{ ...draftOfPlan(fire).levels[0]!.units[0]!, count: '0' }];
    expect(faultsOf(inLevel({ units }))).toEqual({ 'levels.0.units.0.count': 'range' });
    expect(faultsOf(inLevel({ units: [{ ...units[0]!, count: 'x' }] }))).toEqual({
      'levels.0.units.0.count': 'number',
    });
    const tasks = [{ ...draftOfPlan(fire).levels[0]!.tasks[0]!, owner: '' }];
    expect(faultsOf(inLevel({ tasks }))).toMatchObject({ 'levels.0.tasks.0.owner': 'missing' });
    expect(faultsOf(emptyDraft('Not a code'))).toMatchObject({
      id: 'code',
      'title.zh-CN': 'missing',
      'triggers.0.kinds': 'missing',
      'levels.0.when.zh-CN': 'missing',
    });
  });

  it('says what the schema cannot', () => {
    const departments = draftOfPlan(fire).levels[0]!.departments;
    expect(faultsOf(inLevel({ departments: [...departments, departments[0]!] }))).toEqual({
      'levels.0': 'departmentTwice',
    });
  });

  it('begins a stronger level with all that the weaker one asks for', () => {
    const one = { ...draftOfPlan(fire), levels: draftOfPlan(fire).levels.slice(0, 1) };
    const two = withLevel(one, 2);
    expect(two.levels.map((level) => level.level)).toEqual([4, 2]);
    expect(two.levels[1]!.tasks).toEqual(one.levels[0]!.tasks);
    expect(freeId('task', idsIn(two, 'tasks'))).toBe('task-1');
  });
});

describe('the difference of two versions', () => {
  it('names each part that came, went or changed, and nothing else', () => {
    const [weak] = fire.levels;
    const next: Plan = {
      ...fire,
      priority: 'P2',
      levels: fire.levels
        .filter((one) => one.level !== 2)
        .map((one) =>
          one === weak
            ? {
                ...one,
                units: one.units.map((need, at) => (at === 0 ? { ...need, count: need.count + 1 } : need)),
                tasks: one.tasks.slice(1),
              }
            : one,
        ),
    };
    expect(planDiff(fire, fire)).toEqual([]);
    expect(planDiff(fire, next).map(({ of, from, to }) => [of, from !== null, to !== null])).toEqual([
      ['priority', true, true],
      ['unit', true, true],
      ['task', true, false],
      ['level', true, false],
    ]);
  });
});
