import { describe, expect, it } from 'vitest';
import { applyDepartment, type Department, type DepartmentEvent, isPresent } from './presence.ts';
import { decideSeat, type SeatCommand } from './presence-decide.ts';
import { wasRefused } from './refusal.ts';
import type { Actor } from './role.ts';
import { chief, context, liaison, operator } from './testing/samples.ts';

const seat = 'water-1' as Department['seats'][number]['id'];
const vacant = applyDepartment(null, {
  kind: 'departmentRegistered',
  content: {
    department: {
      id: 'water' as Department['id'],
      stationed: true,
      seats: [{ id: seat, name: '水务 1', state: 'vacant', liaison: null, since: null, backBy: null, note: null }],
    },
  },
});
const decide = (of: Department, command: SeatCommand, by: Actor) => decideSeat(of, command, context(by, 1_000));
function run(of: Department, command: SeatCommand, by: Actor): Department {
  const decided = decide(of, command, by);
  if (wasRefused(decided)) throw new Error(decided.refused);
  return decided.reduce<Department>((state, event: DepartmentEvent) => applyDepartment(state, event), of);
}

const first = liaison('water');
const second = { ...liaison('water'), id: 'second', name: '二' };
const taken = run(vacant, { move: 'take', seat }, first);

describe('stationing', () => {
  it('a liaison takes a seat of the own department; the department is present', () => {
    expect(isPresent(vacant)).toBe(false);
    expect(isPresent(taken)).toBe(true);
    expect(taken.seats[0]).toMatchObject({ state: 'present', liaison: { id: 'liaison-water' }, since: 1_000 });
  });

  it('away is not present, and comes back', () => {
    const away = run(taken, { move: 'away', seat, backBy: 5_000, note: '午餐' }, first);
    expect(isPresent(away)).toBe(false);
    expect(isPresent(run(away, { move: 'back', seat }, first))).toBe(true);
    expect(decide(taken, { move: 'away', seat, backBy: 1, note: null }, first)).toMatchObject({
      refused: 'date_in_past',
    });
  });

  it('another liaison relieves in one step; a third person cannot take it', () => {
    expect(decide(taken, { move: 'take', seat }, second)).toMatchObject({
      refused: 'seat_taken',
      by: { id: 'liaison-water' },
    });
    const relieved = run(taken, { move: 'relieve', seat }, second);
    expect(relieved.seats[0]!.liaison?.id).toBe('second');
    expect(decide(relieved, { move: 'leave', seat }, first)).toMatchObject({ refused: 'not_your_seat' });
  });

  it('nobody checks in for another department, or for somebody else', () => {
    for (const by of [liaison('fire'), operator, chief])
      expect(decide(vacant, { move: 'take', seat }, by)).toMatchObject({ refused: 'not_your_seat' });
  });

  it('the duty chief may check somebody out', () => {
    expect(isPresent(run(taken, { move: 'leave', seat }, chief))).toBe(false);
    expect(decide(taken, { move: 'leave', seat }, operator)).toMatchObject({ refused: 'not_your_seat' });
    expect(decide(vacant, { move: 'leave', seat }, chief)).toMatchObject({ refused: 'not_present' });
  });
});
