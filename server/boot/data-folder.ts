import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from './start-refused.ts';

export type DataFolder = {
  readonly path: string;
  readonly logs: string;
  release(): void;
};

type Owner = { readonly pid: number; readonly startedAt: string };

/** A process id is given again; together with when its process began it is not. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return ''; // not Linux, or it is gone
  }
}

function isRunning(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return owner.startedAt === beganAt(owner.pid);
}

function readOwner(file: string): Owner | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof value.pid === 'number' ? { pid: value.pid, startedAt: String(value.startedAt ?? '') } : null;
  } catch {
    return null; // half written by a process that was killed
  }
}

function take(file: string, path: string): void {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, JSON.stringify({ pid: process.pid, startedAt: beganAt(process.pid) } satisfies Owner));
      closeSync(handle);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner && isRunning(owner))
      throw new StartRefused(
        `One Network is running already on this data directory (process ${owner.pid}): ${path}`,
        'End it first, or give this one a directory of its own (DATA_DIR).',
      );
    const aside = `${file}.${process.pid}`;
    try {
      renameSync(file, aside);
      rmSync(aside, { force: true });
    } catch {
      // another starter was faster; the next round meets its file
    }
  }
  throw new StartRefused(`The data directory ${path} is being taken by another process.`, 'Try again.');
}

const leastFreeBytes = 512 * 1024 * 1024;

/** Makes the folder and holds it for this process alone. */
export function openDataFolder(path: string): DataFolder {
  const file = join(path, 'server.lock');
  const logs = join(path, 'logs');
  try {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    mkdirSync(logs, { recursive: true, mode: 0o700 });
    take(file, path);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(
      `The data directory ${path} cannot be used: ${(error as Error).message}`,
      'Choose another (DATA_DIR).',
    );
  }
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < leastFreeBytes) {
    rmSync(file, { force: true });
    throw new StartRefused(
      `Less than 512 MB are free in ${path}.`,
      'Make room, or choose another directory (DATA_DIR).',
    );
  }
  return { path, logs, release: () => rmSync(file, { force: true }) };
}

/** Readable by this account alone; in one step, so that a reader never meets half of it. */
export function writePrivate(file: string, text: string): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, file);
}
