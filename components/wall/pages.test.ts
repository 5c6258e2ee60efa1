import { expect, it } from 'vitest';
import { pageAt, pageCount, pageOf } from './pages.ts';

it('shows every row once in one round', () => {
  const rows = Array.from({ length: 11 }, (_, at) => at);
  const pages = pageCount(rows.length, 4);
  expect(pages).toBe(3);
  expect(Array.from({ length: pages }, (_, turn) => pageOf(rows, pageAt(turn, pages), 4)).flat()).toEqual(rows);
});

it('goes round in both directions, and an empty list has one empty page', () => {
  expect([pageAt(3, 3), pageAt(-1, 3), pageAt(7, 1)]).toEqual([0, 2, 0]);
  expect([pageCount(0, 5), pageOf([], 0, 5)]).toEqual([1, []]);
});

it('never divides by a page without room', () => {
  expect([pageCount(3, 0), pageOf([1, 2, 3], 1, 0)]).toEqual([3, [2]]);
});
