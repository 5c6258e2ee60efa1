import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from './assign.ts';

const of = (rows: number[][]) => {
  const columns = rows[0]?.length ?? 0;
  return [...assign(Float64Array.from(rows.flat()), rows.length, columns)];
};

/** Every way there is: most rows served first, then the least sum. */
function best(rows: number[][]): { served: number; cost: number } {
  let found = { served: 0, cost: 0 };
  const columns = rows[0]?.length ?? 0;
  const walk = (row: number, taken: number, served: number, cost: number) => {
    if (row === rows.length) {
      if (served > found.served || (served === found.served && cost < found.cost)) found = { served, cost };
      return;
    }
    walk(row + 1, taken, served, cost);
    for (let column = 0; column < columns; column++) {
      const own = rows[row]?.[column] ?? Infinity;
      if (taken & (1 << column) || own === Infinity) continue;
      walk(row + 1, taken | (1 << column), served + 1, cost + own);
    }
  };
  found.cost = Infinity;
  walk(0, 0, 0, 0);
  return found;
}

describe('assignment', () => {
  it('gives up the nearest for one where that serves both better', () => {
    expect(
      of([
        [1, 2],
        [1, 9],
      ]),
    ).toEqual([1, 0]);
  });

  it('leaves a row empty that nobody can serve, and serves as many as it can whatever that costs', () => {
    expect(
      of([
        [Infinity, Infinity],
        [1, 2],
      ]),
    ).toEqual([-1, 0]);
    expect(
      of([
        [1, Infinity],
        [1, 1_000_000],
      ]),
    ).toEqual([0, 1]);
    expect(of([[5], [3], [4]])).toEqual([-1, 0, -1]);
    expect(of([])).toEqual([]);
    expect([...assign(new Float64Array(0), 2, 0)]).toEqual([-1, -1]);
  });

  it('leaves the lighter row empty, whatever that costs', () => {
    const costs = Float64Array.from([1_000, 1]);
    expect([...assign(costs, 2, 1, Float64Array.from([3, 1]))]).toEqual([0, -1]);
    expect([...assign(costs, 2, 1)]).toEqual([-1, 0]);
  });

  it('is the best of all ways', () => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 50 }) },
      { weight: 1, arbitrary: fc.constant(Infinity) },
    );
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
          .chain(([rows, columns]) =>
            fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
          ),
        (rows) => {
          const chosen = of(rows);
          const taken = chosen.filter((column) => column !== -1);
          expect(new Set(taken).size).toBe(taken.length);
          const cost = chosen.reduce(
            (sum, column, row) => sum + (column === -1 ? 0 : (rows[row]?.[column] ?? Infinity)),
            0,
          );
          expect({ served: taken.length, cost }).toEqual(best(rows));
        },
      ),
      { numRuns: 500 },
    );
  });
});
