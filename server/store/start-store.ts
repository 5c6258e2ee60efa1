import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Connections, configOfUrl, createDatabase, prepareDatabase, types } from './connect.ts';
import { launchPostgres, type PostgresServer } from './launcher.ts';
import { migrate } from './migrate.ts';
import { DatabaseStartError } from './native-postgres.ts';
import { type OpenOptions, type OpenStore, openStore } from './open-store.ts';

export type StartOptions = Omit<OpenOptions, 'connections' | 'checkpointFile'> & {
  /** Where the embedded database lies, and the checkpoints. */
  readonly folder: string;
  /** A PostgreSQL ≥ 15 of one's own instead of the embedded one. */
  readonly databaseUrl?: string | null;
  /** Leaves the embedded server running at close, for the next start to adopt. */
  readonly keepServer?: boolean;
};

export type StartedStore = OpenStore & {
  readonly embedded: boolean;
  readonly migrated: readonly string[];
  /** For what has connections of its own (accounts and sessions). */
  readonly connections: Connections;
};

const databaseName = 'one_network';
const instanceLock = 0x6f6e_696e; // "onin"

/** Two processes on one embedded store would each think they hold the live state. */
async function lockInstance(config: pg.ClientConfig, folder: string): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // the lock goes with the server; sealing has its own
  await client.connect();
  // The session of a process that was killed a moment ago may still be ending.
  for (let tries = 0; tries < 50; tries += 1) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [instanceLock]);
    if (rows[0]?.got) return client;
    await sleep(100);
  }
  await client.end();
  throw new DatabaseStartError(`Another One Network process is using the data directory ${folder}. End it first.`);
}

/** Server, database, roles, migrations, policies, store: everything that `main` has to wait for. */
export async function startStore(options: StartOptions): Promise<StartedStore> {
  const log = options.log ?? (() => undefined);
  let server: PostgresServer | null = null;
  let instance: pg.Client | null = null;
  try {
    let admin: pg.ClientConfig;
    if (options.databaseUrl) admin = configOfUrl(options.databaseUrl);
    else {
      server = await launchPostgres({ folder: options.folder, log });
      admin = { ...server.address, database: databaseName, types, application_name: 'one-network' };
      await createDatabase(admin, databaseName);
      instance = await lockInstance(admin, options.folder);
    }
    const connections = await prepareDatabase(admin);
    const migrated = await migrate(connections.admin);
    const store = await openStore({
      ...options,
      connections,
      checkpointFile: join(options.folder, 'checkpoints.ndjson'),
    });
    const [running, held] = [server, instance];
    let closing: Promise<void> | null = null;
    const close = async () => {
      await store.close();
      await held?.end().catch(() => undefined); // the server may be gone
      if (options.keepServer) running?.release();
      else await running?.stop();
    };
    return {
      ...store,
      embedded: running !== null,
      migrated,
      connections,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    await instance?.end().catch(() => undefined); // the error above is the one that counts
    if (server?.adopted) server.release();
    else await server?.stop();
    throw error;
  }
}
