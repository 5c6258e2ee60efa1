import { expect, it } from 'vitest';
import { createAddedDepartments } from './use-departments.ts';

const name = { 'zh-CN': '民政', en: 'Civil affairs' };
const records = (...bodies: object[]) => {
  const held = new Map(bodies.map((body) => [(body as { id: string }).id, { id: '', version: 0, body }]));
  return { all: () => held } as never;
};

it('knows added departments by their own names, and stays the same map while only seats change', () => {
  const added = createAddedDepartments();
  expect(added(records({ id: 'fire' })).size).toBe(0);
  const first = added(records({ id: 'fire' }, { id: 'civil-affairs', name, seats: [] }));
  expect([...first]).toEqual([['civil-affairs', name]]);
  expect(added(records({ id: 'civil-affairs', name: { ...name }, seats: [1] }))).toBe(first);
  expect(added(records({ id: 'civil-affairs', name: { ...name, en: 'Welfare' } })).get('civil-affairs')?.en).toBe(
    'Welfare',
  );
});
