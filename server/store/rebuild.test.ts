import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import { rebuildProjections } from './rebuild.ts';
import type { NewEvent } from './store.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';
import {
  assignmentOf,
  departmentOf,
  feedOf,
  incidentOf,
  orderTo,
  signalOf,
  unitOf,
  warningOf,
} from './testing/records.ts';

const machine = systemActor('test');
const by = { id: 'x', name: '王' };
let database: TestDatabase;
const tables = ['incident', 'signal', 'unit', 'department', 'warning', 'feed', 'unit_slot'];
const everything = () =>
  database.asAdmin(async (client) => {
    const found: Record<string, unknown[]> = {};
    for (const table of tables) found[table] = (await client.query(`select * from ${table} order by 1, 2`)).rows;
    return found;
  });
const rebuild = (options = {}) => database.asOwner((client) => rebuildProjections(client, options));

beforeAll(async () => {
  database = await openTestDatabase();
  const store = await database.open();
  const rounds: NewEvent[][] = [
    [
      { stream: 'incident/i', kind: 'incidentOpened', content: { incident: incidentOf('i') } },
      { stream: 'signal/s', kind: 'signalReceived', content: { signal: signalOf('s') } },
      { stream: 'unit/u', kind: 'unitRegistered', content: { unit: unitOf('u') } },
      { stream: 'unit/v', kind: 'unitRegistered', content: { unit: unitOf('v') } },
      { stream: 'department/water', kind: 'departmentRegistered', content: { department: departmentOf('water') } },
      { stream: 'warning/w', kind: 'warningIssued', content: { warning: warningOf('w') } },
      { stream: 'feed/f', kind: 'feedRegistered', content: { feed: feedOf('f') } },
    ],
    [
      { stream: 'incident/i', kind: 'orderSent', content: { order: orderTo('water'), assignment: null, by, at: 3 } },
      { stream: 'unit/u', kind: 'unitAssigned', content: { assignment: assignmentOf('a1', 'i'), by } },
      { stream: 'unit/v', kind: 'unitAssigned', content: { assignment: assignmentOf('b1', 'i'), by } },
      { stream: 'signal/s', kind: 'signalAttached', content: { incident: 'i', by } },
      { stream: 'warning/w', kind: 'warningCancelled', content: { by: 'w2', at: 4 } },
    ],
    [
      { stream: 'unit/u', kind: 'unitReleased', content: { assignment: 'a1', reason: 'cleared' } },
      { stream: 'unit/u', kind: 'unitAssigned', content: { assignment: assignmentOf('a2', 'i'), by } },
      { stream: 'incident/i', kind: 'noteAdded', content: { text: '积水 🌊', by, at: 5 } },
      { stream: 'feed/f', kind: 'feedChanged', content: { state: 'stale', at: 6, reason: 'silence' } },
    ],
  ];
  for (const [index, events] of rounds.entries()) {
    const answer = await store.command({ id: `c${index}`, name: 'n', actor: machine, input: 1 }, async () => ({
      events,
      answer: 'ok',
    }));
    expect(answer).toBe('ok');
  }
});
afterAll(() => database.close());

it('makes from the log exactly what the commands have written', async () => {
  expect(await rebuild()).toEqual({ streams: 7, events: 16, different: [], differences: 0 });
});

it('finds what was changed past the log, and puts it right', async () => {
  const before = await everything();
  await database.asAdmin((client) =>
    client.query(`update incident set body = jsonb_set(body, '{title}', '"other"');
      update signal set live = true; delete from feed; delete from unit_slot where unit_id = 'v';
      insert into warning select 'ghost', version, body, changed_at, state, live, reality, priority, departments, district from warning`),
  );
  const found = await rebuild();
  expect([...found.different].sort()).toEqual([
    'feed/f',
    'incident/i',
    'signal/s',
    'unit_slot/v',
    'warning/(without events)',
  ]);
  expect(await everything()).not.toEqual(before);
  await rebuild({ replace: true });
  expect(await everything()).toEqual(before);
  expect(await rebuild()).toMatchObject({ differences: 0 });
});

it('makes everything again from an empty set of tables', async () => {
  const before = await everything();
  await database.asAdmin((client) => client.query(tables.map((table) => `delete from ${table}`).join(';')));
  await rebuild({ replace: true });
  expect(await everything()).toEqual(before);
});
