import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import type { OpenStore } from './open-store.ts';
import { readingPage, readingSeries, type SeriesName, type Span } from './reading-history.ts';
import type { ReadingRow } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

const now = Date.parse('2026-07-15T04:00:00Z');
const dayMs = 86_400_000;
const actor = systemActor('test');
let database: TestDatabase;
let store: OpenStore;
let days = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open({ clock: () => now + days * dayMs, retention: false });
});
afterAll(() => database.close());

const row = (subject: string, at: number, value: number | null, more: Partial<ReadingRow> = {}): ReadingRow => ({
  ...{ subject, property: 'Z', at, receivedAt: at + 500, value, unit: 'm', quality: 'good' },
  ...more,
});
const z = (subject: string): SeriesName[] => [{ subject, property: 'Z' }];
const series = (of: readonly SeriesName[], span: Span & { unit?: string | null }) =>
  store.read(actor, (tx) => readingSeries(tx, of, span));

describe('a series for a screen', () => {
  it('is whole while it is short, without what is no value', async () => {
    await store.history.appendReadings([
      row('s/1', now - 3_000, 1),
      row('s/1', now - 2_000, null, { quality: 'missing' }),
      row('s/1', now - 1_500, 99, { quality: 'bad' }),
      row('s/1', now - 1_000, 3, { quality: 'suspect' }),
      row('s/1', now - 1_000, 7, { property: 'Q' }),
    ]);
    expect(await series(z('s/1'), { from: now - 5_000, to: now })).toEqual({
      unit: 'm',
      widthMs: 0,
      at: [now - 3_000, now - 1_000],
      first: [now - 3_000, now - 1_000],
      last: [now - 3_000, now - 1_000],
      mean: [1, 3],
      low: [1, 3],
      high: [1, 3],
      count: [1, 1],
      doubtful: [0, 1],
      otherUnits: 0,
    });
    expect(await series(z('nobody'), { from: now - 5_000, to: now })).toMatchObject({ at: [], unit: null });
  });

  it('is drawn together from both names of a part', async () => {
    await store.history.appendReadings([
      row('h/1/icu-bed', now - 2_000, 4, { property: 'icu-bed', unit: '1' }),
      row('h/1', now - 1_000, 5, { property: 'icu-bed', unit: '1' }),
    ]);
    const names = ['h/1/icu-bed', 'h/1'].map((subject) => ({ subject, property: 'icu-bed' }));
    expect((await series(names, { from: now - 5_000, to: now })).mean).toEqual([4, 5]);
  });

  it('does not mix units: the one asked for, else the commonest', async () => {
    await store.history.appendReadings([
      row('u/1', now - 3_000, 1),
      row('u/1', now - 2_000, 150, { unit: 'cm' }),
      row('u/1', now - 1_000, 160, { unit: 'cm' }),
    ]);
    const span = { from: now - 5_000, to: now };
    expect(await series(z('u/1'), span)).toMatchObject({ unit: 'cm', mean: [150, 160], otherUnits: 1 });
    expect(await series(z('u/1'), { ...span, unit: 'm' })).toMatchObject({ unit: 'm', mean: [1], otherUnits: 2 });
  });

  it('never has more points than a screen can draw; peaks and gaps stay', async () => {
    const from = now - 7 * dayMs;
    const every = 60_000;
    const count = (7 * dayMs) / every;
    const silent = (at: number) => at > 4_000 && at < 4_600;
    const values = Array.from({ length: count }, (_, at) => row('long/1', from + at * every, at === 5_000 ? 50 : 1));
    await store.history.appendReadings(values.filter((_, at) => !silent(at)));
    const found = await series(z('long/1'), { from, to: now });
    expect(found.at.length).toBeLessThanOrEqual(1_100);
    expect(found.widthMs).toBe(11 * 60_000);
    expect(Math.max(...found.high)).toBe(50);
    expect(Math.max(...found.mean)).toBeLessThan(10);
    expect(found.count.reduce((sum, one) => sum + one, 0)).toBe(count - 599);
    const widest = found.first.slice(1).map((first, at) => first - found.last[at]!);
    expect(Math.max(...widest)).toBe(600 * every);
  }, 30_000);

  it('goes on where retention has thinned the days before', async () => {
    const old = now - 20 * dayMs;
    await store.history.appendReadings([row('thin/1', old, 2), row('thin/1', old + 1_000, 4), row('thin/1', now, 5)]);
    days = 15;
    await store.retain(now + days * dayMs);
    const found = await series(z('thin/1'), { from: now - 30 * dayMs, to: now });
    expect(found).toMatchObject({ mean: [3, 5], low: [2, 5], high: [4, 5], count: [2, 1] });
    days = 0;
  });
});

describe('rows for a file', () => {
  const all = async (of: readonly SeriesName[], most: number) => {
    const pages: number[][] = [];
    for (let from: number | null = now - 10_000; from !== null; ) {
      const page: Awaited<ReturnType<typeof readingPage>> = await store.read(actor, (tx) =>
        readingPage(tx, of, { from: from as number, to: now }, most),
      );
      pages.push([...page.observedAt]);
      from = page.next;
    }
    return pages;
  };

  it('come with both clocks, unit and quality, and with what is missing', async () => {
    await store.history.appendReadings([
      row('f/1', now - 2_000, 1),
      row('f/1', now - 1_000, null, { quality: 'missing', unit: null }),
    ]);
    expect(await store.read(actor, (tx) => readingPage(tx, z('f/1'), { from: now - 5_000, to: now }))).toEqual({
      property: ['Z', 'Z'],
      observedAt: [now - 2_000, now - 1_000],
      receivedAt: [now - 1_500, now - 500],
      value: [1, null],
      unit: ['m', null],
      quality: ['good', 'missing'],
      next: null,
    });
  });

  it('come in pages that lose and repeat nothing', async () => {
    const times = [9, 8, 8, 7, 6, 5, 5, 4].map((s) => now - s * 1_000);
    await store.history.appendReadings(times.map((at, index) => row('p/1', at, index)));
    for (const most of [3, 4, 7, 8, 100]) expect((await all(z('p/1'), most)).flat()).toEqual(times);
  });
});
