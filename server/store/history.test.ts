import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenStore } from './open-store.ts';
import { dayMs, periodOf, periodOfPartition } from './partitions.ts';
import type { PositionRow, ReadingRow } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

const start = Date.UTC(2026, 5, 30, 12);
let now = start;
let database: TestDatabase;
let store: OpenStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open({ clock: () => now });
});
afterAll(() => database.close());

const position = (subject: string, at: number, more: Partial<PositionRow> = {}): PositionRow => ({
  subject,
  at,
  receivedAt: at + 100,
  lon: 118.8,
  lat: 32.06,
  speedMps: 10,
  headingDeg: 90,
  accuracyM: 5,
  fixed: true,
  quality: 'good',
  ...more,
});
const reading = (at: number, value: number | null, more: Partial<ReadingRow> = {}): ReadingRow => ({
  subject: 'sl651/1',
  property: 'water-level',
  at,
  receivedAt: at,
  value,
  unit: 'm',
  quality: 'good',
  ...more,
});
const partitions = (table: string) =>
  database.asAdmin(async (client) =>
    (
      await client.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass order by 1`,
        [table],
      )
    ).rows.map((row) => row.name),
  );

describe('history', () => {
  it('keeps tracks and gives them as columns, in order of time', async () => {
    await store.history.appendPositions([
      position('a', now - 1_000, { headingDeg: null, lon: 118.1 }),
      position('a', now - 3_000, { lon: 118.3 }),
      position('b', now - 2_000),
    ]);
    const [a, none] = await store.history.tracks(['a', 'nobody'], now - 10_000, now);
    expect(a).toEqual({
      subject: 'a',
      resolution: 'full',
      at: [now - 3_000, now - 1_000],
      lon: [118.3, 118.1],
      lat: [32.06, 32.06],
      headingDeg: [90, null],
      speedMps: [10, 10],
    });
    expect(none).toMatchObject({ subject: 'nobody', at: [], lon: [] });
  });

  it('says where everybody was at a moment, and leaves out who was silent too long', async () => {
    await store.history.appendPositions([position('late', now - 400_000), position('old', now - 4_000_000)]);
    const found = await store.history.positionsAt(now - 1_500);
    expect(found.map((one) => [one.subject, one.at]).sort()).toEqual([
      ['a', now - 3_000],
      ['b', now - 2_000],
      ['late', now - 400_000],
    ]);
    expect((await store.history.positionsAt(now - 1_500, 60_000)).map((one) => one.subject).sort()).toEqual(['a', 'b']);
  });

  it('keeps readings, missing values too', async () => {
    await store.history.appendReadings([reading(now - 2_000, 3.1), reading(now - 1_000, null, { quality: 'missing' })]);
    expect(await store.history.series('sl651/1', 'water-level', now - 5_000, now)).toMatchObject({
      resolution: 'full',
      at: [now - 2_000, now - 1_000],
      value: [3.1, null],
    });
  });

  it('says what each series read last, none of it older than asked for', async () => {
    const line = (subject: string, property: string, age: number, value: number) =>
      reading(now - age, value, { subject, property });
    await store.history.appendReadings([
      line('last/1', 'Z', 5_000, 1),
      line('last/1', 'Z', 1_000, 2),
      line('last/1', 'Q', dayMs - 1_000, 3),
      line('last/1', 'VT', dayMs + 1_000, 4),
      line('last/2', 'Z', 2_000, 5),
    ]);
    const found = (await store.history.lastReadings(now - dayMs)).filter((one) => one.subject.startsWith('last/'));
    expect(found.map((one) => [one.subject, one.property, one.at, one.value])).toEqual([
      ['last/1', 'Q', now - dayMs + 1_000, 3],
      ['last/1', 'Z', now - 1_000, 2],
      ['last/2', 'Z', now - 2_000, 5],
    ]);
    expect(found[0]).toMatchObject({ unit: 'm', quality: 'good', receivedAt: now - dayMs + 1_000 });
  });

  it('takes a backfill of weeks ago, and counts what lies outside of what is kept', async () => {
    const before = store.health().historySkipped;
    await store.history.appendPositions([
      position('back', now - 20 * dayMs),
      position('back', now - 40 * dayMs),
      position('back', now + 2 * dayMs),
      position('back', 0),
    ]);
    expect(store.health().historySkipped - before).toBe(3);
    expect((await store.history.track('back', now - 25 * dayMs, now)).at).toEqual([now - 20 * dayMs]);
  });

  it('takes ten thousand rows in one call', async () => {
    await store.history.appendPositions(
      Array.from({ length: 10_000 }, (_, index) => position(`m${index % 100}`, now - index)),
    );
    expect((await store.history.track('m7', now - dayMs, now)).at).toHaveLength(100);
  });
});

describe('retention', () => {
  it('names periods by their UTC day, month or year', () => {
    expect(periodOf('day', Date.UTC(2026, 11, 31, 23, 59))).toEqual({
      name: '20261231',
      from: Date.UTC(2026, 11, 31),
      until: Date.UTC(2027, 0, 1),
    });
    expect(periodOf('month', Date.UTC(2026, 11, 31)).until).toBe(Date.UTC(2027, 0, 1));
    expect(periodOf('year', Date.UTC(2026, 6, 1))).toMatchObject({ name: '2026', from: Date.UTC(2026, 0, 1) });
    expect(periodOfPartition('position_minute', 'position_minute_p202602')).toEqual(
      periodOf('month', Date.UTC(2026, 1, 3)),
    );
    expect(periodOfPartition('position_minute', 'position_minute_p2026')).toBeNull();
    expect(periodOfPartition('event', 'event_p20260101')).toBeNull();
  });

  it('makes partitions ahead: midnight, the first of a month and of a year are nothing special', async () => {
    expect(await partitions('position_history')).toEqual(
      expect.arrayContaining([
        'position_history_p20260630',
        'position_history_p20260701',
        'position_history_p20260702',
      ]),
    );
    expect(await partitions('position_minute')).toEqual(['position_minute_p202606', 'position_minute_p202607']);
    expect(await partitions('reading_hour')).toEqual(['reading_hour_p2026', 'reading_hour_p2027']);
  });

  it('thins out what is older than thirty days to a row a minute, then an hour, then drops it', async () => {
    const minute = Math.floor((now - 5_000_000) / 60_000) * 60_000;
    await store.history.appendPositions([
      position('thin', minute + 1_000, { lon: 1 }),
      position('thin', minute + 59_000, { lon: 2 }),
      position('thin', minute + 61_000, { lon: 3 }),
    ]);
    await store.history.appendReadings([
      reading(minute, 1, { subject: 'thin' }),
      reading(minute + 30_000, 3, { subject: 'thin' }),
      reading(minute + 40_000, 99, { subject: 'thin', quality: 'bad' }),
      reading(minute + 60_000, 10, { subject: 'thin' }),
    ]);
    await store.raw.add([{ id: 'r', feed: 'f', receivedAt: now, bytes: Buffer.from([0, 255]) }]);

    now = start + 8 * dayMs;
    const week = await store.retain(now);
    expect(week.dropped).toContain('raw_message_p20260630');
    expect(week.dropped.filter((name) => name.startsWith('position_'))).toEqual([]);
    expect((await store.history.track('thin', minute, minute + 120_000)).at).toHaveLength(3);

    now = start + 32 * dayMs;
    const month = await store.retain(now);
    expect(month.dropped).toEqual(expect.arrayContaining(['position_history_p20260630', 'reading_history_p20260630']));
    expect(await store.history.track('thin', minute, minute + 120_000)).toMatchObject({
      resolution: 'minute',
      at: [minute, minute + 60_000],
      lon: [2, 3],
    });
    expect(await store.history.series('thin', 'water-level', minute, minute + 120_000)).toEqual({
      subject: 'thin',
      property: 'water-level',
      resolution: 'minute',
      at: [minute, minute + 60_000],
      value: [2, 10],
      low: [1, 10],
      high: [3, 10],
    });

    now = start + 400 * dayMs;
    expect((await store.retain(now)).dropped).toContain('position_minute_p202606');
    const hour = Math.floor(minute / 3_600_000) * 3_600_000;
    const hours = await store.history.series('thin', 'water-level', hour, hour + 3_600_000);
    expect(hours).toMatchObject({ resolution: 'hour' });
    const [mean] = hours.value;
    expect(mean).toBeCloseTo(minute + 60_000 < hour + 3_600_000 ? 14 / 3 : 2);
    expect((await store.history.track('thin', hour, hour + 7_200_000)).at[0]).toBe(hour);

    now = start + 7 * 366 * dayMs;
    expect((await store.retain(now)).dropped).toContain('position_hour_p2026');
    expect((await store.history.track('thin', hour, hour + 7_200_000)).at).toEqual([]);
  });

  it('leaves the records for ever, and the store working', async () => {
    await store.history.appendPositions([position('now', now)]);
    expect((await store.history.track('now', now - 1, now)).at).toEqual([now]);
    const use = await store.disk();
    expect(use.totalBytes).toBeGreaterThan(1_000_000);
    expect(use.tables.map((table) => table.name)).toContain('position_history');
  });

  it('forecasts by the last whole day, and not before there was one', async () => {
    await store.history.appendPositions([position('grown', now - dayMs)]);
    expect((await store.disk()).bytesPerDay).toBeGreaterThan(0);
    const later = now;
    now = Date.now();
    await store.history.appendPositions([position('grown', now - dayMs)]);
    expect((await store.disk()).bytesPerDay, 'installed today').toBe(0);
    now = later;
  });
});
