import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused, wasRefused } from '@/server/domain/refusal.ts';
import { systemActor } from './actor.ts';
import { readCheckpoints } from './checkpoint.ts';
import type { OpenStore } from './open-store.ts';
import { committedChannel } from './sealer.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import { feedOf } from './testing/records.ts';
import { verifyChain } from './verify-chain.ts';

const machine = systemActor('test');
let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const registered = (id: string) => ({
  stream: `feed/${id}`,
  kind: 'feedRegistered',
  content: { feed: feedOf(id) },
});
const append = (store: OpenStore, id: string, streams = [id]) =>
  store.command({ id, name: 'register', actor: machine, input: id }, async () => ({
    events: streams.map(registered),
    answer: id,
  }));
const fill = async (store: OpenStore, commands: number) => {
  for (let index = 0; index < commands; index += 1) await append(store, `c${index}`);
  return store.settled();
};
const rows = <Row extends object>(sql: string) =>
  database.asAdmin(async (client) => (await client.query<Row>(sql)).rows);
const tamper = (sql: string) =>
  database.asAdmin((client) => client.query(`set session_replication_role = replica; ${sql}`));
const verify = (file?: string) => database.asAdmin((client) => verifyChain(client, file ? readCheckpoints(file) : []));

describe('the sealed sequence', () => {
  it('has no gap under sixteen writers of whom some fail, and tells every position once, in order', async () => {
    const store = await database.open();
    const told: number[] = [];
    store.onSealed((upTo) => told.push(upTo));
    let acknowledged = 0;
    const write = async (writer: number) => {
      for (let turn = 0; turn < 20; turn += 1) {
        const id = `w${writer}-${turn}`;
        const mishap = (writer + turn * 7) % 5;
        const answer = await store
          .command({ id, name: 'mixed', actor: machine, input: id }, async (tx) => {
            await tx.load('feed', `hot-${turn % 3}`);
            if (mishap === 0) throw new Error('a bug in the middle');
            if (mishap === 1) return refused('wrong_state');
            return { events: [registered(`hot-${turn % 3}`), registered(`own-${writer}`)], answer: id };
          })
          .catch(() => refused('internal'));
        if (!wasRefused(answer)) acknowledged += 2;
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
    const end = await store.settled();
    expect(end).toBe(acknowledged);
    expect(store.sealedUpTo()).toBe(end);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(end);

    const sealed = await rows<{ position: number; stream: string; version: number }>(
      'select s.position::int as position, e.stream, e.version from sealed s join event e on e.id = s.event_id order by 1',
    );
    expect(sealed.map((row) => row.position)).toEqual(Array.from({ length: end }, (_, index) => index + 1));
    const versions = new Map<string, number>();
    for (const { stream, version } of sealed) {
      expect([stream, version]).toEqual([stream, (versions.get(stream) ?? 0) + 1]);
      versions.set(stream, version);
    }
    expect(await verify()).toEqual({ intact: true, checked: end, firstBad: null, reason: null });
  });

  it('waits for a transaction that was begun before and commits after the others', async () => {
    const store = await database.open();
    await append(store, 'before');
    let finish: () => void = () => undefined;
    let begun: () => void = () => undefined;
    const isBegun = new Promise<void>((done) => {
      begun = done;
    });
    const slow = store.command({ id: 'slow', name: 'x', actor: machine, input: 1 }, async (tx) => {
      await tx.schedule({ id: 't', dueAt: 1, kind: 'k', stream: 'feed/slow', content: null }); // takes a transaction id
      begun();
      await new Promise<void>((done) => {
        finish = done;
      });
      return { events: [registered('slow')], answer: 1 };
    });
    await isBegun;
    for (let index = 0; index < 5; index += 1) await append(store, `fast-${index}`);
    expect(await store.settled()).toBe(6);
    finish();
    await slow;
    expect(await store.settled()).toBe(7);
    const last = await store.batch(machine, 6, 7);
    expect(last.events.map((event) => event.stream)).toEqual(['feed/slow']);
  });

  it('is followed by a second process, and taken over when the first goes', async () => {
    const first = await database.open();
    await append(first, 'a');
    await first.settled();
    const second = await database.open();
    await second.settled();
    expect([first.health().sealing, second.health().sealing]).toEqual([true, false]);
    const heard = new Promise<number>((done) => second.onSealed(done));
    await append(second, 'b'); // committed here, sealed there
    expect(await heard).toBe(2);
    await first.close();
    await append(second, 'c');
    expect(await second.settled()).toBe(3);
    await expect.poll(() => second.health().sealing).toBe(true);
    expect(await verify()).toMatchObject({ intact: true, checked: 3 });
  });

  it('goes on after its connection was cut', async () => {
    const store = await database.open();
    await append(store, 'a');
    await store.settled();
    await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await append(store, 'b');
    expect(await store.settled()).toBe(2);
  });

  it('looks by itself when no hint comes', async () => {
    const store = await database.open();
    await append(store, 'a');
    await store.settled();
    const heard = new Promise<number>((done) => store.onSealed(done));
    await rows(
      `insert into event (stream, version, kind, content, actor_id, actor_name, command_id, ordinal, received_at, recorded_at)
       values ('feed/a', 2, 'feedRegistered', '${JSON.stringify({ feed: feedOf('a') })}', 'x', 'x', 'elsewhere', 0, 1, 1)`,
    );
    expect(await heard).toBe(2);
    expect(committedChannel).toBeTruthy();
  });
});

describe('the chain', () => {
  it.each([
    ['an edited event', `update event set content = '{"feed":1}' where id = 4`, 4, 'hash'],
    ['another actor', `update event set actor_name = 'somebody' where id = 2`, 2, 'hash'],
    ['a removed event', 'delete from event where id = 3', 3, 'event-missing'],
    ['a removed position', 'delete from sealed where position = 5', 5, 'gap'],
    [
      'two swapped',
      `create temp table s as select * from sealed where position in (2, 6);
       delete from sealed where position in (2, 6);
       insert into sealed select 8 - position, event_id, hash from s`,
      2,
      'hash',
    ],
  ])('shows %s, and where', async (_what, sql, firstBad, reason) => {
    const store = await database.open();
    await fill(store, 8);
    expect(await verify()).toMatchObject({ intact: true, checked: 8 });
    await tamper(sql);
    expect(await verify()).toMatchObject({ intact: false, firstBad, reason });
  });

  it('shows a cut tail and a whole rewrite by the checkpoints kept outside', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'on-checkpoint-'));
    const file = join(folder, 'deep', 'checkpoints.ndjson');
    let now = 1_000_000;
    const store = await database.open({ checkpointFile: file, clock: () => now });
    now += 61_000;
    const end = await fill(store, 6);
    now += 61_000;
    await append(store, 'last');
    await store.settled();
    expect(readCheckpoints(file).at(-1)).toMatchObject({ position: end + 1 });
    expect(await verify(file)).toMatchObject({ intact: true });

    await tamper('delete from sealed where position > 3');
    expect(await verify()).toMatchObject({ intact: true, checked: 3 });
    expect(await verify(file)).toMatchObject({ intact: false, firstBad: 4, reason: 'cut' });

    await store.close(); // it held the end in memory; a fresh one chains on from what is there
    await tamper(`update event set actor_name = 'rewritten' where id > 3`);
    const forged = await database.open();
    await forged.settled();
    expect(await verify()).toMatchObject({ intact: true });
    expect(await verify(file)).toMatchObject({ intact: false, reason: 'checkpoint' });
    rmSync(folder, { recursive: true });
  });
});
