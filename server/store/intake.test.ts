import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import type { OpenStore } from './open-store.ts';
import { keepByLaw } from './retention.ts';
import type { NewQuarantined } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import { actor } from './testing/records.ts';

const chief = actor('duty-chief');
const machine = systemActor('test');
let now = Date.UTC(2026, 5, 1);
let database: TestDatabase;
let store: OpenStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open({ clock: () => now });
});
afterAll(() => database.close());

const bad = (id: string, more: Partial<NewQuarantined> = {}): NewQuarantined => ({
  id,
  feed: 'cap',
  protocol: 'cap',
  receivedAt: now,
  reason: 'syntax',
  offset: 3,
  detail: 'not well-formed',
  bytes: Buffer.from([0, 1, 255]),
  source: '10.0.0.1',
  ...more,
});

describe('quarantine', () => {
  it('keeps the bytes and the reason, counts, and can be marked as decoded once', async () => {
    await store.quarantine.add([
      bad('a'),
      bad('b', { reason: 'truncated', offset: null, source: null, receivedAt: now + 1 }),
      bad('c', { feed: 'jt808', receivedAt: now + 2 }),
    ]);
    await store.quarantine.add([bad('a', { detail: 'a repeat changes nothing' })]);
    expect(await store.quarantine.get(chief, 'a')).toEqual({ ...bad('a'), decodedAt: null });
    expect((await store.quarantine.list(chief)).map((row) => row.id)).toEqual(['c', 'b', 'a']);
    expect((await store.quarantine.list(chief, { feed: 'cap', before: now + 1 })).map((row) => row.id)).toEqual(['a']);
    expect((await store.quarantine.list(chief, { limit: 1, reason: 'syntax' })).map((row) => row.id)).toEqual(['c']);
    expect(await store.quarantine.markDecoded('a', now + 5)).toBe(true);
    expect(await store.quarantine.markDecoded('a', now + 6)).toBe(false);
    expect((await store.quarantine.list(chief, { open: true })).map((row) => row.id)).toEqual(['c', 'b']);
    expect(await store.quarantine.count(chief)).toEqual([
      { feed: 'cap', reason: 'syntax', open: 0, decoded: 1 },
      { feed: 'cap', reason: 'truncated', open: 1, decoded: 0 },
      { feed: 'jt808', reason: 'syntax', open: 1, decoded: 0 },
    ]);
  });

  it('takes any detail, whatever is in it', async () => {
    await store.quarantine.add([bad('odd', { detail: `a\0b ${String.fromCharCode(0xd800)} ${'长'.repeat(9_000)}` })]);
    const kept = await store.quarantine.get(chief, 'odd');
    expect(kept?.detail.startsWith('a\u2400b \ufffd')).toBe(true);
    expect(kept?.detail).toHaveLength(4_000);
  });

  it('keeps the newest of each feed, up to so many rows and bytes, whatever flood there was', async () => {
    const keep = { ...keepByLaw, quarantineRows: 3, quarantineBytes: 100 };
    const bounded = await database.open({ clock: () => now, keep, retention: false });
    const row = (feed: string, index: number, size: number) =>
      bad(`${feed}${index}`, { feed, receivedAt: now + index, bytes: Buffer.alloc(size) });
    const many = [0, 1, 2, 3, 4];
    await store.quarantine.add([
      ...many.map((index) => row('many', index, 1)),
      ...many.map((index) => row('large', index, 40)),
    ]);
    await bounded.retain(now);
    const left = async (feed: string) => (await store.quarantine.list(chief, { feed })).map((one) => one.id);
    expect(await left('many')).toEqual(['many4', 'many3', 'many2']);
    expect(await left('large')).toEqual(['large4', 'large3']);
  });

  it('is not shown to those who may not see it', async () => {
    expect(await store.quarantine.list(actor('liaison'))).toEqual([]);
    expect(await store.quarantine.count(actor('wall'))).toEqual([]);
  });
});

describe('raw messages', () => {
  it('come back byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await store.raw.add([{ id: 'r', feed: 'cap', receivedAt: now, bytes }]);
    expect((await store.raw.get(chief, 'r', now))?.bytes).toEqual(bytes);
    expect(await store.raw.get(actor('wall'), 'r', now)).toBeNull();
    await store.raw.add([]);
  });
});

describe('timers', () => {
  const schedule = (id: string, dueAt: number) =>
    store.command(
      { id: `s-${id}-${dueAt}`, name: 'schedule', actor: actor('dispatcher'), input: dueAt },
      async (tx) => {
        await tx.schedule({ id, dueAt, kind: 'late', stream: `incident/${id}`, content: { order: id } });
        return { events: [], answer: 'ok' };
      },
    );
  const fire = (id: string, turn: string) =>
    store.command({ id: `f-${id}-${turn}`, name: 'fire', actor: machine, input: id }, async (tx) => ({
      events: [],
      answer: await tx.fireTimer(id),
    }));

  it('are claimed once when due, by whoever asks first', async () => {
    for (let index = 0; index < 20; index += 1) await schedule(`t${index}`, now + index);
    await schedule('later', now + 1_000_000);
    expect(await store.timers.nextDueAt()).toBe(now);
    now += 100;
    const claims = await Promise.all([1, 2, 3, 4].map(() => store.timers.claim(10)));
    const ids = claims.flat().map((timer) => timer.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(20);
    expect(claims.flat()[0]).toMatchObject({ kind: 'late', content: { order: expect.any(String) }, claimedAt: now });
    expect(await store.timers.claim()).toEqual([]);
  });

  it('lapse when the claimer is gone, come back when it gives them up, and fire once', async () => {
    await store.timers.release(['t0']);
    expect((await store.timers.claim()).map((timer) => timer.id)).toEqual(['t0']);
    expect(await fire('t0', '1')).toBe(true);
    expect(await fire('t0', '2')).toBe(false);
    now += 60_001;
    expect((await store.timers.claim()).map((timer) => timer.id)).toHaveLength(19);
    now += 60_001;
    await schedule('t0', now - 1); // fired ones stay fired
    expect((await store.timers.claim()).map((timer) => timer.id)).not.toContain('t0');
  });

  it('can be moved and cancelled', async () => {
    await schedule('moved', now + 10);
    await schedule('moved', now + 5_000);
    await schedule('cancelled', now + 10);
    await store.command({ id: 'cancel', name: 'c', actor: actor('dispatcher'), input: 1 }, async (tx) => {
      await tx.cancelTimers('incident/cancelled', 'other kind');
      await tx.cancelTimers('incident/cancelled');
      return { events: [], answer: 1 };
    });
    now += 20;
    const due = (await store.timers.claim()).map((timer) => timer.id);
    expect(due).not.toContain('moved');
    expect(due).not.toContain('cancelled');
    expect(await fire('cancelled', '1')).toBe(false);
  });
});
