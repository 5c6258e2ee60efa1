import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { isAlive } from '../cluster-files.ts';
import { type Connections, configOfUrl, prepareDatabase, types, withClient } from '../connect.ts';
import { launchPostgres } from '../launcher.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { type OpenOptions, type OpenStore, openStore } from '../open-store.ts';
import { ownerRole, renderAllPolicies } from '../row-security.ts';

/**
 * A database of its own for a test file: a clone of a migrated template (0.1 s), on one server that all test processes of
 * this checkout share, or on the server of TEST_DATABASE_URL. The server ends when the last of them has, also if killed.
 */
export type TestDatabase = {
  readonly name: string;
  readonly connections: Connections;
  /** Opens a store on it; closed together with the database. */
  open(options?: Partial<OpenOptions>): Promise<OpenStore>;
  /** Acts as the administrator, past row-level security. */
  asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Acts as the tables' owner. */
  asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  /** Acts as the application, without any identity. */
  asApp<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

function holdLease(folder: string): void {
  const leases = join(folder, 'leases');
  const lease = join(leases, String(process.pid));
  mkdirSync(leases, { recursive: true });
  writeFileSync(lease, '');
  process.once('exit', () => rmSync(lease, { force: true }));
  const pidFile = join(folder, 'reaper.pid');
  const reaper = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (reaper && isAlive(reaper)) return;
  const script = fileURLToPath(new URL('./reaper.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { detached: true, stdio: 'ignore' });
  child.unref();
  writeFileSync(pidFile, String(child.pid));
}

async function sharedServer(): Promise<pg.ClientConfig> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return configOfUrl(url);
  const mark = createHash('sha256')
    .update(`${root}:${process.getuid?.() ?? 0}`)
    .digest('hex')
    .slice(0, 10);
  const folder = join(tmpdir(), `one-network-tests-${mark}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  holdLease(folder);
  const server = await launchPostgres({ folder, settings: ['max_connections=200'] });
  server.release();
  holdLease(folder); // the one above may have met a reaper at its last step
  return { ...server.address, database: 'postgres', types };
}

const templateLock = 0x6f6e_7465; // "onte"

/** The template is named by what is in it: another checkout's or yesterday's is never used. */
async function template(server: pg.ClientConfig): Promise<{ name: string; connections: Connections }> {
  const content = [...readMigrations().map((migration) => migration.sha256), renderAllPolicies()].join('\n');
  const name = `on_template_${createHash('sha256').update(content).digest('hex').slice(0, 12)}`;
  return withClient(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const held = await client.query<{ done: string | null }>(
      `select shobj_description(oid, 'pg_database') as done from pg_database where datname = $1`,
      [name],
    );
    if (held.rows[0] && held.rows[0].done !== 'ready') await client.query(`drop database ${name}`);
    if (held.rows[0]?.done !== 'ready') await client.query(`create database ${name} template template0`);
    const connections = await prepareDatabase({ ...at(server, name) });
    await migrate(connections.admin);
    await client.query(`comment on database ${name} is 'ready'`);
    return { name, connections };
  });
}

const at = (config: pg.ClientConfig, database: string): pg.ClientConfig => {
  if (!config.connectionString) return { ...config, database };
  const url = new URL(config.connectionString);
  url.pathname = `/${database}`;
  return { ...config, connectionString: url.href };
};

let prepared: Promise<{ server: pg.ClientConfig; name: string; connections: Connections }> | undefined;
const prepare = () => {
  prepared ??= sharedServer().then(async (server) => ({ server, ...(await template(server)) }));
  return prepared;
};

/** An empty database on the tests' server, nothing migrated. */
export async function openEmptyDatabase(): Promise<{ admin: pg.ClientConfig; close(): Promise<void> }> {
  const { server } = await prepare();
  const name = `on_test_${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) => client.query(`create database ${name} template template0`));
  return {
    admin: at(server, name),
    close: () =>
      withClient(server, (client) => client.query(`drop database ${name} with (force)`)).then(() => undefined),
  };
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const { server, name: source, connections: of } = await prepare();
  const name = `on_test_${randomBytes(6).toString('hex')}`;
  await withClient(server, async (client) => {
    // One at a time: a template that is being copied cannot be copied.
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    await client.query(`create database ${name} template ${source}`);
  });
  const connections: Connections = { admin: at(of.admin, name), app: at(of.app, name) };
  const stores: OpenStore[] = [];
  return {
    name,
    connections,
    open: async (options = {}) => {
      const store = await openStore({ connections, retention: false, ...options });
      stores.push(store);
      return store;
    },
    asAdmin: (work) => withClient(connections.admin, work),
    asOwner: (work) =>
      withClient(connections.admin, async (client) => {
        await client.query(`set role ${ownerRole}`);
        return work(client);
      }),
    asApp: (work) => withClient(connections.app, work),
    close: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}
