import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

export type Log = {
  readonly logger: Logger;
  (level: 'debug' | 'info' | 'warn' | 'error', message: string, facts?: Record<string, unknown>): void;
  close(): void;
};

const longestFile = 20 * 1024 * 1024;
const keptFiles = 4;

function turnOver(file: string): void {
  if (!existsSync(file) || statSync(file).size < longestFile) return;
  for (let age = keptFiles - 1; age >= 1; age -= 1)
    if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`);
  renameSync(file, `${file}.1`);
}

/** Never in a log: secrets, and what is somebody's own (callers' lines, names, places of people). */
const neverLogged = [
  'password',
  'current',
  'next',
  'token',
  'code',
  'cookie',
  'authorization',
  'phone',
  'caller',
  'callers',
  'from',
  'bytes',
];
export const redacted = neverLogged.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

const words = (error: unknown): unknown =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack, code: (error as { code?: string }).code }
    : error;

export type LogOptions = {
  readonly folder: string;
  readonly level: string;
  /** Warnings and errors are said here too, one line each. */
  readonly say: (line: string) => void;
};

/** Everything as JSON lines in the folder, bounded in size; to the terminal only what somebody should look at. */
export function openLog({ folder, level, say }: LogOptions): Log {
  const file = join(folder, 'server.log');
  turnOver(file);
  const destination = pino.destination({ dest: file, mkdir: true, mode: 0o600, sync: true });
  const logger = pino(
    { level, base: null, redact: { paths: redacted, censor: '…' }, serializers: { error: words } },
    destination,
  );
  const turning = setInterval(() => {
    try {
      turnOver(file);
      destination.reopen();
    } catch (error) {
      say(`the log file could not be turned over: ${(error as Error).message}`);
    }
  }, 60_000);
  turning.unref();
  let lastSaid = { line: '', at: 0 };

  const log = (
    kind: 'debug' | 'info' | 'warn' | 'error',
    message: string,
    facts: Record<string, unknown> = {},
  ): void => {
    logger[kind](facts, message);
    if (kind !== 'warn' && kind !== 'error') return;
    const now = Date.now();
    if (lastSaid.line === message && now - lastSaid.at < 60_000) return;
    lastSaid = { line: message, at: now };
    say(`${kind === 'error' ? '✗' : '!'} ${message}`);
  };
  return Object.assign(log, {
    logger,
    close: () => {
      clearInterval(turning);
      destination.flushSync();
      destination.end();
    },
  });
}
