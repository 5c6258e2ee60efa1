import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AccessDatabase } from '@/server/access/database.ts';
import { seedDemoAccounts } from '@/server/access/demo-accounts.ts';
import { issuePushTokens } from '@/server/access/push-tokens.ts';
import { addedDepartments, departmentFeeds } from '@/server/departments/registry.ts';
import type { City } from '@/server/places/load-city.ts';
import { loadStations } from '@/server/places/load-stations.ts';
import { seedDemoStations } from '@/server/store/seed/seed-demo-stations.ts';
import { seedDemoUnits } from '@/server/store/seed/seed-demo-units.ts';
import { seedDepartments } from '@/server/store/seed/seed-departments.ts';
import { seedJurisdictions } from '@/server/store/seed/seed-jurisdictions.ts';
import { seedPlans } from '@/server/store/seed/seed-plans.ts';
import { seedRules } from '@/server/store/seed/seed-rules.ts';
import type { Store } from '@/server/store/store.ts';
import { writePrivate } from './data-folder.ts';
import { StartRefused } from './start-refused.ts';

export type SeedParts = {
  readonly root: string;
  readonly store: Store;
  readonly database: AccessDatabase;
  readonly city: City;
  readonly demo: boolean;
  readonly now: number;
};

/** Demo data never becomes a real city, nor the other way round: their accounts and incidents must not meet. */
async function checkKind({ database, demo }: SeedParts): Promise<void> {
  const other = await database.tx((query) => query('select 1 from account where demo <> $1 limit 1', [demo]));
  if (other.length === 0) return;
  throw demo
    ? new StartRefused(
        'This data directory holds a real city; the demo does not touch it.',
        'Start with DEMO=0, or name another DATA_DIR.',
      )
    : new StartRefused(
        'This data directory holds demo data.',
        'Leave DEMO=0 out, or name an empty DATA_DIR for the city.',
      );
}

/** Reference data in every city; units and accounts in the demo only. What is there already is left alone. */
export async function seed(parts: SeedParts): Promise<void> {
  await checkKind(parts);
  await seedDepartments(parts.store, addedDepartments);
  await seedJurisdictions(parts.store, parts.city);
  await seedRules(parts.store, parts.now);
  await seedPlans(parts.store, parts.now);
  if (!parts.demo) return;
  await seedDemoUnits(parts.store);
  await seedDemoStations(parts.store, loadStations(parts.root, parts.city.id));
  await seedDemoAccounts(parts.database, parts.now);
}

/** New tokens at every start of the demo; the simulator reads the file. */
export async function writeDemoTokens(database: AccessDatabase, folder: string, now: number): Promise<string> {
  const sources = departmentFeeds
    .filter(({ feed }) => feed.transport === 'http-push' || feed.transport === 'mqtt')
    .map(({ department, feed }) => ({ feedId: feed.id, name: '城市模拟器', department: department.id }));
  const tokens = await issuePushTokens(database, 'demo', { sources, now, newId: randomUUID });
  const file = join(folder, 'push-tokens.json');
  writePrivate(file, `${JSON.stringify(tokens, null, 2)}\n`);
  return file;
}
