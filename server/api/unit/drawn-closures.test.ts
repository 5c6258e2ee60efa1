import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import { actor, operator } from '@/server/domain/testing/samples.ts';
import { followUp } from '@/server/ops/follow-up.ts';
import { openIncident } from '@/server/ops/open-incident.ts';
import { ask, openDesk } from '@/server/ops/testing/desk.ts';
import { drawnClosures } from './drawn-closures.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

it('closed areas and circles of rooms are closed roads, and nothing else is', async () => {
  const incident = randomUUID() as never;
  const facts = { title: '积水', text: null, kind: null, place: null, priority: null };
  const opened = await openIncident(desk.deps, ask(operator, { incident, signals: [], facts }));
  if (wasRefused(opened)) throw new Error(opened.refused);
  type Drawn = Extract<FollowUpCommand, { act: 'draw' }>['drawing'];
  const draw = (id: string, shape: Drawn['shape'], meaning: Drawn['meaning']) =>
    followUp(
      desk.deps,
      ask(operator, { incident, command: { act: 'draw', drawing: { id, shape, meaning, label: '' } } }),
    );
  const square: [number, number][] = [
    [118.78, 32.03],
    [118.79, 32.03],
    [118.79, 32.04],
  ];
  await draw('area', { kind: 'area', points: square }, 'closed');
  await draw('circle', { kind: 'circle', at: [118.8, 32.05], radiusM: 200 }, 'closed');
  await draw('line', { kind: 'line', points: square }, 'closed');
  await draw('danger', { kind: 'area', points: square }, 'danger');
  const closures = await drawnClosures(desk.deps, operator);
  expect(closures.map(({ id, factor }) => [id, factor]).sort()).toEqual([
    ['drawing/area', 'closed'],
    ['drawing/circle', 'closed'],
  ]);
  expect(closures.find(({ id }) => id === 'drawing/area')?.on).toEqual({ area: [square] });
  expect(await drawnClosures(desk.deps, actor('nobody', 'system-admin'))).toEqual([]);
});
