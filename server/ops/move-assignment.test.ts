import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wasRefused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import { actor, chief, operator } from '@/server/domain/testing/samples.ts';
import { fireTimer } from './fire-timer.ts';
import { moveAssignment } from './move-assignment.ts';
import { openIncident } from './open-incident.ts';
import { sendOrders } from './send-orders.ts';
import { swapAssignments } from './swap-assignments.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const facts = { title: null, text: null, kind: null, place: null, priority: null };
const read = (id: string) => desk.store.read(operator, async (tx) => (await tx.find('incident', id))!.state);
const readUnit = (id: string) => desk.store.read(operator, async (tx) => (await tx.find('unit', id))!.state);
const slots = (...units: string[]) =>
  desk.store.read(system, (tx) =>
    tx.query<{ unit_id: string; slot: number; incident_id: string }>(
      'select unit_id, slot, incident_id from unit_slot where unit_id = any($1::text[]) order by unit_id, slot',
      [units],
    ),
  );

async function filed(): Promise<string> {
  const [signal, incident] = [randomUUID(), randomUUID()];
  await desk.putSignals({ id: signal as never });
  const answer = await openIncident(
    desk.deps,
    ask(operator, { incident: incident as never, signals: [signal as never], facts }),
  );
  if (wasRefused(answer)) throw new Error(answer.refused);
  return incident;
}
async function engaged(unit: string, incident: string): Promise<string> {
  const command = { units: [unit as never], departments: [], text: '', confirmSecond: [unit as never] };
  const answer = await sendOrders(desk.deps, ask(operator, { incident: incident as never, command }));
  if (wasRefused(answer)) throw new Error(answer.refused);
  return (await read(incident)).assignments.at(-1)!.id;
}
const move = (incident: string, assignment: string, to: string, by: Actor = operator) =>
  moveAssignment(
    desk.deps,
    ask(by, { incident: incident as never, assignment: assignment as never, to: to as never, text: '', reason: '' }),
  );
const placed = (incident: string, assignment: string) => ({
  incident: incident as never,
  assignment: assignment as never,
});

describe('an assignment moved', () => {
  it('is in both logs, and the slot goes with it', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never, callSign: '消1201' });
    const [from, to] = [await filed(), await filed()];
    const assignment = await engaged(unit, from);
    expect(await move(from, assignment, to)).toEqual({ from, to, unit });
    expect(await slots(unit)).toEqual([{ unit_id: unit, slot: 1, incident_id: to }]);
    expect((await readUnit(unit)).assignments).toMatchObject([{ incident: to, state: 'assigned' }]);
    await desk.store.settled();
    const kinds = async (id: string) => (await desk.store.stream(chief, `incident/${id}`)).map(({ kind }) => kind);
    expect((await kinds(from)).slice(-3)).toEqual(['assignmentEnded', 'orderEnded', 'incidentMoved']);
    expect((await kinds(to)).slice(-2)).toEqual(['orderSent', 'incidentMoved']);
  });

  it('has an acknowledgement clock at the new incident only', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never });
    const [from, to] = [await filed(), await filed()];
    await move(from, await engaged(unit, from), to);
    desk.clock.now += 61_000;
    for (const timer of await desk.store.timers.claim(100)) await fireTimer(desk.deps, timer, system);
    expect((await read(from)).orders.map((order) => order.late)).toEqual([false]);
    expect((await read(to)).orders.map((order) => order.late)).toEqual([true]);
  });

  it('two operators at once: one wins, the other is told by whom, and nothing is half done', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never, callSign: '消1202' });
    const from = await filed();
    const assignment = await engaged(unit, from);
    const people = Array.from({ length: 6 }, (_, index) => ({
      ...actor(`op${index}`, 'dispatcher'),
      name: `操作员${index}`,
    }));
    const targets = await Promise.all(people.map(() => filed()));
    const answers = await Promise.all(people.map((by, index) => move(from, assignment, targets[index]!, by)));
    const won = answers.flatMap((answer, index) => (wasRefused(answer) ? [] : [index]));
    expect(won).toHaveLength(1);
    const winner = people[won[0]!]!;
    for (const answer of answers.filter(wasRefused))
      expect(answer).toMatchObject({
        refused: 'unit_taken',
        by: { id: winner.id, name: winner.name },
        subject: '消1202',
      });
    expect(await slots(unit)).toEqual([{ unit_id: unit, slot: 1, incident_id: targets[won[0]!] }]);
    const others = targets.filter((_, index) => index !== won[0]);
    for (const other of others) expect((await read(other)).orders).toEqual([]);
  });

  it('against a second assignment sent at the same moment, both slots hold', async () => {
    const unit = randomUUID();
    await desk.putUnits({ id: unit as never });
    const [from, to, third] = [await filed(), await filed(), await filed()];
    const assignment = await engaged(unit, from);
    await Promise.all([move(from, assignment, to), engaged(unit, third)]);
    expect((await slots(unit)).map((row) => row.slot)).toEqual([1, 2]);
    expect(new Set((await slots(unit)).map((row) => row.incident_id))).toEqual(new Set([to, third]));
  });
});

describe('two units swapped', () => {
  it('both or neither, also when two operators swap the same pair', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await desk.putUnits({ id: one as never }, { id: other as never });
    const [a, b] = [await filed(), await filed()];
    const [atA, atB] = [await engaged(one, a), await engaged(other, b)];
    const swap = (first: boolean) =>
      swapAssignments(
        desk.deps,
        ask(operator, {
          one: first ? placed(a, atA) : placed(b, atB),
          other: first ? placed(b, atB) : placed(a, atA),
          text: '',
          reason: '',
        }),
      );
    const answers = await Promise.all([swap(true), swap(false)]);
    expect(answers.filter((answer) => !wasRefused(answer))).toHaveLength(1);
    expect(new Map((await slots(one, other)).map((row) => [row.unit_id, row.incident_id]))).toEqual(
      new Map([
        [one, b],
        [other, a],
      ]),
    );
    expect((await read(a)).state).toBe('dispatched');
    expect((await read(b)).assignments.map((held) => held.state).sort()).toEqual(['assigned', 'reassigned']);
  });
});
