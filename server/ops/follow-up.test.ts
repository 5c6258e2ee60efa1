import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FollowUpCommand } from '@/server/domain/follow-up-decide.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { actor, chief, liaison, operator, verifier } from '@/server/domain/testing/samples.ts';
import { planOf } from '@/server/store/testing/records.ts';
import { fireTimer } from './fire-timer.ts';
import { followUp } from './follow-up.ts';
import { moveIncident } from './move-incident.ts';
import { openIncident } from './open-incident.ts';
import { planAsStarted } from './plan-as-started.ts';
import { sendOrders } from './send-orders.ts';
import { setPlan } from './set-plan.ts';
import { startPlan } from './start-plan.ts';
import { ask, openDesk, system } from './testing/desk.ts';

const facts = { title: null, text: null, kind: null, place: null, priority: null };
let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function filedIncident(): Promise<string> {
  const signal = randomUUID();
  await desk.putSignals({ id: signal as never });
  const incident = randomUUID();
  const answer = await openIncident(
    desk.deps,
    ask(operator, { incident: incident as never, signals: [signal as never], facts }),
  );
  if (wasRefused(answer)) throw new Error(answer.refused);
  return incident;
}
const read = async (id: string) => {
  const found = await desk.store.read(operator, async (tx) => (await tx.find('incident', id))?.state ?? null);
  if (!found) throw new Error(`no incident ${id}`);
  return found;
};
const act = (incident: string, by: Actor, command: FollowUpCommand) =>
  followUp(desk.deps, ask(by, { incident: incident as never, command }));
/** Fires whatever is due, as the runner does, until nothing is. */
async function fireDue(): Promise<void> {
  await desk.store.settled();
  for (;;) {
    const due = await desk.store.timers.claim(100);
    if (due.length === 0) return;
    for (const timer of due) await fireTimer(desk.deps, timer, system);
  }
}
const addTask = (incident: string, more: Partial<Extract<FollowUpCommand, { act: 'addTask' }>> = {}) => {
  const task = randomUUID();
  const owner = { kind: 'department', id: 'water' } as const;
  const base = { act: 'addTask', task, title: '架设水泵', text: '', owner, dueAt: null, evidence: false } as const;
  return act(incident, chief, { ...base, ...more }).then((answer) => ({ task, answer }));
};

describe('tasks', () => {
  it('are accepted and done by their owner with evidence, and verified by somebody else', async () => {
    const incident = await filedIncident();
    const { task } = await addTask(incident, { evidence: true });
    expect(await act(incident, liaison('fire'), { act: 'acceptTask', task })).toMatchObject({ refused: 'not_found' });
    await sendOrders(
      desk.deps,
      ask(chief, {
        incident: incident as never,
        command: { units: [], departments: ['water', 'fire'], text: '', confirmSecond: [] },
      }),
    );
    expect(await act(incident, liaison('fire'), { act: 'acceptTask', task })).toMatchObject({ refused: 'not_allowed' });
    expect(await act(incident, liaison('water'), { act: 'acceptTask', task })).toEqual({ incident });
    expect(await act(incident, liaison('water'), { act: 'finishTask', task, text: '', files: [] })).toMatchObject({
      refused: 'evidence_missing',
    });
    const done: FollowUpCommand = { act: 'finishTask', task, text: '两台水泵已开', files: [] };
    expect(await act(incident, liaison('water'), done)).toEqual({ incident });
    expect(await act(incident, operator, { act: 'verifyTask', task, passed: true, text: '' })).toMatchObject({
      refused: 'not_allowed',
    });
    const back: FollowUpCommand = { act: 'verifyTask', task, passed: false, text: '水位未降' };
    expect(await act(incident, verifier, back)).toEqual({ incident });
    expect((await read(incident)).tasks[0]).toMatchObject({ state: 'accepted', returns: 1 });
    expect(await act(incident, chief, done)).toEqual({ incident });
    expect(await act(incident, chief, { act: 'verifyTask', task, passed: true, text: '' })).toMatchObject({
      refused: 'handler_is_verifier',
    });
    expect(await act(incident, verifier, { act: 'verifyTask', task, passed: true, text: '' })).toEqual({ incident });
    expect((await read(incident)).tasks[0]).toMatchObject({ state: 'verified', done: { text: '两台水泵已开' } });
  });

  it('are late once, unless they were done in time', async () => {
    const incident = await filedIncident();
    const dueAt = desk.clock.now + 60_000;
    const late = (await addTask(incident, { dueAt })).task;
    const inTime = (await addTask(incident, { dueAt })).task;
    await act(incident, chief, { act: 'finishTask', task: inTime, text: '', files: [] });
    desk.clock.now += 3_600_000;
    await fireDue();
    const held = (await read(incident)).tasks;
    expect(held.map((one) => [one.id, one.late])).toEqual([
      [late, true],
      [inTime, false],
    ]);
    const told = await desk.store.stream(system, `incident/${incident}`);
    expect(told.filter((event) => event.kind === 'taskLate')).toHaveLength(1);
  });
});

describe('who has to be heard of', () => {
  it('is missed once a round, and being heard of begins the next', async () => {
    const incident = await filedIncident();
    const checkIn = randomUUID();
    const start = { act: 'startCheckIn', checkIn, assignment: null, name: '排水队 王工', everyS: 600 } as const;
    expect(await act(incident, chief, start)).toEqual({ incident });
    desk.clock.now += 300_000;
    await act(incident, chief, { act: 'hearCheckIn', checkIn });
    desk.clock.now += 400_000;
    await fireDue();
    expect((await read(incident)).checkIns[0]).toMatchObject({ overdueSince: null, misses: 0 });
    desk.clock.now += 300_000;
    await fireDue();
    await fireDue();
    expect((await read(incident)).checkIns[0]).toMatchObject({ overdueSince: desk.clock.now, misses: 1 });
    expect(await act(incident, chief, { act: 'endCheckIn', checkIn, reason: '' })).toMatchObject({
      refused: 'reason_missing',
    });
    await act(incident, chief, { act: 'hearCheckIn', checkIn });
    expect((await read(incident)).checkIns[0]).toMatchObject({ overdueSince: null, last: { by: { id: 'chief' } } });
    await act(incident, chief, { act: 'endCheckIn', checkIn, reason: '已撤离' });
    desk.clock.now += 3_600_000;
    await fireDue();
    expect((await read(incident)).checkIns[0]).toMatchObject({ misses: 1 });
  });
});

describe('clocks', () => {
  it('a target that passes is said once, with how late it was said', async () => {
    const incident = await filedIncident();
    const began = desk.clock.now;
    desk.clock.now += 7_200_000;
    await fireDue();
    const { missedClocks } = await read(incident);
    const first = missedClocks.filter((one) => one.target === 'first-unit');
    expect(first).toEqual([{ target: 'first-unit', cycle: 1, dueAt: began + 60_000, at: desk.clock.now }]);
  });

  it('an order goes to the deputy, then to the duty chief, and no further', async () => {
    const incident = await filedIncident();
    await sendOrders(
      desk.deps,
      ask(chief, {
        incident: incident as never,
        command: { units: [], departments: ['water'], text: '', confirmSecond: [] },
      }),
    );
    const escalated = async () => (await read(incident)).orders[0]?.escalated.map((one) => one.to);
    desk.clock.now += 180_000;
    await fireDue();
    expect(await escalated()).toEqual(['deputy']);
    desk.clock.now += 60_000;
    await fireDue();
    expect(await escalated()).toEqual(['deputy', 'duty-chief']);
    desk.clock.now += 3_600_000;
    await fireDue();
    expect(await escalated()).toEqual(['deputy', 'duty-chief']);
    expect((await read(incident)).orders[0]).toMatchObject({ late: true, state: 'sent' });
  });

  it('an answer after the deputy was told stops there', async () => {
    const incident = await filedIncident();
    await sendOrders(
      desk.deps,
      ask(chief, {
        incident: incident as never,
        command: { units: [], departments: ['water'], text: '', confirmSecond: [] },
      }),
    );
    desk.clock.now += 180_000;
    await fireDue();
    const order = (await read(incident)).orders[0]!.id;
    await moveIncident(
      desk.deps,
      ask(liaison('water'), { incident: incident as never, command: { move: 'acknowledge', order } }),
    );
    desk.clock.now += 3_600_000;
    await fireDue();
    expect((await read(incident)).orders[0]?.escalated.map((one) => one.to)).toEqual(['deputy']);
  });
});

describe('a plan', () => {
  const plan = ({ changed: _changed, version: _version, ...rest }: ReturnType<typeof planOf>) => rest;
  it('is set with its version, started with its orders, tasks and clocks, and kept as it was started', async () => {
    const id = `p-${randomUUID()}`;
    expect(await setPlan(desk.deps, ask(chief, { plan: plan(planOf(id)), version: 0 }))).toEqual({
      plan: id,
      version: 1,
    });
    expect(await setPlan(desk.deps, ask(chief, { plan: plan(planOf(id)), version: 0 }))).toMatchObject({
      refused: 'version_conflict',
      by: { id: 'chief' },
    });
    const twice = { ...plan(planOf(id)), levels: [...planOf(id).levels, ...planOf(id).levels] };
    expect(await setPlan(desk.deps, ask(chief, { plan: twice, version: 1 }))).toMatchObject({ refused: 'bad_input' });
    const incident = await filedIncident();
    const start = { incident: incident as never, plan: id, level: 4, language: 'zh-CN' } as const;
    expect(await startPlan(desk.deps, ask(actor('x', 'liaison'), start))).toMatchObject({ refused: 'not_found' });
    expect(await startPlan(desk.deps, ask(chief, start))).toEqual({ incident, orders: 1, tasks: 1 });
    expect(
      await setPlan(desk.deps, ask(chief, { plan: { ...plan(planOf(id)), priority: 'P1' }, version: 1 })),
    ).toMatchObject({ version: 2 });
    const { plan: run } = await read(incident);
    expect(run).toMatchObject({ plan: id, version: 1, level: 4 });
    const then = await desk.store.read(chief, (tx) => planAsStarted(tx, run!));
    expect(then).toMatchObject({ version: 1, priority: 'P2' });
    desk.clock.now += 3_600_000;
    await fireDue();
    expect(await read(incident)).toMatchObject({ tasks: [{ late: true }], orders: [{ late: true }] });
  });
});

describe('a major incident', () => {
  it('is made of what is there, in place, and calls up whom the plan names in the same breath', async () => {
    const { changed: _changed, version: _version, ...plan } = planOf(`p-${randomUUID()}`);
    await setPlan(desk.deps, ask(chief, { plan, version: 0 }));
    const incident = await filedIncident();
    await act(incident, chief, { act: 'write', text: '水位上涨', mentions: [], files: [] });
    const before = await read(incident);
    const command = { act: 'upgrade', reason: '多处积水，人员被困' } as const;
    const start = { plan: plan.id, level: 4, language: 'zh-CN' } as const;
    const upgrade = (by: Actor, more: object = {}) =>
      followUp(desk.deps, ask(by, { incident: incident as never, command, start, ...more }));
    expect(await upgrade(operator)).toMatchObject({ refused: 'not_allowed' });
    expect(await upgrade(chief, { command: { ...command, reason: ' ' } })).toMatchObject({ refused: 'reason_missing' });
    expect(await upgrade(chief, { start: { ...start, plan: 'none' } })).toMatchObject({ refused: 'not_found' });
    expect((await read(incident)).major).toBeNull();
    expect(await upgrade(chief)).toEqual({ incident });
    const after = await read(incident);
    expect(after).toMatchObject({
      major: { reason: command.reason, by: { id: 'chief' } },
      plan: { plan: plan.id, level: 4 },
      number: before.number,
      notes: before.notes,
    });
    expect([after.orders.length, after.tasks.length]).toEqual([1, 1]);
    expect(await upgrade(chief)).toMatchObject({ refused: 'wrong_state' });
    const write: FollowUpCommand = { act: 'write', text: '记录', mentions: [], files: [] };
    expect(await upgrade(chief, { command: write })).toMatchObject({ refused: 'bad_input' });
  });
});

describe('the room', () => {
  it('keeps notes with whom they speak of, and drawings until somebody erases them', async () => {
    const incident = await filedIncident();
    const mentions = ['operator', 'department/water', 'role/duty-chief'];
    expect(await act(incident, operator, { act: 'write', text: '@郑江 请到场', mentions, files: [] })).toEqual({
      incident,
    });
    expect(await act(incident, operator, { act: 'write', text: '', mentions: [], files: [] })).toMatchObject({
      refused: 'bad_input',
    });
    const files = ['nowhere' as never];
    expect(await act(incident, operator, { act: 'write', text: '', mentions: [], files })).toMatchObject({
      refused: 'not_found',
    });
    const drawing = {
      id: randomUUID(),
      shape: { kind: 'circle', at: [118.79, 32.04], radiusM: 300 },
      label: '警戒区',
      meaning: 'danger',
    } as const;
    await act(incident, operator, {
      act: 'draw',
      drawing: { ...drawing, shape: { ...drawing.shape, at: [118.79, 32.04] } },
    });
    expect(await read(incident)).toMatchObject({ notes: [{ text: '@郑江 请到场', mentions }], drawings: [drawing] });
    expect(await act(incident, liaison('water'), { act: 'erase', drawing: drawing.id })).toMatchObject({
      refused: 'not_found',
    });
    await act(incident, chief, { act: 'erase', drawing: drawing.id });
    expect((await read(incident)).drawings).toEqual([]);
  });
});
