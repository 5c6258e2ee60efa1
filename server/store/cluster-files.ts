import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, asAccount, closedFolder, DatabaseStartError, executable } from './native-postgres.ts';

export const superuser = 'one_network_admin';

/** A small, fixed environment: PG* variables and a foreign locale of whoever starts us must not reach the cluster. */
export const serverEnvironment: NodeJS.ProcessEnv | undefined =
  process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' };

export const clusterFolder = (folder: string): string => join(folder, 'pg');
const secretFile = (folder: string): string => join(folder, 'pg.secret');

const give = (path: string, account: Account | null): void => {
  if (account) chownSync(path, account.uid, account.gid);
};

export function prepareFolder(folder: string, account: Account | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const closed = closedFolder(folder, account);
  if (closed)
    throw new DatabaseStartError(
      `PostgreSQL has to run as the account ${account?.name}, which may not enter ${closed}. ` +
        'Choose another data directory (for example /var/lib/one-network), or start One Network as another user.',
    );
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export { isAlive };

/** One starter at a time. A lock whose owner is gone is taken over. */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'pg.lock');
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      const file = openSync(lock, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      takeOverStale(lock);
      if (Date.now() > deadline)
        throw new DatabaseStartError(`Another process is starting the database in ${folder} (see ${lock}).`);
      await sleep(50);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeOverStale(lock: string): void {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    const writing = owner === 0 && Date.now() - statSync(lock).mtimeMs < 5_000;
    if (writing || (owner > 0 && owner !== process.pid && isAlive(owner))) return;
    if (owner === process.pid) return; // another start in this very process
    const aside = `${lock}.${process.pid}`;
    renameSync(lock, aside);
    unlinkSync(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // somebody else was faster
  }
}

/** initdb beside, then a rename: a kill half-way leaves no half cluster. */
export function initCluster(folder: string, native: string, account: Account | null): void {
  const target = clusterFolder(folder);
  if (existsSync(join(target, 'PG_VERSION'))) return;
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new DatabaseStartError(`${target} is not empty and holds no database cluster.`);
  for (const name of readdirSync(folder))
    if (name.startsWith('pg.init')) rmSync(join(folder, name), { recursive: true, force: true });

  const secret = randomBytes(24).toString('base64url');
  const half = join(folder, `pg.init${process.pid}`);
  const passwords = join(folder, `pg.init${process.pid}.password`);
  mkdirSync(half, { mode: 0o700 });
  give(half, account);
  writeFileSync(passwords, `${secret}\n`, { mode: 0o600 });
  give(passwords, account);
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const run = spawnSync(
    executable(native, 'initdb'),
    [
      '-D',
      half,
      '-U',
      superuser,
      ...locale,
      '--auth=scram-sha-256',
      `--pwfile=${passwords}`,
      '-k',
      '--no-instructions',
    ],
    { ...asAccount(account), env: serverEnvironment, cwd: parse(folder).root, encoding: 'utf8' },
  );
  rmSync(passwords, { force: true });
  if (run.status !== 0)
    throw new DatabaseStartError(`The database cluster could not be created in ${folder}: ${run.stderr || run.error}`);
  writeFileSync(secretFile(folder), secret, { mode: 0o600 });
  rmSync(target, { recursive: true, force: true });
  renameSync(half, target);
}

export function clusterSecret(folder: string): string {
  try {
    return readFileSync(secretFile(folder), 'utf8');
  } catch (error) {
    throw new DatabaseStartError(`The database's password file ${secretFile(folder)} cannot be read.`, {
      cause: error,
    });
  }
}

/** By a server whose data folder was removed under it. */
function socketInUse(path: string): boolean {
  const lock = readdirSync(path).find((name) => name.endsWith('.lock'));
  const pid = lock ? Number(readFileSync(join(path, lock), 'utf8').split('\n')[0]) : 0;
  return pid > 0 && isAlive(pid);
}

/** Short (the system's limit is 107 bytes), the same at every start, and nobody else's. */
export function socketFolder(folder: string, account: Account | null): string {
  const name = `on-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12)}`;
  const base = Buffer.byteLength(tmpdir()) > 70 ? '/tmp' : tmpdir();
  const owner = account?.uid ?? process.getuid?.() ?? 0;
  for (const suffix of ['', `-${randomBytes(4).toString('hex')}`]) {
    const path = join(base, name + suffix);
    try {
      mkdirSync(path, { mode: 0o700 });
      give(path, account);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = lstatSync(path);
    if (!found.isDirectory() || found.uid !== owner || socketInUse(path)) continue;
    chmodSync(path, 0o700);
    return path;
  }
  throw new DatabaseStartError(`No folder for the database's socket could be made in ${dirname(base)}.`);
}

/** After a stop; left where another server has moved in. */
export function removeSocketFolder(path: string): void {
  if (process.platform === 'win32') return;
  try {
    rmdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY') throw error;
  }
}

export type Postmaster = { readonly pid: number; readonly host: string; readonly port: number };

/** What a running (or killed) server left in postmaster.pid; null where nothing by that id is alive. */
export function runningPostmaster(folder: string): Postmaster | null {
  try {
    const lines = readFileSync(join(clusterFolder(folder), 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
    return { pid, host: lines[4]?.trim() || lines[5]?.trim() || '127.0.0.1', port: Number(lines[3]) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
