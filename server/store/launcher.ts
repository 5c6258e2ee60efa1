import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, parse, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  clusterFolder,
  clusterSecret,
  initCluster,
  isAlive,
  type Postmaster,
  prepareFolder,
  removeSocketFolder,
  runningPostmaster,
  serverEnvironment,
  socketFolder,
  superuser,
  withFolderLock,
} from './cluster-files.ts';
import {
  type Account,
  asAccount,
  DatabaseStartError,
  executable,
  nativePostgres,
  unprivilegedAccount,
} from './native-postgres.ts';

export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
};

export type PostgresServer = {
  readonly address: ServerAddress;
  /** It ran already: left behind by a process that was killed, or started by another one. */
  readonly adopted: boolean;
  pid(): number | null;
  /** Ends the server: fast, then immediate (safe: recovered at the next start). */
  stop(): Promise<void>;
  /** Leaves it running and stops watching it. */
  release(): void;
};

export type LaunchOptions = {
  readonly folder: string;
  readonly log?: (text: string) => void;
  /** Further settings, `name=value`. */
  readonly settings?: readonly string[];
};

const settings = [
  'timezone=UTC',
  'log_timezone=UTC',
  'lc_messages=C',
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'max_connections=80',
  'deadlock_timeout=200ms',
  'jit=off',
  'log_min_messages=log',
  'log_min_error_statement=panic', // statements may hold personal data
  'log_checkpoints=off',
  'max_wal_size=2GB',
  'shared_buffers=128MB',
];

const longestLog = 8 * 1024 * 1024;

async function ping(address: ServerAddress): Promise<void> {
  const client = new pg.Client({ ...address, database: 'postgres', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // said by the rejected call already
  await client.connect();
  await client.query('select 1');
  await client.end();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

type Place = { folder: string; native: string; account: Account | null; settings: readonly string[] };
type Started = { child: ChildProcess; host: string; port: number };

async function spawnServer(place: Place): Promise<Started> {
  const windows = process.platform === 'win32';
  const host = windows ? '127.0.0.1' : socketFolder(place.folder, place.account);
  const port = windows ? await freePort() : 5432;
  const listen = windows ? ['listen_addresses=127.0.0.1'] : ['listen_addresses=', `unix_socket_directories=${host}`];
  const logFile = join(place.folder, 'pg.log');
  if (existsSync(logFile) && statSync(logFile).size > longestLog) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    executable(place.native, 'postgres'),
    [
      '-D',
      clusterFolder(place.folder),
      '-p',
      String(port),
      ...[...settings, ...listen, ...place.settings].flatMap((setting) => ['-c', setting]),
    ],
    {
      ...asAccount(place.account),
      env: serverEnvironment,
      cwd: parse(place.folder).root,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.on('error', () => undefined); // seen as an exit without a start
  child.unref();
  return { child, host, port };
}

const lastWords = (folder: string): string => {
  const file = join(folder, 'pg.log');
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-1_500) : '';
};

async function waitUntilReady(address: ServerAddress, gone: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await ping(address);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === '28P01')
        throw new DatabaseStartError('The database refuses its own password; the folder holds files of two clusters.');
      if (gone() || Date.now() > deadline) return false;
      await sleep(30);
    }
  }
}

function checkVersion(place: Place): void {
  const held = readFileSync(join(clusterFolder(place.folder), 'PG_VERSION'), 'utf8').trim();
  const run = spawnSync(executable(place.native, 'postgres'), ['--version'], {
    ...asAccount(place.account),
    cwd: parse(place.folder).root,
    encoding: 'utf8',
  });
  const ours = /(\d+)\./.exec(run.stdout)?.[1];
  if (ours !== held)
    throw new DatabaseStartError(
      `${place.folder} was written by PostgreSQL ${held}; this version brings PostgreSQL ${ours}. ` +
        'Export it with the older version and import it here.',
    );
}

type Running = { address: ServerAddress; pid: number; child: ChildProcess | null };

async function launch(place: Place, log: (text: string) => void): Promise<Running> {
  initCluster(place.folder, place.native, place.account);
  checkVersion(place);
  const password = clusterSecret(place.folder);
  const addressOf = ({ host, port }: { host: string; port: number }) => ({ host, port, user: superuser, password });

  const found: Postmaster | null = runningPostmaster(place.folder);
  if (found) {
    const address = addressOf(found);
    if (await waitUntilReady(address, () => !isAlive(found.pid), 30_000)) {
      log(`adopted the running database (process ${found.pid})`);
      return { address, pid: found.pid, child: null };
    }
    log(`process ${found.pid} does not answer as this database; starting one`);
  }
  const { child, host, port } = await spawnServer(place);
  const address = addressOf({ host, port });
  const gone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  if (!(await waitUntilReady(address, gone, 120_000)))
    throw new DatabaseStartError(`PostgreSQL did not start in ${place.folder}:\n${lastWords(place.folder)}`);
  return { address, pid: child.pid ?? 0, child };
}

/** Starts the embedded PostgreSQL in `folder`, or adopts the one that runs there, and keeps it running. */
export async function launchPostgres(options: LaunchOptions): Promise<PostgresServer> {
  const log = options.log ?? (() => undefined);
  const folder = resolve(options.folder);
  const account = unprivilegedAccount();
  prepareFolder(folder, account);
  const first = await withFolderLock(folder, async () => {
    const native = nativePostgres(folder, account, log);
    const place: Place = { folder, native, account, settings: options.settings ?? [] };
    return { place, running: await launch(place, log) };
  });
  const { place } = first;
  let running: Running | null = first.running;
  let watching = true;

  const alive = (of: Running) =>
    of.child ? of.child.exitCode === null && of.child.signalCode === null : isAlive(of.pid);

  /** A process that exits is started again; the pools connect again by themselves. */
  const watch = async () => {
    let pauseMs = 100;
    while (watching) {
      await sleep(running?.child ? 100 : 250, undefined, { ref: false });
      if (!watching || (running && alive(running))) {
        pauseMs = 100;
        continue;
      }
      log('the database process is gone; starting it again');
      running = null;
      await sleep(pauseMs, undefined, { ref: false });
      pauseMs = Math.min(pauseMs * 2, 5_000);
      if (!watching) return;
      try {
        running = await withFolderLock(folder, () => launch(place, log));
      } catch (error) {
        log(`the database could not be started again: ${(error as Error).message}`);
      }
    }
  };
  const watcher = watch();

  const signal = (of: Running, mode: 'fast' | 'immediate') => {
    if (process.platform === 'win32')
      spawnSync(executable(place.native, 'pg_ctl'), ['-D', clusterFolder(folder), '-m', mode, '-W', 'stop']);
    else if (alive(of)) process.kill(of.pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  };

  const ended = async (of: Running, patienceMs: number) => {
    const deadline = Date.now() + patienceMs;
    while (alive(of)) {
      if (Date.now() > deadline) return false;
      await sleep(20);
    }
    return true;
  };

  return {
    address: first.running.address,
    adopted: first.running.child === null,
    pid: () => running?.pid ?? null,
    release: () => {
      watching = false;
    },
    stop: async () => {
      watching = false;
      await Promise.race([watcher, sleep(500)]);
      const last = running;
      if (!last || !alive(last)) return;
      signal(last, 'fast');
      // A fast stop that arrives during crash recovery can hang for minutes: then the immediate one.
      if (!(await ended(last, 10_000))) {
        signal(last, 'immediate');
        if (!(await ended(last, 10_000))) return log(`the database process ${last.pid} did not end`);
      }
      removeSocketFolder(last.address.host);
    },
  };
}
