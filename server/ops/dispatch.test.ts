import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncidentCommand } from '@/server/domain/incident-command.ts';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { actor, chief, liaison, operator, verifier } from '@/server/domain/testing/samples.ts';
import { fireTimer } from './fire-timer.ts';
import { dismissSignal } from './judge-signal.ts';
import { mergeIncidents, splitIncident, voidIncident } from './merge-incidents.ts';
import { moveIncident } from './move-incident.ts';
import { openIncident } from './open-incident.ts';
import { sendOrders } from './send-orders.ts';
import { endOrder, stepAssignment } from './step-assignment.ts';
import { ask, openDesk, system } from './testing/desk.ts';

const facts = { title: null, text: null, kind: null, place: null, priority: null };
let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const read = (id: string) => desk.store.read(operator, async (tx) => (await tx.find('incident', id))?.state ?? null);
const readUnit = (id: string) => desk.store.read(operator, async (tx) => (await tx.find('unit', id))?.state ?? null);
const readSignal = (id: string) =>
  desk.store.read(operator, async (tx) => (await tx.find('signal', id))?.state ?? null);

async function filedIncident(signal = randomUUID()): Promise<string> {
  await desk.putSignals({ id: signal as never });
  const incident = randomUUID();
  const answer = await openIncident(
    desk.deps,
    ask(operator, { incident: incident as never, signals: [signal as never], facts }),
  );
  if (wasRefused(answer)) throw new Error(answer.refused);
  return incident;
}
const move = (incident: string, by: Actor, command: IncidentCommand) =>
  moveIncident(desk.deps, ask(by, { incident: incident as never, command }));
const send = (
  incident: string,
  units: string[],
  more: { by?: Actor; departments?: string[]; confirmSecond?: string[] } = {},
) =>
  sendOrders(
    desk.deps,
    ask(more.by ?? operator, {
      incident: incident as never,
      command: {
        units: units as never,
        departments: more.departments ?? [],
        text: '速往',
        confirmSecond: (more.confirmSecond ?? []) as never,
      },
    }),
  );

describe('a whole incident, from signal to evaluated', () => {
  it('goes its way with two operators, a liaison, a verifier and the duty chief', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never, callSign: '巡1201' });
    const signal = randomUUID();
    const incident = await filedIncident(signal);
    expect(await readSignal(signal)).toMatchObject({ state: 'attached', incident });
    expect((await read(incident))?.number).toMatch(/^20260701-\d{4}$/);

    expect(wasRefused(await send(incident, [unit], { departments: ['water'] }))).toBe(false);
    expect(await readUnit(unit)).toMatchObject({ assignments: [{ incident, state: 'assigned' }] });
    const assignment = (await read(incident))!.assignments[0]!.id;
    const order = (await read(incident))!.orders.find((one) => one.target.kind === 'department')!;
    expect(await move(incident, liaison('water'), { move: 'acknowledge', order: order.id })).toEqual({ incident });
    for (const to of ['enRoute', 'onScene', 'cleared'] as const)
      expect(
        await stepAssignment(desk.deps, ask(operator, { incident: incident as never, command: { assignment, to } })),
      ).toEqual({ incident });
    expect(await readUnit(unit)).toMatchObject({ assignments: [], rest: 'available' });
    expect(await move(incident, liaison('water'), { move: 'report', text: '已排水' })).toEqual({ incident });
    expect(await move(incident, liaison('water'), { move: 'confirm', text: '' })).toMatchObject({
      refused: 'not_allowed',
    });
    expect(await move(incident, verifier, { move: 'confirm', text: '属实' })).toEqual({ incident });
    expect(await move(incident, chief, { move: 'close', code: 'resolved', text: '' })).toEqual({ incident });
    expect(await move(incident, chief, { move: 'evaluate', score: 95, lessons: '' })).toEqual({ incident });
    expect((await read(incident))?.state).toBe('evaluated');
    await desk.store.settled();
    const log = await desk.store.stream(chief, `incident/${incident}`);
    expect(log.map((event) => event.kind)).toContain('evaluationMade');
    expect(log.map((event) => event.version)).toEqual(log.map((_, index) => index + 1));
  });
});

describe('many at once', () => {
  it('twenty operators send the same unit: one wins, nineteen are told by whom', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never, callSign: '消0301' });
    const people = Array.from({ length: 20 }, (_, index) => ({
      ...actor(`op${index}`, 'call-taker', 'dispatcher'),
      name: `操作员${index}`,
    }));
    const incidents: string[] = [];
    for (const _ of people) incidents.push(await filedIncident());
    const answers = await Promise.all(people.map((by, index) => send(incidents[index]!, [unit], { by })));
    const won = answers.flatMap((answer, index) => (wasRefused(answer) ? [] : [index]));
    expect(won).toHaveLength(1);
    const winner = people[won[0]!]!;
    for (const answer of answers.filter(wasRefused))
      expect(answer).toMatchObject({
        refused: 'second_needs_confirmation',
        by: { id: winner.id, name: winner.name },
        subject: '消0301',
      });
    expect((await readUnit(unit))?.assignments).toHaveLength(1);
  });

  it('numbers of a day have no gap and no double', async () => {
    const before = Number((await read(await filedIncident()))!.number!.slice(-4));
    const made = await Promise.all(Array.from({ length: 15 }, () => filedIncident()));
    const numbers = await Promise.all(made.map(async (id) => Number((await read(id))!.number!.slice(-4))));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, index) => before + 1 + index));
  });

  it('one signal is filed once, the second operator is told where it went', async () => {
    const signal = randomUUID();
    await desk.putSignals({ id: signal as never });
    const open = () =>
      openIncident(desk.deps, ask(operator, { incident: randomUUID() as never, signals: [signal as never], facts }));
    const answers = await Promise.all([open(), open(), open()]);
    expect(answers.filter((answer) => !wasRefused(answer))).toHaveLength(1);
    for (const answer of answers.filter(wasRefused)) expect(answer.refused).toBe('already_attached');
  });
});

describe('repeating a command', () => {
  it('gets the first answer, a refusal too; other input with the same id is refused', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never });
    const incident = await filedIncident();
    const command = ask(operator, {
      incident: incident as never,
      command: { units: [unit as never], departments: [], text: '', confirmSecond: [] },
    });
    const first = await sendOrders(desk.deps, command);
    expect(await sendOrders(desk.deps, command)).toEqual(first);
    expect((await read(incident))?.orders).toHaveLength(1);
    const other = { ...command, input: { ...command.input, command: { ...command.input.command, text: '改' } } };
    expect(await sendOrders(desk.deps, other)).toMatchObject({ refused: 'command_conflict' });
  });
});

describe('timers', () => {
  it('an order that nobody answered is late, once, and an answered one never', async () => {
    const incident = await filedIncident();
    const sent = await send(incident, [], { departments: ['water', 'police'] });
    if (wasRefused(sent)) throw new Error(sent.refused);
    await move(incident, liaison('water'), { move: 'acknowledge', order: sent.orders[0] as never });
    desk.clock.now += 181_000;
    const due = (await desk.store.timers.claim(100)).filter(
      (timer) => timer.stream === `incident/${incident}` && timer.kind === 'order-unanswered',
    );
    expect(due).toHaveLength(2);
    for (const timer of due) {
      expect(await fireTimer(desk.deps, timer, system)).toEqual({ fired: true });
      expect(await fireTimer(desk.deps, timer, system)).toEqual({ fired: true }); // the first answer again, no second effect
    }
    expect((await read(incident))!.orders.map((order) => order.late)).toEqual([false, true]);
    await desk.store.settled();
    expect(
      (await desk.store.stream(chief, `incident/${incident}`)).filter((event) => event.kind === 'orderLate'),
    ).toHaveLength(1);
  });

  it('a suspended incident comes back by itself', async () => {
    const incident = await filedIncident();
    const until = desk.clock.now + 3_600_000;
    expect(await move(incident, chief, { move: 'suspend', until, reason: '等配件' })).toEqual({ incident });
    desk.clock.now = until + 1;
    for (const timer of await desk.store.timers.claim(100)) await fireTimer(desk.deps, timer, system);
    expect((await read(incident))?.state).toBe('filed');
  });
});

describe('merge, split, void, dismiss', () => {
  it('a split gives the signals back', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const source = await filedIncident(one);
    const target = await filedIncident(two);
    expect(
      await mergeIncidents(desk.deps, ask(operator, { source: source as never, target: target as never })),
    ).toEqual({ incident: target });
    expect(await readSignal(one)).toMatchObject({ incident: target });
    expect((await read(target))?.signals).toEqual([two, one]);
    expect(await splitIncident(desk.deps, ask(operator, { source: source as never, reason: '两处' }))).toEqual({
      incident: source,
    });
    expect(await readSignal(one)).toMatchObject({ incident: source });
    expect(await read(source)).toMatchObject({ state: 'filed', signals: [one] });
    expect((await read(target))?.signals).toEqual([two]);
  });

  it('voiding opens the signals again; a dismissal needs a reason', async () => {
    const signal = randomUUID();
    const incident = await filedIncident(signal);
    expect(await voidIncident(desk.deps, ask(operator, { incident: incident as never, reason: '误' }))).toMatchObject({
      refused: 'not_allowed',
    });
    expect(await voidIncident(desk.deps, ask(chief, { incident: incident as never, reason: '误报' }))).toEqual({
      incident,
    });
    expect(await readSignal(signal)).toMatchObject({ state: 'open', incident: null });
    expect(await dismissSignal(desk.deps, ask(operator, { signal: signal as never, reason: ' ' }))).toMatchObject({
      refused: 'reason_missing',
    });
    expect(await dismissSignal(desk.deps, ask(operator, { signal: signal as never, reason: '重复' }))).toEqual({
      signal,
    });
    expect(await readSignal(signal)).toMatchObject({ state: 'dismissed', dismissedReason: '重复' });
  });

  it('returning the only order puts the incident back to filed and frees the unit', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never });
    const incident = await filedIncident();
    const sent = await send(incident, [unit]);
    if (wasRefused(sent)) throw new Error(sent.refused);
    const command = { order: sent.orders[0] as never, end: 'returned' as const, reason: '故障' };
    expect(await endOrder(desk.deps, ask(operator, { incident: incident as never, command }))).toEqual({ incident });
    expect((await read(incident))?.state).toBe('filed');
    expect((await readUnit(unit))?.assignments).toEqual([]);
  });
});
