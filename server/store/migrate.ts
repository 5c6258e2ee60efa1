import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { withClient } from './connect.ts';
import { DatabaseStartError } from './native-postgres.ts';
import { applyPolicies, ownerRole } from './row-security.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
  /** The file's first line says `-- no transaction` (for `create index concurrently`); it then holds one statement. */
  readonly bare: boolean;
};

/** The bundle lies elsewhere than the sources; it is started from the project's root. */
const besideSource = fileURLToPath(new URL('./migrations', import.meta.url));
export const migrationsFolder = (): string =>
  existsSync(besideSource) ? besideSource : join(process.cwd(), 'server/store/migrations');

export function readMigrations(folder: string = migrationsFolder()): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const number = Number(/^(\d{4})_[a-z0-9-]+\.sql$/.exec(name)?.[1]);
    if (number !== index + 1)
      throw new DatabaseStartError(`${name}: migrations are named NNNN_name.sql and numbered from 0001 without gaps`);
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    return { number, name, sql, sha256, bare: sql.startsWith('-- no transaction\n') };
  });
}

const lockKey = 0x6f6e_6d69; // "onmi"

const table = `
create table if not exists migration (
  number integer primary key, name text not null, sha256 text not null, applied_at bigint not null
);
alter table migration enable row level security, force row level security;
drop policy if exists owner_always on migration;
create policy owner_always on migration to ${ownerRole} using (true) with check (true);
`;

type Applied = { number: number; name: string; sha256: string };

function checkApplied(applied: readonly Applied[], files: readonly Migration[]): void {
  for (const [index, held] of applied.entries()) {
    const file = files[index];
    if (!file)
      throw new DatabaseStartError(
        `The database was written by a newer version (migration ${held.name}); start that version or a later one.`,
      );
    if (file.number !== held.number || file.name !== held.name || file.sha256 !== held.sha256)
      throw new DatabaseStartError(
        `Migration ${held.name} was applied to this database with other content than ${file.name} has now. ` +
          'Applied migrations are never changed: add a new one.',
      );
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const record = () =>
    client.query('insert into migration (number, name, sha256, applied_at) values ($1, $2, $3, $4)', [
      migration.number,
      migration.name,
      migration.sha256,
      Date.now(),
    ]);
  try {
    if (migration.bare) {
      await client.query(migration.sql);
      await record();
      return;
    }
    await client.query("begin; select set_config('app.system', 'on', true)");
    await client.query(migration.sql);
    await record();
    await client.query('commit');
  } catch (error) {
    if (!migration.bare) await client.query('rollback');
    throw new DatabaseStartError(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Applies what is missing, one runner at a time, then the row-level policies of this version. Returns what was applied. */
export async function migrate(
  admin: pg.ClientConfig,
  files: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  return withClient(admin, async (client) => {
    // Released with the session, also when this process is killed.
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(`set role ${ownerRole}`);
    await client.query(table);
    const applied = await client.query<Applied>('select number, name, sha256 from migration order by number');
    checkApplied(applied.rows, files);
    const missing = files.slice(applied.rows.length);
    for (const migration of missing) await apply(client, migration);
    await applyPolicies(client);
    return missing.map(({ name }) => name);
  });
}
