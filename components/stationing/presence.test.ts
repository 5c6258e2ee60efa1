import { describe, expect, it } from 'vitest';
import { stationedDepartments } from '@/server/domain/department.ts';
import { department, type Seat } from '@/server/domain/presence.ts';
import { isOverdue, presenceOf, speaksFor, stationedOf, vacantSince } from './presence.ts';

const seat = (id: string, more: Partial<Record<keyof Seat, unknown>> = {}) => ({
  id,
  name: id,
  state: 'vacant',
  liaison: null,
  since: null,
  backBy: null,
  note: null,
  ...more,
});
const of = (id: string, seats: unknown[], stationed = true) => department.parse({ id, stationed, seats });
const who = { id: 'a', name: 'A' };

describe('presence of a department', () => {
  it('is present by one seat, away without one, else vacant', () => {
    const away = seat('1', { state: 'away', liaison: who, since: 10, backBy: 20 });
    const present = seat('2', { state: 'present', liaison: who, since: 5 });
    expect(presenceOf(of('water', [away, present]))).toBe('present');
    expect(presenceOf(of('water', [away, seat('2')]))).toBe('away');
    expect(presenceOf(of('water', [seat('1')]))).toBe('vacant');
    expect(speaksFor(of('water', [away, present]))?.id).toBe('2');
    expect(speaksFor(of('water', [away, seat('2')]))?.id).toBe('1');
    expect(speaksFor(of('water', [seat('1')]))).toBeNull();
  });

  it('says when somebody away is overdue', () => {
    const [away] = of('water', [seat('1', { state: 'away', liaison: who, since: 10, backBy: 20 })]).seats;
    expect([isOverdue(away!, 19), isOverdue(away!, 20)]).toEqual([false, true]);
  });

  it('is vacant since the last one left; since nobody knows when where nobody came', () => {
    expect(vacantSince(of('water', [seat('1', { since: 30 }), seat('2', { since: 40 })]))).toBe(40);
    expect(vacantSince(of('water', [seat('1')]))).toBeNull();
    expect(vacantSince(of('water', [seat('1', { state: 'present', liaison: who, since: 3 })]))).toBeNull();
  });

  it('lists the stationed ones only, in the order of the regulation', () => {
    const all = [of('fire', []), of('meteorology', [], false), of('police', [])];
    expect(stationedOf(all, stationedDepartments).map((one) => one.id)).toEqual(['police', 'fire']);
  });
});
