import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLatestState } from '@/server/live/latest-state.ts';
import { createTicker } from '@/server/live/tick.ts';
import { createCellGrid, mercatorX, mercatorY, metresPerWorld, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { freshnessCode } from '@/server/wire/frame.ts';
import { lookedAt, sameLook } from './looked-at.ts';
import { createScatter } from './scatter.ts';

const grid = createCellGrid(nanjingGrid);
const everyone = { key: 'all', sees: () => true };
const t0 = 1_700_000_000_000;

type Step = { unit: number; lon: number; lat: number } | { gone: number } | 'tick' | 'skip' | 'again';
const steps = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        unit: fc.nat(30),
        lon: fc.double({ min: 118.7, max: 118.74, noNaN: true }),
        lat: fc.double({ min: 32, max: 32.03, noNaN: true }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ gone: fc.nat(30) }) },
    { weight: 3, arbitrary: fc.constantFrom('tick' as const, 'skip' as const, 'again' as const) },
  ),
  { maxLength: 200 },
);

describe('scatter', () => {
  it('ends equal to the server whatever moved, left, was skipped or sent again', () => {
    fc.assert(
      fc.property(steps, (list: Step[]) => {
        const state = createLatestState(grid);
        const ticker = createTicker(state);
        const scatter = createScatter(grid);
        const missed = new Set<number>();
        let at = t0;
        const check = (): void => {
          const alive = new Set<number>();
          for (const { slot } of state.slotTable()) {
            alive.add(slot);
            const metres = metresPerWorld(32);
            const dx = scatter.columns.x[slot]! + grid.originX - state.slots.x[slot]!;
            const dy = scatter.columns.y[slot]! + grid.originY - state.slots.y[slot]!;
            expect(Math.hypot(dx, dy) * metres).toBeLessThan(0.1);
          }
          const shown = new Set<number>();
          for (let slot = 0; slot < scatter.columns.capacity; slot++)
            if (scatter.columns.alive[slot] === 1) shown.add(slot);
          expect(shown).toEqual(alive);
        };
        const tick = (how: 'tick' | 'skip' | 'again'): void => {
          const { dirty } = ticker.tick(++at);
          if (how === 'skip') {
            for (const cell of dirty) missed.add(cell);
            return;
          }
          const cells = [...new Set([...dirty, ...missed])];
          missed.clear();
          const message = Buffer.concat(cells.map((cell) => ticker.frames.cell(cell, everyone, ticker.last)));
          expect('fault' in scatter.take(new Uint8Array(message))).toBe(false);
          if (how === 'again') scatter.take(new Uint8Array(message));
          check();
        };
        for (const step of list) {
          at++;
          if (typeof step === 'string') tick(step);
          else if ('gone' in step) {
            const slot = state.slotOf(`u${step.gone}`);
            if (slot !== null) state.remove(slot);
          } else
            state.update({
              unit: `u${step.unit}`,
              source: 's',
              scope: 'p',
              lonLat: [step.lon, step.lat],
              headingDeg: null,
              speedMps: null,
              sourceAt: at,
              receivedAt: at,
              expectedIntervalS: 30,
            });
        }
        tick('tick');
      }),
      { numRuns: 60 },
    );
  });

  const one = (lonLat: [number, number]) => {
    const state = createLatestState(grid);
    const ticker = createTicker(state);
    state.update({
      unit: 'u',
      source: 's',
      scope: 'p',
      lonLat,
      headingDeg: 10,
      speedMps: null,
      sourceAt: t0,
      receivedAt: t0,
      expectedIntervalS: 30,
    });
    const [cell] = ticker.tick(t0).dirty;
    return { cell: cell!, bytes: ticker.frames.cell(cell!, everyone, ticker.last), ticker };
  };

  it('drops the units of cells that are out of view, and takes none of theirs', () => {
    const { cell, bytes } = one([118.78, 32.04]);
    const scatter = createScatter(grid);
    scatter.take(bytes);
    expect(scatter.columns.alive[0]).toBe(1);
    scatter.look(new Set([cell + 1]));
    expect(scatter.columns.alive[0]).toBe(0);
    scatter.take(bytes);
    expect(scatter.columns.alive[0]).toBe(0);
  });

  it('a reset voids what was known', () => {
    const { bytes, ticker } = one([118.78, 32.04]);
    const scatter = createScatter(grid);
    scatter.take(bytes);
    scatter.take(ticker.frames.reset({ tick: 1, timeMs: t0 }));
    expect([scatter.columns.alive[0], scatter.high]).toEqual([0, 0]);
  });

  it('fades: with the link gone nothing looks fresh', () => {
    const scatter = createScatter(grid);
    scatter.take(one([118.78, 32.04]).bytes);
    expect(scatter.columns.freshness[0]).toBe(freshnessCode.fresh);
    scatter.fade();
    expect(scatter.columns.freshness[0]).toBe(freshnessCode.stale);
  });

  it('grows with the slots', () => {
    const state = createLatestState(grid);
    for (let k = 0; k < 5_000; k++)
      state.update({
        unit: `u${k}`,
        source: 's',
        scope: 'p',
        lonLat: [118.7, 32],
        headingDeg: null,
        speedMps: null,
        sourceAt: t0,
        receivedAt: t0,
        expectedIntervalS: 30,
      });
    const ticker = createTicker(state);
    const [cell] = ticker.tick(t0).dirty;
    const scatter = createScatter(grid);
    scatter.take(ticker.frames.cell(cell!, everyone, ticker.last));
    expect([scatter.columns.capacity, scatter.high]).toEqual([8_192, 5_000]);
    const metres = metresPerWorld(32);
    expect(Math.abs(scatter.columns.x[4_999]! + grid.originX - mercatorX(118.7)) * metres).toBeLessThan(0.1);
    expect(Math.abs(scatter.columns.y[4_999]! + grid.originY - mercatorY(32)) * metres).toBeLessThan(0.1);
  });
});

describe('looked at', () => {
  it('is the cells of the view with a rim, the city when it is most of it, nothing without bounds', () => {
    const near = lookedAt(grid, { mode: 'cells', bounds: [118.77, 32.03, 118.8, 32.05] });
    expect(near.mode).toBe('cells');
    expect(near.cells.length).toBeGreaterThanOrEqual(12);
    expect(near.cells.length).toBeLessThan(30);
    expect(lookedAt(grid, { mode: 'cells', bounds: [118, 31, 120, 33] })).toEqual({ mode: 'city', cells: [] });
    expect(lookedAt(grid, { mode: 'cells', bounds: null })).toEqual({ mode: 'none', cells: [] });
    expect(sameLook(near, { ...near, cells: [...near.cells] })).toBe(true);
  });
});
