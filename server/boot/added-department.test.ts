import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { departmentFeeds } from '@/server/departments/registry.ts';
import { departmentFaults } from '@/server/departments/testing/department-faults.ts';
import { housing } from '@/server/departments/testing/housing.ts';
import { housingRules } from '@/server/departments/testing/housing-rule.ts';
import { may } from '@/server/domain/policy.ts';
import { rule } from '@/server/domain/rule.ts';
import { protocolById } from '@/server/feeds/registry.ts';
import { memoryPort } from '@/server/feeds/transport/testing/memory-port.ts';
import { readStations } from '@/server/places/station-csv/read-stations.ts';
import { systemActor } from '@/server/store/actor.ts';
import { seedDepartments } from '@/server/store/seed/seed-departments.ts';
import { openTestDatabase } from '@/server/store/testing/database.ts';
import { listedFeed } from './list-feeds.ts';
import { openFeeds } from './open-feeds.ts';
import { settleFeeds } from './settle-feeds.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const free = { host: '127.0.0.1', port: 0 };
/** The house with the guide's department in it, as its registry line would have it. */
const settled = () =>
  settleFeeds([...departmentFeeds, ...housing.feeds.map((feed) => ({ department: housing, feed }))], {
    protocolById,
    file: {},
    listen: new Map([['*', free]]),
    jt808: free,
    push: free,
    capPollUrl: null,
  });
const gauge = {
  kind: 'reading',
  subject: { scheme: 'nj-housing', key: 'house-0001' },
  observedAt: '2026-07-01T08:00:00+08:00',
  property: 'tilt',
  value: 0.4,
  unit: 'deg',
};

describe('a department that the regulation does not list', () => {
  it('is one that the house takes', () => {
    expect(departmentFaults(housing)).toEqual([]);
  });

  it('is refused without a name, with an unknown protocol, beyond loopback', () => {
    const feed = { ...housing.feeds[0]!, listen: { host: '0.0.0.0', port: 1 } };
    expect(departmentFaults({ ...housing, name: undefined })).toHaveLength(1);
    expect(departmentFaults({ ...housing, id: 'Housing' })).toHaveLength(1);
    expect(departmentFaults({ ...housing, feeds: [feed] })).toHaveLength(1);
    expect(departmentFaults({ ...housing, feeds: [{ ...feed, protocol: 'none' }] })).toHaveLength(1);
    expect(departmentFaults({ ...housing, feeds: [{ ...housing.feeds[0]!, transport: 'tcp' }] })).toHaveLength(1);
    expect(departmentFaults({ ...housing, id: 'fire' })).toHaveLength(1);
  });

  it('is heard: its feed stands, and its records arrive as its file says', async () => {
    const { feeds, faults } = settled();
    expect(faults).toEqual([]);
    const own = feeds.filter(({ department }) => department === housing);
    expect(own.map(listedFeed)).toMatchObject([{ id: 'housing-safety', department: 'housing', protocol: 'push' }]);
    const memory = memoryPort();
    const open = openFeeds({
      feeds: own,
      intake: memory.port,
      authenticate: (token) => (token === 'of-housing' ? { feedId: 'housing-safety', department: 'housing' } : null),
      push: free,
      now: Date.now,
      mostConnections: 100,
    });
    closers.push(() => open.close());
    await open.ready;
    const push = async (token: string, records: object[]) => {
      const at = open.push();
      if (!at) throw new Error('no listener');
      const answer = await fetch(`http://${at.host}:${at.port}/v1/push`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(records),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const other = { ...gauge, subject: { scheme: 'nj-housing', key: 'house-0002' }, value: -999 };
    expect(await push('of-housing', [gauge, other])).toMatchObject({ status: 200, body: { accepted: 2 } });
    expect(memory.deliveries.map(({ feedId }) => feedId)).toEqual(['housing-safety']);
    expect(memory.records()).toMatchObject([{ value: 0.4 }, { value: null, quality: { state: 'missing' } }]);
    expect((await push('of-nobody', [gauge])).status).toBe(401);
    expect((await push('of-housing', [{ ...gauge, kind: 'call', number: '1' }])).status).toBe(400);
  });

  it('is registered once, keeps its seats when it is called differently, and leaves the regulation’s list alone', async () => {
    const database = await openTestDatabase();
    closers.push(() => database.close());
    const store = await database.open();
    const held = async () => {
      const rows = await store.read(systemActor('test'), (tx) => tx.list('department'));
      return rows.find(({ id }) => id === 'housing')?.state;
    };
    const name = housing.name!;
    const one = { id: 'housing', name, stationed: true };
    expect(await seedDepartments(store)).toBe(11);
    expect(await held()).toBeUndefined();
    expect(await seedDepartments(store, [one])).toBe(1);
    const events = await store.settled();
    await seedDepartments(store, [one]);
    expect(await store.settled()).toBe(events);
    expect(await held()).toMatchObject({ name, stationed: true, seats: [{ id: 'housing-1' }, { id: 'housing-2' }] });
    expect(await seedDepartments(store, [{ ...one, name: { ...name, en: 'Homes' } }])).toBe(1);
    expect(await held()).toMatchObject({ name: { en: 'Homes' }, seats: [{ id: 'housing-1' }, { id: 'housing-2' }] });
  });

  it('can be given to an account by whoever manages accounts', () => {
    for (const role of ['system-admin', 'security-admin'] as const) {
      const actor = { ...systemActor('test'), roles: [role] };
      expect([may(actor, 'account.manage'), may(actor, 'department.read')], role).toEqual([true, true]);
    }
  });

  it('is known by its names in a register file', () => {
    const file = (department: string) =>
      `scheme,key,kind,name,department\nnj-housing,house-0001,sensor,某宅,${department}\n`;
    const read = (department: string) => readStations(file(department), () => null, [housing as never]);
    for (const word of ['housing', '住房保障和房产', '房产', 'HOUSING'])
      expect(read(word), word).toMatchObject({ stations: [{ station: { department: 'housing' } }], refused: [] });
    expect(read('园林')).toMatchObject({ stations: [], refused: [{ reason: 'unknown-word', column: 'department' }] });
  });
});

describe('docs/add-a-department.md', () => {
  const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
  const guide = read('docs/add-a-department.md');
  const blocks = [...guide.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(
    ([, path, text]) => [path, text] as const,
  );

  it.each([
    'server/departments/testing/housing.ts',
    'server/departments/testing/housing.test.ts',
    'server/departments/testing/housing-rule.ts',
  ])('prints %s, which is compiled and run', (path) => {
    expect(Object.fromEntries(blocks)[path]).toBe(read(path));
  });

  it('prints a rule that the house takes', () => {
    for (const of of housingRules) expect(rule.parse(of)).toEqual(of);
  });

  it('prints a register file that is read', () => {
    const file = /```csv\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const thresholds = [{ level: 'notice' }, { level: 'alarm', when: 'above', value: 1 }];
    expect(readStations(file, () => null, [housing as never])).toMatchObject({
      stations: [{ station: { id: 'nj-housing/house-0001', department: 'housing', measures: [{ thresholds }] } }],
      refused: [],
      ignored: [],
    });
  });

  it('names files that are there', () => {
    const paths = [...guide.matchAll(/`((?:server|sim|docs|scripts|components|messages)\/[\w./-]+\.\w+)`/g)].flatMap(
      ([, path]) => path ?? [],
    );
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths.filter((path) => !path.includes('civil-affairs')))
      expect(() => read(path), path).not.toThrow();
  });
});
