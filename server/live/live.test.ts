import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCellGrid, mercatorX, mercatorY, nanjingGrid } from '@/server/wire/cell-grid.ts';
import { decodeFrames, freshnessCode, freshnessOfByte, statusOfByte } from '@/server/wire/frame.ts';
import { believedAt, freshnessAt } from './freshness.ts';
import { createLatestState, type LiveUpdate } from './latest-state.ts';
import { createStrangers } from './strangers.ts';
import { createTicker } from './tick.ts';
import { createUnitFollower } from './unit-follower.ts';

const t0 = 1_700_000_000_000;
const everyone = { key: 'all', sees: () => true };
const grid = createCellGrid(nanjingGrid);

const fix = (unit: string, more: Partial<LiveUpdate> = {}): LiveUpdate => ({
  unit,
  source: 'a',
  scope: 'police',
  lonLat: [118.78, 32.04],
  headingDeg: 90,
  speedMps: 10,
  sourceAt: t0,
  receivedAt: t0,
  expectedIntervalS: 30,
  ...more,
});
const setUp = () => {
  const state = createLatestState(grid);
  return { state, ticker: createTicker(state) };
};
const unitsIn = (bytes: Uint8Array) => {
  const frames = decodeFrames(bytes);
  if ('fault' in frames || frames[0]?.type !== 'cell') throw new Error('no cell frame');
  return [...frames[0].slots];
};

describe('latest state', () => {
  it('never moves a marker back: a late one and a backfill are older', () => {
    const { state } = setUp();
    state.update(fix('u', { sourceAt: t0 }));
    const late = state.update(fix('u', { sourceAt: t0 - 1, receivedAt: t0 + 1_000, lonLat: [118.9, 32.1] }));
    expect(late.outcome).toBe('older');
    expect(state.detail([late.slot!], t0)[0]!.lonLat![0]).toBeCloseTo(118.78, 9);
  });

  it('shows the newest of several sources and keeps each to its own order', () => {
    const { state } = setUp();
    expect(state.update(fix('u', { source: 'gps', sourceAt: t0 })).outcome).toBe('shown');
    expect(state.update(fix('u', { source: 'radio', sourceAt: t0 - 5_000 })).outcome).toBe('behind');
    expect(state.update(fix('u', { source: 'radio', sourceAt: t0 - 6_000 })).outcome).toBe('older');
    expect(state.update(fix('u', { source: 'radio', sourceAt: t0 + 1, receivedAt: t0 + 1 })).outcome).toBe('shown');
    expect(state.detail([0], t0)[0]!.source).toBe('radio');
  });

  it('ends the same whatever the order of arrival', () => {
    const arrivals = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 1_000 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(arrivals, (list) => {
        const { state } = setUp();
        const newest = new Map<number, number>();
        for (const [unit, at] of list) {
          const lonLat: [number, number] = [118.5 + at / 2_000, 32];
          state.update(fix(`u${unit}`, { sourceAt: t0 + at, receivedAt: t0 + 1_000, lonLat }));
          newest.set(unit, Math.max(newest.get(unit) ?? 0, at));
        }
        for (const [unit, at] of newest) {
          const [detail] = state.detail([state.slotOf(`u${unit}`)!], t0);
          expect(detail!.observedAt).toBe(t0 + at);
          expect(detail!.lonLat![0]).toBeCloseTo(118.5 + at / 2_000, 9);
        }
      }),
    );
  });

  it('keeps the last position and lets it grow old when there is no fix', () => {
    const { state } = setUp();
    state.update(fix('u'));
    const answer = state.update(fix('u', { lonLat: null, sourceAt: t0 + 60_000, receivedAt: t0 + 60_000 }));
    expect(answer.outcome).toBe('no-fix');
    expect(state.detail([0], t0 + 60_000)[0]).toMatchObject({ ageMs: 60_000 });
  });

  it('does not believe a clock that runs ahead', () => {
    const { state } = setUp();
    state.update(fix('u', { sourceAt: t0 + 3_600_000, receivedAt: t0 }));
    expect(state.update(fix('u', { sourceAt: t0 + 1_000, receivedAt: t0 + 1_000 })).outcome).toBe('shown');
    expect(believedAt(t0 + 4_000, t0)).toBe(t0);
    expect(believedAt(null, t0)).toBe(t0);
  });

  it('gives a freed slot to somebody else last, and says so', () => {
    const state = createLatestState(grid, 3);
    for (const unit of ['a', 'b', 'c']) state.update(fix(unit));
    expect(state.update(fix('d')).outcome).toBe('full');
    state.remove(1);
    state.remove(0);
    state.takeSlotChanges();
    expect(state.update(fix('d')).slot).toBe(1);
    expect(state.takeSlotChanges()).toEqual([{ slot: 1, unit: 'd', scope: 'police' }]);
    expect(state.slotOf('b')).toBeNull();
    expect(state.counts.full).toBe(1);
  });

  it('finds the nearest as brute force does, inside the city and outside', () => {
    const place = fc.tuple(
      fc.double({ min: 117.5, max: 120, noNaN: true }),
      fc.double({ min: 30.5, max: 33, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 200 }), place, (units, from) => {
        const { state } = setUp();
        units.forEach((lonLat, k) => {
          state.update(fix(`u${k}`, { lonLat, statusCode: k % 3 }));
        });
        const found = state.nearest(from, { count: 10, accept: (_slot, _freshness, status) => status === 1 });
        const brute = units
          .map(([lon, lat], k) => ({
            k,
            d: (mercatorX(lon) - mercatorX(from[0])) ** 2 + (mercatorY(lat) - mercatorY(from[1])) ** 2,
          }))
          .filter(({ k }) => k % 3 === 1)
          .sort((a, b) => a.d - b.d)
          .slice(0, 10);
        const distanceOf = (k: number) =>
          (mercatorX(units[k]![0]) - mercatorX(from[0])) ** 2 + (mercatorY(units[k]![1]) - mercatorY(from[1])) ** 2;
        expect(found.map(({ unit }) => distanceOf(Number(unit.slice(1))))).toEqual(brute.map(({ d }) => d));
      }),
      { numRuns: 60 },
    );
  });
});

describe('freshness', () => {
  it('goes from fresh to late to stale within two heartbeats, and claims nothing without an interval', () => {
    const at = (age: number, interval = 30_000) => freshnessAt(t0 + age, t0, interval);
    expect(at(0)).toBe(freshnessCode.fresh);
    expect(at(45_000)).toBe(freshnessCode.fresh);
    expect(at(45_001)).toBe(freshnessCode.late);
    expect(at(60_000)).toBe(freshnessCode.late);
    expect(at(60_001)).toBe(freshnessCode.stale);
    expect(at(10, 0)).toBe(freshnessCode.unknown);
    expect(at(2_500, 1_000)).toBe(freshnessCode.fresh);
    expect(at(6_001, 1_000)).toBe(freshnessCode.stale);
  });

  it('a change of it makes the cell dirty, passing time alone does not', () => {
    const { state, ticker } = setUp();
    const { slot } = state.update(fix('u'));
    expect(ticker.tick(t0).dirty.length).toBe(1);
    expect(ticker.tick(t0 + 10_000).dirty).toEqual([]);
    expect(ticker.tick(t0 + 50_000).dirty.length).toBe(1);
    expect(freshnessOfByte(state.columns.status[slot!]!)).toBe(freshnessCode.late);
    expect(ticker.tick(t0 + 70_000).dirty.length).toBe(1);
    expect(freshnessOfByte(state.columns.status[slot!]!)).toBe(freshnessCode.stale);
  });
});

describe('tick', () => {
  it('folds many updates of a unit into one, the newest', () => {
    const { state, ticker } = setUp();
    for (let k = 0; k < 100; k++) state.update(fix('u', { sourceAt: t0 + k, receivedAt: t0 + k, statusCode: k % 13 }));
    const { dirty } = ticker.tick(t0);
    expect(dirty.length).toBe(1);
    const frames = decodeFrames(ticker.frames.cell(dirty[0]!, everyone, ticker.last));
    if ('fault' in frames || frames[0]?.type !== 'cell') throw new Error();
    expect(frames[0].count).toBe(1);
    expect(statusOfByte(frames[0].status[0]!)).toBe(99 % 13);
  });

  it('a parked unit that reports the same again costs nothing', () => {
    const { state, ticker } = setUp();
    state.update(fix('u'));
    ticker.tick(t0);
    state.update(fix('u', { sourceAt: t0 + 500, receivedAt: t0 + 500 }));
    expect(ticker.tick(t0 + 500).dirty).toEqual([]);
  });

  it('a move makes both cells dirty; the old one is sent without the unit', () => {
    const { state, ticker } = setUp();
    state.update(fix('u'));
    const [from] = ticker.tick(t0).dirty;
    state.update(fix('u', { sourceAt: t0 + 1, receivedAt: t0 + 1, lonLat: [118.9, 32.1] }));
    const { dirty } = ticker.tick(t0 + 1);
    expect(dirty.length).toBe(2);
    expect(unitsIn(ticker.frames.cell(from!, everyone, ticker.last))).toEqual([]);
  });

  it('encodes a cell once for a viewer class, and each class sees only what it may', () => {
    const { state, ticker } = setUp();
    state.update(fix('p', { scope: 'police' }));
    state.update(fix('f', { scope: 'fire' }));
    const [cell] = ticker.tick(t0).dirty;
    const firemen = { key: 'fire', sees: (scope: string) => scope === 'fire' };
    const first = ticker.frames.cell(cell!, everyone, ticker.last);
    expect(ticker.frames.cell(cell!, everyone, ticker.last)).toBe(first);
    expect(unitsIn(first).sort()).toEqual([0, 1]);
    expect(unitsIn(ticker.frames.cell(cell!, firemen, ticker.last))).toEqual([state.slotOf('f')]);
    expect(ticker.frames.encoded).toBe(2);
  });

  it('counts a cell by status class for far zoom', () => {
    const { state, ticker } = setUp();
    state.update(fix('a', { statusCode: 0 }));
    state.update(fix('b', { statusCode: 3 }));
    state.update(fix('c', { statusCode: 12 }));
    state.update(fix('d', { statusCode: 31, expectedIntervalS: null }));
    const { dirty } = ticker.tick(t0);
    const frames = decodeFrames(ticker.frames.totals(dirty, everyone, ticker.last));
    if ('fault' in frames || frames[0]?.type !== 'totals') throw new Error();
    expect(frames[0].totals[0]).toMatchObject({ cell: dirty[0], counts: [1, 1, 1, 1], notFresh: 1 });
  });
});

describe('unit follower', () => {
  it('gives a registered unit the slot of its own, and its terminal no second marker', async () => {
    const { state } = setUp();
    const terminal = state.update(fix('jt808/0139', { scope: 'police' })).slot!;
    const unit = {
      id: 'unit-7',
      subject: { scheme: 'jt808', key: '0139' },
      department: 'police',
      district: null,
      rest: 'available',
      emergencySince: null,
      assignments: [],
    };
    const sealed = { upTo: 1, tell: (_upTo: number): void => undefined };
    const follower = createUnitFollower({
      state,
      sealedUpTo: () => sealed.upTo,
      onSealed: (listener) => {
        sealed.tell = listener;
        return () => undefined;
      },
      changes: async () => ({ changes: [{ type: 'unit', id: 'unit-7', body: unit }] }),
      units: async () => ({ position: 1, units: [] }),
      onError: (error) => {
        throw error;
      },
    });
    await follower.start();
    expect(follower.unitOf('jt808', '0139')).toBeNull();
    sealed.upTo = 2;
    sealed.tell(2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(follower.unitOf('jt808', '0139')).toBe(unit);
    expect(state.unitOf(terminal)).toBeNull();
    expect(state.slotOf('unit-7')).not.toBeNull();
  });
});

describe('terminals that nobody has registered', () => {
  it('share so many places: whoever makes up thousands takes none from the units', () => {
    const { state } = setUp();
    const strangers = createStrangers(state, 100);
    state.update(fix('unit'));
    for (let index = 0; index < 5_000; index += 1) {
      strangers.seen(`jt808/${index}`);
      state.update(fix(`jt808/${index}`));
      if (index % 50 === 0) {
        strangers.seen('jt808/0');
        state.update(fix('jt808/0'));
      }
    }
    expect([strangers.size, state.size]).toEqual([100, 101]);
    expect(state.slotOf('unit')).not.toBeNull();
    expect(state.slotOf('jt808/0')).not.toBeNull();
    expect(state.slotOf('jt808/1')).toBeNull();
  });
});
