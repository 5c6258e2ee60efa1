import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refused, wasRefused } from '@/server/domain/refusal.ts';
import { mayBeSent } from '@/server/domain/unit.ts';
import { systemActor } from './actor.ts';
import { canonical } from './command.ts';
import type { OpenStore } from './open-store.ts';
import type { NewEvent } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import { actor, assignmentOf, feedOf, incidentOf, signalOf, unitOf } from './testing/records.ts';

const machine = systemActor('test');
const dispatcher = actor('dispatcher');
let database: TestDatabase;
let store: OpenStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
});
afterAll(() => database.close());

const registered = (id: string): NewEvent => ({
  stream: `feed/${id}`,
  kind: 'feedRegistered',
  content: { feed: feedOf(id) },
});
const count = async (sql: string, params: unknown[] = []) =>
  (await store.read(machine, (tx) => tx.query<{ n: number }>(sql, params)))[0]?.n;
const eventsOf = (commandId: string) => count('select count(*) as n from event where command_id = $1', [commandId]);
const never = async (): Promise<never> => {
  throw new Error('the work of a repeated command must not run');
};

describe('a command', () => {
  it('is applied with its events and projection, and answers', async () => {
    const answer = await store.command({ id: 'first', name: 'register', actor: machine, input: {} }, async (tx) => {
      expect(await tx.load('feed', 'a')).toBeNull();
      return { events: [registered('a')], answer: { made: 'a' } };
    });
    expect(answer).toEqual({ made: 'a' });
    const found = await store.read(machine, (tx) => tx.find('feed', 'a'));
    expect(found).toEqual({ version: 1, state: feedOf('a') });
  });

  it('answers a repeat with the first answer, once', async () => {
    const head = { id: 'twice', name: 'register', actor: machine, input: { b: 1, a: [2] } };
    await store.command(head, async () => ({ events: [registered('twice')], answer: { n: 1 } }));
    expect(await store.command({ ...head, input: { a: [2], b: 1 } }, never)).toEqual({ n: 1 });
    expect(await eventsOf('twice')).toBe(1);
  });

  it('repeats a refusal too', async () => {
    const head = { id: 'no', name: 'register', actor: machine, input: null };
    const first = await store.command(head, async () => refused('unit_taken', 'x', { by: { id: 'u', name: '王' } }));
    expect(first).toMatchObject({ refused: 'unit_taken', by: { name: '王' } });
    expect(await store.command(head, never)).toEqual(first);
  });

  it('refuses an id that was used with other input, name or actor', async () => {
    const head = { id: 'mine', name: 'register', actor: machine, input: { a: 1 } };
    await store.command(head, async () => ({ events: [], answer: 1 }));
    for (const other of [{ input: { a: 2 } }, { name: 'remove' }, { actor: dispatcher }])
      expect(await store.command({ ...head, ...other }, async () => ({ events: [], answer: 2 }))).toMatchObject({
        refused: 'command_conflict',
      });
  });

  it('runs once when the same id arrives many times at once', async () => {
    const head = { id: 'burst', name: 'register', actor: machine, input: 1 };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        store.command(head, async () => ({ events: [registered('burst')], answer: index })),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(await eventsOf('burst')).toBe(1);
  });

  it('leaves nothing when its work throws', async () => {
    const head = { id: 'thrown', name: 'register', actor: machine, input: 1 };
    await expect(
      store.command(head, async (tx) => {
        await tx.schedule({ id: 'left', dueAt: 1, kind: 'k', stream: 'feed/a', content: null });
        throw new Error('bug');
      }),
    ).rejects.toThrow('bug');
    expect(await count("select count(*) as n from timer where id = 'left'")).toBe(0);
    expect(await store.command(head, async () => ({ events: [], answer: 'second try' }))).toBe('second try');
  });

  it('throws on an event that its schema does not know, and stores nothing', async () => {
    const bad = { stream: 'feed/bad', kind: 'feedRegistered', content: { feed: { id: 'bad' } } };
    await expect(
      store.command({ id: 'bad-content', name: 'x', actor: machine, input: 1 }, async () => ({
        events: [bad],
        answer: 1,
      })),
    ).rejects.toThrow();
    expect(await eventsOf('bad-content')).toBe(0);
  });

  it('does not commit when an error inside the work was swallowed', async () => {
    const swallowing = store.command({ id: 'swallow', name: 'x', actor: machine, input: 1 }, async (tx) => {
      await tx.query('select 1 / 0').catch(() => undefined); // the very mistake
      return { events: [], answer: 1 };
    });
    await expect(swallowing).rejects.toThrow();
    expect(await count("select count(*) as n from command where id = 'swallow'")).toBe(0);
  });

  it('refuses text that cannot be stored, as bad input', async () => {
    const answer = await store.command({ id: 'nul', name: 'x', actor: machine, input: 1 }, async () => ({
      events: [{ stream: 'feed/nul', kind: 'feedRegistered', content: { feed: feedOf('nul', { title: 'a\0b' }) } }],
      answer: 1,
    }));
    expect(answer).toMatchObject({ refused: 'bad_input' });
  });

  it('keeps 5,000 characters, emoji and rare ideographs as they are', async () => {
    const title = `${'积水🌊𠮷'.repeat(30)} "\\ \u2028`;
    await store.command({ id: 'text', name: 'x', actor: machine, input: 1 }, async () => ({
      events: [{ stream: 'feed/text', kind: 'feedRegistered', content: { feed: feedOf('text', { title }) } }],
      answer: 1,
    }));
    expect((await store.read(machine, (tx) => tx.find('feed', 'text')))?.state.title).toBe(title);
  });

  it('is refused by the database where the actor may not write', async () => {
    const answer = await store.command({ id: 'wall', name: 'x', actor: actor('wall'), input: 1 }, async () => ({
      events: [{ stream: 'incident/w', kind: 'incidentOpened', content: { incident: incidentOf('w') } }],
      answer: 1,
    }));
    expect(answer).toMatchObject({ refused: 'not_allowed' });
    expect(await eventsOf('wall')).toBe(0);
  });

  it('hashes input whatever the order of its keys', () => {
    expect(canonical({ b: [1, { d: 1, c: 2 }], a: null })).toBe(canonical({ a: null, b: [1, { c: 2, d: 1 }] }));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
    expect(canonical(undefined)).toBe('null');
  });
});

describe('two at once', () => {
  it('lets one of twenty operators have the unit, and tells the others by whom', async () => {
    await store.command({ id: 'unit', name: 'x', actor: machine, input: 1 }, async () => ({
      events: [{ stream: 'unit/u1', kind: 'unitRegistered', content: { unit: unitOf('u1') } }],
      answer: 1,
    }));
    const send = (index: number) =>
      store.command({ id: `send-${index}`, name: 'send', actor: dispatcher, input: index }, async (tx) => {
        const unit = await tx.load('unit', 'u1');
        if (!unit || mayBeSent(unit.state) !== 'free') return refused('unit_taken', unit?.state.assignments[0]?.id);
        const assignment = assignmentOf(`as-${index}`, `inc-${index}`);
        return {
          events: [
            {
              stream: 'unit/u1',
              kind: 'unitAssigned',
              content: { assignment, by: { id: dispatcher.id, name: 'd' }, at: 2 },
            },
          ],
          answer: assignment.id,
        };
      });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => send(index)));
    const won = answers.filter((answer) => !wasRefused(answer));
    expect(won).toHaveLength(1);
    for (const answer of answers)
      if (wasRefused(answer)) expect(answer).toEqual(refused('unit_taken', won[0] as string));
    const slots = await store.read(machine, (tx) => tx.query('select * from unit_slot'));
    expect(slots).toEqual([
      { unit_id: 'u1', slot: 1, assignment_id: won[0], incident_id: String(won[0]).replace('as-', 'inc-') },
    ]);
  });

  it('is stopped by the database itself when the domain would assign a slot twice', async () => {
    const assign = (id: string) =>
      store.command({ id: `force-${id}`, name: 'x', actor: machine, input: 1 }, async () => ({
        events: [
          {
            stream: 'unit/u1',
            kind: 'unitAssigned',
            content: { assignment: assignmentOf(id, 'other'), by: { id: 'x', name: 'x' }, at: 2 },
          },
        ],
        answer: 1,
      }));
    expect(await assign('second-primary')).toMatchObject({ refused: 'version_conflict' });
  });

  it('does not deadlock when commands lock the same records in other orders', async () => {
    const ids = ['d1', 'd2', 'd3'];
    const touch = (id: string): NewEvent => registered(id);
    await store.command({ id: 'd0', name: 'x', actor: machine, input: 1 }, async () => ({
      events: ids.map(touch),
      answer: 1,
    }));
    const run = (index: number) =>
      store.command({ id: `dl-${index}`, name: 'x', actor: machine, input: index }, async (tx) => {
        const order = index % 2 ? ids : [...ids].reverse();
        if (index % 3) await tx.loadAll('feed', order);
        else for (const id of order) await tx.load('feed', id);
        return { events: order.map(touch), answer: 'ok' };
      });
    const answers = await Promise.all(Array.from({ length: 24 }, (_, index) => run(index)));
    expect(answers).toEqual(answers.map(() => 'ok'));
    expect((await store.read(machine, (tx) => tx.find('feed', 'd1')))?.version).toBe(25);
  });
});

describe('what a command can do besides', () => {
  it('marks feed records as seen, with the command or not at all', async () => {
    const row = (dedupeKey: string, revision: number, contentHash: string) => ({
      feed: 'f',
      dedupeKey,
      revision,
      contentHash,
    });
    const see = (id: string, rows: ReturnType<typeof row>[]) =>
      store.command({ id, name: 'see', actor: machine, input: 1 }, async (tx) => ({
        events: [],
        answer: await tx.seen(rows),
      }));
    expect(await see('s1', [row('k', 1, 'x'), row('k', 1, 'x'), row('l', 0, 'y')])).toEqual(['new', 'same', 'new']);
    expect(await see('s2', [row('k', 1, 'x'), row('k', 1, 'z'), row('k', 0, 'x'), row('k', 2, 'z')])).toEqual([
      'same',
      'conflict',
      'older',
      'newer',
    ]);
    await store
      .command({ id: 's3', name: 'see', actor: machine, input: 1 }, async (tx) => {
        await tx.seen([row('lost', 1, 'x')]);
        throw new Error('later');
      })
      .catch(() => undefined); // only what it leaves counts
    expect(await see('s4', [row('lost', 1, 'x')])).toEqual(['new']);
  });

  it('lets two intakes that meet on one key see it as new once', async () => {
    const meet = (index: number) =>
      store.command({ id: `meet-${index}`, name: 'see', actor: machine, input: index }, async (tx) => ({
        events: [],
        answer: await tx.seen([{ feed: 'f', dedupeKey: 'meet', revision: 1, contentHash: 'h' }]),
      }));
    const verdicts = (await Promise.all(Array.from({ length: 8 }, (_, index) => meet(index)))).flat();
    expect(verdicts.filter((verdict) => verdict === 'new')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'same')).toHaveLength(7);
  });

  it('reads lists by their scope', async () => {
    await store.command({ id: 'lists', name: 'x', actor: machine, input: 1 }, async () => ({
      events: [
        { stream: 'signal/s1', kind: 'signalReceived', content: { signal: signalOf('s1') } },
        { stream: 'signal/s2', kind: 'signalReceived', content: { signal: signalOf('s2', { state: 'dismissed' }) } },
      ],
      answer: 1,
    }));
    const listed = await store.read(machine, (tx) => tx.list('signal', { live: true, department: 'water' }));
    expect(listed.map((one) => one.id)).toEqual(['s1']);
    expect(await store.read(machine, (tx) => tx.list('signal', { district: 'nowhere' }))).toEqual([]);
  });
});
