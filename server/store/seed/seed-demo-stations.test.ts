import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadStations } from '@/server/places/load-stations.ts';
import { systemActor } from '../actor.ts';
import type { OpenStore } from '../open-store.ts';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { seedDemoStations } from './seed-demo-stations.ts';

let database: TestDatabase;
let store: OpenStore;
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
});
afterAll(() => database.close());

it('registers the demo stations once, and keeps what somebody made of one', async () => {
  const stations = loadStations(process.cwd(), 'nanjing');
  const began = performance.now();
  expect(await seedDemoStations(store, stations)).toBe(stations.length);
  process.stdout.write(`seeded ${stations.length} stations in ${Math.round(performance.now() - began)} ms\n`);
  const sealed = await store.settled();
  expect(await seedDemoStations(store, stations)).toBe(stations.length);
  expect(await store.settled()).toBe(sealed);
  const [first, ...rest] = stations;
  if (!first) throw new Error('no stations');
  const more = { ...first, id: 'mqtt/new', scheme: 'mqtt', key: 'new' };
  expect(await seedDemoStations(store, [{ ...first, name: 'another' }, ...rest.slice(0, 3), more])).toBe(1);
  const held = await store.read(systemActor('test'), (tx) => tx.find('station', first.id));
  expect(held).toMatchObject({ version: 1, state: { name: first.name, demo: true, verticalDatum: 'wusong' } });
});
