import { describe, expect, it } from 'vitest';
import { planOf } from '@/server/store/testing/records.ts';
import type { Plan, PlanLevel } from './plan.ts';
import { openNeeds, proposePlans, startPlan, suggestedLevel } from './plan-run.ts';
import { wasRefused } from './refusal.ts';
import { chief, context, filed, replay, verifier } from './testing/samples.ts';

const twice = (text: string) => ({ 'zh-CN': text, en: text });
const department = (id: string) => ({ department: id, role: twice(id), answerWithinS: 60, stationWithinS: null });
const task = (id: string) => ({
  id,
  title: twice(id),
  owner: { kind: 'role' as const, id: 'duty-chief' },
  withinS: 600,
  evidence: false,
});
const base = planOf('flood').levels[0]!;
const four: PlanLevel = { ...base, level: 4, departments: [department('water')], tasks: [task('a')] };
const two: PlanLevel = {
  ...base,
  level: 2,
  departments: [department('water'), department('police')],
  tasks: [task('a'), task('b')],
};
const flood: Plan = planOf('flood', {
  triggers: [{ kinds: ['statutory.flood.waterlogging'], grade: null, warning: null }],
  levels: [four, two],
});
let made = 0;
const starting = (level: 1 | 2 | 3 | 4, plan = flood) => ({
  plan,
  level,
  language: 'zh-CN' as const,
  newTaskId: () => `t${made++}`,
  newOrderId: () => `o${made++}` as never,
});

describe('a plan', () => {
  it('is proposed by kind, at the level that the grade suggests', () => {
    expect(proposePlans([flood], { kind: 'statutory.fire.building', grade: null })).toEqual([]);
    expect(proposePlans([flood], { kind: null, grade: null })).toEqual([]);
    expect(proposePlans([{ ...flood, enabled: false }], { kind: 'statutory.flood.waterlogging', grade: 'I' })).toEqual(
      [],
    );
    const of = { kind: 'statutory.flood.waterlogging' };
    const levels = ([null, 'IV', 'III', 'II', 'I'] as const).map(
      (grade) => proposePlans([flood], { ...of, grade })[0]?.level,
    );
    expect(levels).toEqual([4, 4, 2, 2, 2]);
    expect(suggestedLevel({ ...flood, levels: [two] }, 'IV')).toBe(2);
  });

  it('asks for a grade or a warning where its trigger says so', () => {
    const strict = { ...flood, triggers: [{ kinds: ['x'], grade: 'II' as const, warning: 'red' as const }] };
    const proposed = (grade: 'I' | 'III' | null, warnings: string[]) =>
      proposePlans([strict], { kind: 'x', grade }, warnings).length;
    expect([
      proposed('I', ['red']),
      proposed('III', ['red']),
      proposed(null, ['red']),
      proposed('I', ['blue']),
    ]).toEqual([1, 0, 0, 0]);
  });

  it('starts with its orders and tasks; raising it adds the difference only', () => {
    const of = filed();
    const first = startPlan(of, starting(4), context(chief));
    if (wasRefused(first)) throw new Error(first.detail);
    const running = replay(of, first);
    expect(running.state).toBe('dispatched');
    expect(running.response).toBe(4);
    expect(running.orders.map((order) => [order.target.id, order.dueAt])).toEqual([['water', 1_060_000]]);
    expect(running.tasks.map((held) => [held.from?.task, held.dueAt])).toEqual([['a', 1_600_000]]);
    const second = startPlan(running, starting(2), context(chief, 2_000_000));
    if (wasRefused(second)) throw new Error(second.detail);
    const raised = replay(running, second);
    expect(raised.orders.map((order) => order.target.id)).toEqual(['water', 'police']);
    expect(raised.tasks.map((held) => held.from?.task)).toEqual(['a', 'b']);
    expect(raised.plan).toMatchObject({ level: 2, startedAt: 2_000_000 });
    const lowered = startPlan(raised, starting(4), context(chief, 3_000_000));
    if (wasRefused(lowered)) throw new Error(lowered.detail);
    expect(replay(raised, lowered).orders.length).toBe(2);
  });

  it('is refused to others, twice at the same level, beside another plan, and where it has no such level', () => {
    const of = filed();
    expect(startPlan(of, starting(4), context(verifier))).toMatchObject({ refused: 'not_allowed' });
    expect(startPlan(of, starting(1), context(chief))).toMatchObject({ refused: 'bad_input' });
    const first = startPlan(of, starting(4), context(chief));
    if (wasRefused(first)) throw new Error(first.detail);
    const running = replay(of, first);
    expect(startPlan(running, starting(4), context(chief))).toMatchObject({ refused: 'wrong_state' });
    expect(startPlan(running, starting(4, { ...flood, id: 'other' }), context(chief))).toMatchObject({
      refused: 'wrong_state',
    });
    expect(startPlan({ ...of, state: 'closed' }, starting(4), context(chief))).toMatchObject({
      refused: 'wrong_state',
    });
  });

  it('counts who is engaged for the need that it fits best', () => {
    const need = (id: string, kinds: string[], count: number, capabilities: string[] = []) => ({
      id,
      kinds,
      capabilities,
      count,
      role: null,
    });
    const level = {
      ...four,
      units: [need('any', ['fire-engine', 'pump-truck'], 1), need('ladder', ['fire-engine'], 1, ['ladder'])],
    };
    const engaged = [
      { kind: 'fire-engine', capabilities: ['ladder'] },
      { kind: 'pump-truck', capabilities: [] },
    ];
    expect(openNeeds(level, engaged)).toEqual([]);
    expect(openNeeds(level, engaged.slice(1))).toMatchObject([{ id: 'ladder', count: 1 }]);
    expect(openNeeds(level, [])).toMatchObject([
      { id: 'any', count: 1 },
      { id: 'ladder', count: 1 },
    ]);
  });
});
