import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, chief, liaison } from '@/server/domain/testing/samples.ts';
import { cityDepartments } from '@/server/store/seed/seed-departments.ts';
import { changeSeat } from './change-seat.ts';
import { listSeatChanges } from './list-seat-changes.ts';
import { ask, openDesk, system } from './testing/desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk();
  await desk.store.command({ id: randomUUID(), name: 'put', actor: system, input: null }, async () => ({
    events: cityDepartments().map((department) => ({
      stream: `department/${department.id}`,
      kind: 'departmentRegistered',
      content: { department },
    })),
    answer: null,
  }));
});
afterAll(() => desk.close());

const move = async (by: string, department: string, command: Record<string, unknown>) => {
  desk.clock.now += 60_000;
  const who = by === 'chief' ? chief : liaison(department);
  const answer = await changeSeat(desk.deps, ask(who, { department, command } as never));
  expect(answer).toEqual({ department });
};

describe('changes of the seats', () => {
  it('come from all departments, newest first, with who and when; a registration is none', async () => {
    await move('liaison', 'water', { move: 'take', seat: 'water-1' });
    await move('liaison', 'police', { move: 'take', seat: 'police-1' });
    await move('liaison', 'water', { move: 'away', seat: 'water-1', backBy: desk.clock.now + 900_000, note: 'lunch' });
    await move('chief', 'police', { move: 'leave', seat: 'police-1' });
    await desk.store.settled();
    const changes = await listSeatChanges(desk.deps, chief, 10);
    expect(changes.map((of) => [of.department, of.event.kind, of.by])).toEqual([
      ['police', 'seatLeft', 'chief'],
      ['water', 'seatAway', 'liaison-water'],
      ['police', 'seatTaken', 'liaison-police'],
      ['water', 'seatTaken', 'liaison-water'],
    ]);
    expect(changes[0]?.at).toBe(desk.clock.now);
    expect(changes.map((of) => of.position)).toEqual(changes.map((of) => of.position).toSorted((a, b) => b - a));
    expect(changes[1]?.event.content).toMatchObject({ note: 'lunch', seat: 'water-1' });
  });

  it('are bounded, and hidden from whoever may not see departments', async () => {
    expect((await listSeatChanges(desk.deps, chief, 2)).map((of) => of.event.kind)).toEqual(['seatLeft', 'seatAway']);
    expect(await listSeatChanges(desk.deps, actor('approver', 'data-approver'), 10)).toEqual([]);
  });
});
