import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Rule } from '@/server/domain/rule.ts';
import { chief } from '@/server/domain/testing/samples.ts';
import { ruleOf, stationOf } from '@/server/store/testing/records.ts';
import { registerStations } from './register-stations.ts';
import { setRule } from './set-rule.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
  const department = { id: 'housing', name: { 'zh-CN': '房产', en: 'Housing' }, stationed: false, seats: [] };
  await desk.store.command({ id: 'd', name: 'put', actor: system, input: null }, async () => ({
    events: [{ stream: 'department/housing', kind: 'departmentRegistered', content: { department } }],
    answer: null,
  }));
});
afterAll(() => desk.close());

const given = (id: string, more: Partial<Rule> = {}): Omit<Rule, 'changed'> => {
  const { changed: _who, ...rule } = ruleOf(id, more);
  return rule;
};
const set = (rule: Omit<Rule, 'changed'>, version: number, by = chief) =>
  setRule(desk.deps, ask(by, { rule, version }));
const held = (id: string) => desk.store.read(system, (tx) => tx.find('rule', id));

describe('a new rule', () => {
  it('is there once, with who made it', async () => {
    expect(await set(given('new-one'), 0)).toEqual({ rule: 'new-one' });
    expect(await held('new-one')).toMatchObject({ version: 1, state: { changed: { by: { id: chief.id } } } });
    expect(await set(given('new-one', { onDelayS: 9 }), 0)).toMatchObject({ refused: 'rule_exists' });
  });

  it('is refused where it says too little, or is about the room', async () => {
    const flood = { of: 'flood', alarms: 10, withinS: 600, endsBelow: 5 } as const;
    expect(await set(given('bad', { condition: flood }), 0)).toMatchObject({
      refused: 'bad_input',
      detail: 'condition',
    });
    expect(await set(given('bad', { action: { 'zh-CN': '', en: '' } }), 0)).toMatchObject({ detail: 'action' });
    expect(await set(given('never'), 1)).toMatchObject({ refused: 'not_found' });
    expect(await held('bad')).toBeNull();
  });

  it('is retired and brought back', async () => {
    await set(given('old'), 0);
    expect(await set(given('old', { enabled: false, retired: true }), 1)).toEqual({ rule: 'old' });
    expect((await held('old'))?.state).toMatchObject({ retired: true, enabled: false });
    expect(await set(given('old'), 2)).toEqual({ rule: 'old' });
    expect((await held('old'))?.state).not.toHaveProperty('retired');
  });
});

describe('departments that do not exist', () => {
  it('own no rule; added ones do', async () => {
    expect(await set(given('mine', { owner: 'moonbase' }), 0)).toMatchObject({
      refused: 'department_unknown',
      subject: 'moonbase',
    });
    expect(await set(given('mine', { owner: 'housing' }), 0)).toEqual({ rule: 'mine' });
    expect(await set(given('mine', { owner: 'wather' }), 1)).toMatchObject({ refused: 'department_unknown' });
    expect(await set(given('mine', { owner: 'water' }), 1)).toEqual({ rule: 'mine' });
  });

  it('have no station', async () => {
    const register = (department: string | null) =>
      registerStations(
        { ...desk.deps, districtOf: () => null },
        ask(chief, { stations: [stationOf('of-somebody', { department })] }),
      );
    expect(await register('moonbase')).toMatchObject({ refused: 'department_unknown', subject: 'moonbase' });
    expect(await register('housing')).toMatchObject({ added: 1 });
    expect(await register(null)).toMatchObject({ changed: 1 });
  });
});
