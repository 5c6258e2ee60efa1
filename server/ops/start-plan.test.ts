import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actor, chief, operator } from '@/server/domain/testing/samples.ts';
import { planOf } from '@/server/store/testing/records.ts';
import { openIncident } from './open-incident.ts';
import { setPlan } from './set-plan.ts';
import { startPlan } from './start-plan.ts';
import { ask, openDesk } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

it('a dispatcher, who may not change plans, starts one', async () => {
  const [incident, signal, id] = [randomUUID(), randomUUID(), `p-${randomUUID()}`];
  await desk.putSignals({ id: signal as never });
  const facts = { title: null, text: null, kind: null, place: null, priority: null };
  await openIncident(desk.deps, ask(operator, { incident: incident as never, signals: [signal as never], facts }));
  const { version: _version, changed: _changed, ...plan } = planOf(id);
  await setPlan(desk.deps, ask(chief, { plan, version: 0 }));
  const start = { incident: incident as never, plan: id, level: 4, language: 'zh-CN' } as const;
  expect(await startPlan(desk.deps, ask(actor('d', 'dispatcher'), start))).toMatchObject({ orders: 1, tasks: 1 });
  const unknown = { ...start, plan: 'no-such-plan' };
  expect(await startPlan(desk.deps, ask(operator, unknown))).toMatchObject({ refused: 'not_found' });
});
