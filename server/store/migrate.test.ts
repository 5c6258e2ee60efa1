import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareDatabase, withClient } from './connect.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';
import { openEmptyDatabase } from './testing/database.ts';

let empty: Awaited<ReturnType<typeof openEmptyDatabase>>;
let admin: pg.ClientConfig;
beforeEach(async () => {
  empty = await openEmptyDatabase();
  admin = (await prepareDatabase(empty.admin)).admin;
});
afterEach(() => empty.close());

const migration = (number: number, name: string, sql: string): Migration => ({
  number,
  name: `${String(number).padStart(4, '0')}_${name}.sql`,
  sql,
  sha256: `${number}:${sql}`,
  bare: sql.startsWith('-- no transaction\n'),
});
const rows = (sql: string) => withClient(admin, async (client) => (await client.query(sql)).rows);
const real = readMigrations();

describe('migrate', () => {
  it('brings an empty database to the present, and finds nothing to do the second time', async () => {
    expect(await migrate(admin)).toEqual(real.map(({ name }) => name));
    expect(await migrate(admin)).toEqual([]);
  });

  it('lets exactly one of four concurrent runners apply each', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(admin)));
    expect(runs.flat().sort()).toEqual(real.map(({ name }) => name));
    expect(await rows('select count(*)::int as count from migration')).toEqual([{ count: real.length }]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    await migrate(admin);
    const changed = real.map((one, index) => (index === 1 ? { ...one, sha256: 'other' } : one));
    await expect(migrate(admin, changed)).rejects.toThrow(/0002_projection.sql was applied .* with other content/);
  });

  it('refuses a database of a newer version', async () => {
    await migrate(admin);
    await expect(migrate(admin, real.slice(0, -1))).rejects.toThrow(/written by a newer version/);
  });

  it('leaves nothing of a migration that fails', async () => {
    const broken = [...real, migration(real.length + 1, 'broken', 'create table half (n int); select no_such_column')];
    await expect(migrate(admin, broken)).rejects.toThrow(/_broken.sql failed: column "no_such_column"/);
    expect(await rows("select to_regclass('half') as half")).toEqual([{ half: null }]);
    const mended = [...real, migration(real.length + 1, 'mended', 'create table half (n int)')];
    expect(await migrate(admin, mended)).toEqual([mended.at(-1)?.name]);
  });

  it('runs what may not run in a transaction outside of one', async () => {
    const bare = migration(
      real.length + 1,
      'bare',
      '-- no transaction\ncreate index concurrently extra on event (kind)',
    );
    expect(await migrate(admin, [...real, bare])).toContain(bare.name);
    expect(await rows("select to_regclass('extra')::text as extra")).toEqual([{ extra: 'extra' }]);
  });
});

describe('the folder of migrations', () => {
  it('refuses gaps and odd names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'on-migrations-'));
    writeFileSync(join(folder, '0001_a.sql'), 'select 1');
    writeFileSync(join(folder, '0003_c.sql'), 'select 1');
    expect(() => readMigrations(folder)).toThrow(/0003_c.sql.*without gaps/);
    rmSync(folder, { recursive: true });
  });
});
