import { describe, expect, it } from 'vitest';
import { department } from '@/server/domain/presence.ts';
import { actor, chief, liaison } from '@/server/domain/testing/samples.ts';
import { possibleSeatMoves, seatMoves } from './seat-moves.ts';

const seat = (state: string, who: string | null) => ({
  id: 'water-1',
  name: '一席',
  state,
  liaison: who ? { id: who, name: who } : null,
  since: 5,
  backBy: null,
  note: null,
});
const of = (state: string, who: string | null) =>
  department.parse({ id: 'water', stationed: true, seats: [seat(state, who)] });
const moves = (state: string, who: string | null, by: ReturnType<typeof actor>) => {
  const water = of(state, who);
  return possibleSeatMoves(water, water.seats[0]!, { now: 10, actor: by });
};
const own = liaison('water');
const colleague = { ...actor('colleague', 'liaison'), department: 'water' };

describe('what is offered on a seat', () => {
  it.each([
    ['vacant', null, own, ['take']],
    ['present', own.id, own, ['away', 'leave']],
    ['away', own.id, own, ['back', 'leave']],
    ['present', own.id, colleague, ['relieve']],
    ['present', own.id, liaison('fire'), []],
    ['present', own.id, chief, ['leave']],
    ['vacant', null, chief, []],
  ])('%s seat of %s', (state, who, by, expected) => {
    expect(moves(state, who, by)).toEqual(expected);
  });

  it('says why the others are not', () => {
    const water = of('present', own.id);
    expect(seatMoves(water, water.seats[0]!, { now: 10, actor: colleague }).map(({ why }) => why)).toEqual([
      'seat_taken',
      'not_your_seat',
      'not_your_seat',
      null,
      'not_your_seat',
    ]);
  });
});
