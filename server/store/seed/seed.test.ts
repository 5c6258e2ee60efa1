import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stationedDepartments } from '@/server/domain/department.ts';
import { type RefusalCode, type Refused, refused } from '@/server/domain/refusal.ts';
import { loadCity } from '@/server/places/load-city.ts';
import { systemActor } from '../actor.ts';
import type { OpenStore } from '../open-store.ts';
import { openTestDatabase, type TestDatabase } from '../testing/database.ts';
import { type SeedStore, seedOnce } from './apply.ts';
import { demoUnits, seedDemoUnits } from './seed-demo-units.ts';
import { seedDepartments } from './seed-departments.ts';
import { seedJurisdictions } from './seed-jurisdictions.ts';

let database: TestDatabase;
let store: OpenStore;
const actor = systemActor('test');
beforeAll(async () => {
  database = await openTestDatabase();
  store = await database.open();
});
afterAll(() => database.close());

const twice = async (work: () => Promise<number>) => {
  const first = await work();
  const events = await store.settled();
  expect(await work()).toBe(first);
  expect(await store.settled()).toBe(events);
  return first;
};

describe('seeding', () => {
  it('registers the departments of the regulation, stationed and not, once', async () => {
    expect(await twice(() => seedDepartments(store))).toBe(11);
    const held = await store.read(actor, (tx) => tx.list('department'));
    expect(
      held
        .filter((of) => of.state.stationed)
        .map((of) => of.id)
        .sort(),
    ).toEqual([...stationedDepartments].sort());
    expect(held.find((of) => of.id === 'meteorology')?.state.seats).toEqual([]);
    expect(held.find((of) => of.id === 'fire')?.state.seats).toMatchObject([
      { id: 'fire-1', state: 'vacant' },
      { id: 'fire-2' },
    ]);
  });

  it('registers the demo units once, and new ones beside those that are there', async () => {
    const units = demoUnits();
    expect(await twice(() => seedDemoUnits(store))).toBe(units.length);
    const [first] = units;
    if (!first) throw new Error('no units');
    const more = [...units, { ...first, id: 'new-1' as typeof first.id, subject: null }];
    expect(await seedDemoUnits(store, more)).toBe(1);
    expect(new Set(units.map((of) => of.department)).size).toBeGreaterThan(3);
  });

  it('knows Nanjing by its national codes, each below its parent', async () => {
    const city = loadCity(process.cwd(), 'nanjing');
    expect(await twice(() => seedJurisdictions(store, city))).toBe(city.jurisdictions.length + 1);
    const rows = await store.read(actor, (tx) =>
      tx.query<{ level: string; count: number; orphans: number }>(
        'select level, count(*) as count, count(*) filter (where parent is null) as orphans from jurisdiction group by level',
      ),
    );
    expect(Object.fromEntries(rows.map((row) => [row.level, [row.count, row.orphans]]))).toMatchObject({
      city: [1, 1],
      district: [11, 0],
      street: [expect.any(Number), 0],
      community: [expect.any(Number), 0],
    });
  });

  it('asks again where the disk was slow, and gives up where it is refused', async () => {
    let asked = 0;
    const slow = (refusal: RefusalCode, until: number) => ({
      command: async <Answer>() => {
        asked += 1;
        return (asked < until ? refused(refusal) : { added: 7 }) as Answer | Refused;
      },
    });
    const seeded = (with_: ReturnType<typeof slow>) =>
      seedOnce(with_ as SeedStore, { name: 'x', from: 1 }, async () => ({ events: [], answer: { added: 0 } }));
    expect(await seeded(slow('not_saved', 3))).toBe(7);
    expect(asked).toBe(3);
    await expect(seeded(slow('bad_input', 9))).rejects.toThrow('bad_input');
    expect(asked).toBe(4);
  });
});
