import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import type { OpenStore } from './open-store.ts';
import type { NewEvent } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import { actor, incidentOf, signalOf, unitOf, warningOf } from './testing/records.ts';

const machine = systemActor('test');
const chief = actor('duty-chief');
const who = { id: 'x', name: 'x' };
let database: TestDatabase;
let store: OpenStore;
let commands = 0;
const append = async (...events: NewEvent[]) => {
  commands += 1;
  await store.command({ id: `c${commands}`, name: 'n', actor: machine, input: 1 }, async () => ({ events, answer: 1 }));
  return store.settled();
};
const opened = (id: string, more = {}): NewEvent => ({
  stream: `incident/${id}`,
  kind: 'incidentOpened',
  content: { incident: incidentOf(id, more) },
});
const received = (id: string, more = {}): NewEvent => ({
  stream: `signal/${id}`,
  kind: 'signalReceived',
  content: { signal: signalOf(id, more) },
});

beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
});
afterAll(() => database.close());

describe('what viewers get', () => {
  it('is every event in (from, upTo], in order, and never beyond what is sealed', async () => {
    const start = store.sealedUpTo();
    const end = await append(opened('a'), received('s'), opened('b'));
    const batch = await store.batch(chief, start, end + 100);
    expect(batch).toMatchObject({ from: start, upTo: end });
    expect(batch.events.map((event) => [event.position, event.stream, event.version])).toEqual([
      [start + 1, 'incident/a', 1],
      [start + 2, 'signal/s', 1],
      [start + 3, 'incident/b', 1],
    ]);
    expect(batch.events[0]?.content).toEqual({ incident: incidentOf('a') });
    expect(await store.batch(chief, end, end)).toEqual({ from: end, upTo: end, events: [] });
  });

  it('covers the range even where the viewer may see none of it', async () => {
    const start = store.sealedUpTo();
    const end = await append(received('hidden'));
    expect(await store.batch(actor('wall'), start, end)).toEqual({ from: start, upTo: end, events: [] });
    expect(await store.changes(actor('wall'), start, end)).toEqual({ from: start, upTo: end, changes: [] });
  });

  it('names no record that the viewer never saw, and tells as gone what went out of sight', async () => {
    const inDistrict = (district: string | null) => ({ place: { ...incidentOf('x').place, district } });
    const gulou = { ...actor('district-operator'), district: '320106' };
    const edited = (id: string, district: string): NewEvent => ({
      stream: `incident/${id}`,
      kind: 'incidentEdited',
      content: {
        title: null,
        text: null,
        kind: null,
        category: null,
        ...inDistrict(district),
        priority: null,
        by: who,
        at: 5,
      },
    });
    const start = store.sealedUpTo();
    const middle = await append(opened('theirs', inDistrict('320115')), opened('ours', inDistrict('320106')));
    expect((await store.changes(gulou, start, middle)).changes).toMatchObject([{ id: 'ours', version: 1 }]);
    const end = await append(edited('theirs', '320104'), edited('ours', '320115'));
    const gone = [{ type: 'incident', id: 'ours', version: 2, body: null }];
    expect((await store.changes(gulou, middle, end)).changes).toEqual(gone);
    // Seen only in between: a snapshot may have held it.
    expect((await store.changes(gulou, start, end)).changes).toEqual(gone);
    const after = await append(edited('ours', '320104'));
    expect((await store.changes(gulou, end, after)).changes).toEqual([]);
  });

  it('is each changed record once, as it is now', async () => {
    const start = store.sealedUpTo();
    await append(opened('twice'));
    const end = await append({
      stream: 'incident/twice',
      kind: 'noteAdded',
      content: { text: '水深半米', by: who, at: 5 },
    });
    const { changes, upTo } = await store.changes(chief, start, end);
    expect(upTo).toBe(end);
    expect(changes).toMatchObject([
      { type: 'incident', id: 'twice', version: 2, body: { notes: [{ text: '水深半米' }] } },
    ]);
  });

  it('begins with a snapshot of what is live, with its position and nothing of what is over', async () => {
    const end = await append(
      opened('open', { signals: ['judged'] }),
      opened('over', { state: 'closed' }),
      received('judged', { state: 'attached', incident: 'open' }),
      received('dropped', { state: 'dismissed' }),
      { stream: 'unit/u', kind: 'unitRegistered', content: { unit: unitOf('u') } },
    );
    const recently = await store.snapshot(chief);
    const names = (changes: readonly { type: string; id: string }[]) => changes.map((one) => `${one.type}/${one.id}`);
    expect(recently.position).toBe(end);
    expect(names(recently.changes)).toEqual(
      expect.arrayContaining(['incident/open', 'incident/over', 'signal/dropped']),
    );

    const now = names((await store.snapshot(chief, { endedSince: Date.now() + 60_000 })).changes);
    expect(now).toEqual(expect.arrayContaining(['incident/open', 'signal/judged', 'unit/u']));
    expect(now).not.toContain('incident/over');
    expect(now).not.toContain('signal/dropped');
    expect(names((await store.snapshot(actor('wall'))).changes).filter((name) => name.startsWith('signal/'))).toEqual(
      [],
    );
  });

  it('leaves out warnings whose time is over, though no event says so', async () => {
    const issued = (id: string, expiresAt: number | null): NewEvent => ({
      stream: `warning/${id}`,
      kind: 'warningIssued',
      content: { warning: warningOf(id, { state: 'inForce', expiresAt }) },
    });
    const later = Date.now() + 60_000;
    await append(issued('past', later - 1), issued('holds', later + 1), issued('open-ended', null));
    const { changes } = await store.snapshot(chief, { endedSince: later });
    expect(
      changes
        .filter((one) => one.type === 'warning')
        .map((one) => one.id)
        .sort(),
    ).toEqual(['holds', 'open-ended']);
  });

  it('is a consistent picture while others write', async () => {
    let stop = false;
    const writing = (async () => {
      for (let index = 0; !stop; index += 1) {
        commands += 1;
        await store.command({ id: `pair-${index}`, name: 'n', actor: machine, input: index }, async (tx) => {
          await tx.loadAll('incident', ['left', 'right']);
          return { events: [opened('left'), opened('right')], answer: 1 };
        });
      }
    })();
    for (let look = 0; look < 10; look += 1) {
      const { changes, position } = await store.snapshot(chief);
      const version = (id: string) => changes.find((one) => one.type === 'incident' && one.id === id)?.version;
      expect(version('left')).toBe(version('right'));
      expect(position).toBeGreaterThan(0);
    }
    stop = true;
    await writing;
  });

  it('is the whole story of one record', async () => {
    await append(opened('story'));
    await append({ stream: 'incident/story', kind: 'incidentClaimed', content: { by: who, at: 2 }, occurredAt: 1 });
    const story = await store.stream(chief, 'incident/story');
    expect(story.map((event) => [event.version, event.kind, event.occurredAt])).toEqual([
      [1, 'incidentOpened', null],
      [2, 'incidentClaimed', 1],
    ]);
    expect(await store.stream(actor('integration'), 'incident/story')).toEqual([]);
  });

  it('cannot be written to', async () => {
    await expect(store.read(machine, (tx) => tx.query(`update incident set version = 9`))).rejects.toMatchObject({
      code: '25006',
    });
  });
});
