import { describe, expect, it } from 'vitest';
import { someUnit } from '@/server/domain/testing/samples.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { boardRows, countUnits, groupUnits, noFilter, sinceOf, standingOf } from './unit-board.ts';

const at = (since: number, slot: 1 | 2 = 1) =>
  ({ id: 'a', order: 'o', incident: 'i', slot, state: 'enRoute', since }) as unknown as Unit['assignments'][number];
const units = [
  someUnit('free'),
  someUnit('busy', { assignments: [at(5)], kind: 'ambulance', department: 'health' }),
  someUnit('off', { rest: 'offDuty', department: null }),
  someUnit('sos', { emergencySince: 9, assignments: [at(5)] }),
  someUnit('back', { rest: 'returning' }),
];
const named = (unit: Unit) => unit.callSign;
const ids = (rows: readonly Unit[]) => rows.map((one) => one.id);

describe('the status board', () => {
  it('puts first whoever needs a person', () => {
    expect(ids(boardRows(units, noFilter, named))).toEqual(['sos', 'busy', 'free', 'back', 'off']);
    expect(units.map(standingOf)).toEqual(['free', 'engaged', 'off', 'emergency', 'free']);
  });

  it('counts by department and by kind', () => {
    expect(countUnits(units)).toEqual({ all: 5, emergency: 1, engaged: 1, free: 2, off: 1 });
    expect(groupUnits(units, 'department').map(({ code, counts }) => [code, counts.all])).toEqual([
      ['police', 3],
      ['-', 1],
      ['health', 1],
    ]);
    expect(groupUnits(units, 'kind').map(({ code }) => code)).toEqual(['patrol-car', 'ambulance']);
  });

  it('filters by department, kind, standing and words', () => {
    expect(ids(boardRows(units, { ...noFilter, department: '-' }, named))).toEqual(['off']);
    expect(ids(boardRows(units, { ...noFilter, kind: 'ambulance' }, named))).toEqual(['busy']);
    expect(ids(boardRows(units, { ...noFilter, standing: 'free' }, named))).toEqual(['free', 'back']);
    expect(ids(boardRows(units, { ...noFilter, text: 'SO' }, named))).toEqual(['sos']);
  });

  it('says since when, by the primary assignment', () => {
    expect(sinceOf(someUnit('x', { assignments: [at(7, 2), at(3, 1)] }))).toBe(3);
    expect(sinceOf(units[3]!)).toBe(9);
    expect(sinceOf(units[0]!)).toBeNull();
  });
});
