import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demoPassword } from '@/server/access/demo-accounts.ts';
import { runningPostmaster } from '@/server/store/cluster-files.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const script = fileURLToPath(new URL('./headless.ts', import.meta.url));

/** A refusal, an answer, or null: nobody answered, and whether it was done is not known. */
export type Said = { readonly data?: unknown; readonly refused?: string; readonly status: number } | null;

/** The server as a process that tests may kill, always at the same address, with its own database. */
export type ServerProcess = {
  readonly url: string;
  readonly folder: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** The database's postmaster with all its children. */
  killDatabase(): void;
  signIn(account: string): Promise<string>;
  call(cookie: string, path: string, input: unknown): Promise<Said>;
  /** Ends both processes and removes the folder. */
  remove(): Promise<void>;
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}

export async function serverProcess(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'on-server-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  const isRunning = () => child !== null && child.exitCode === null && child.signalCode === null;

  async function start(): Promise<void> {
    const env = {
      DATA_DIR: folder,
      PORT: String(port),
      JT808_PORT: '0',
      PUSH_PORT: '0',
      FEED_LISTEN: '*=127.0.0.1:0',
      SIMULATOR: '0',
      ...environment,
    };
    const started = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', ...env },
    });
    child = started;
    await new Promise<void>((done, fail) => {
      createInterface({ input: started.stdout }).on('line', (line) => line.startsWith('ready ') && done());
      started.once('exit', (code, signal) => (signal === 'SIGKILL' ? done() : fail(new Error(`ended with ${code}`))));
    });
  }

  const end = (signal: NodeJS.Signals) =>
    new Promise<void>((done) => {
      if (!child || !isRunning()) return done();
      child.once('exit', () => done());
      child.kill(signal);
    });

  async function call(cookie: string, path: string, input: unknown): Promise<Said> {
    try {
      const response = await fetch(`${url}/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-one-network': '1', cookie },
        body: JSON.stringify(input),
        signal: AbortSignal.timeout(10_000),
      });
      const body = (await response.json()) as {
        result?: { data: unknown };
        error?: { data: { refusal: { refused: string } } };
      };
      const { status } = response;
      return body.result
        ? { data: body.result.data, status }
        : { refused: body.error?.data.refusal.refused ?? '', status };
    } catch {
      return null;
    }
  }

  return {
    url,
    folder,
    start,
    kill: () => end('SIGKILL'),
    killDatabase: () => {
      const pid = runningPostmaster(folder)?.pid;
      if (pid) process.kill(-pid, 'SIGKILL');
    },
    call,
    async signIn(account) {
      const response = await fetch(`${url}/trpc/session.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-one-network': '1' },
        body: JSON.stringify({ account, password: demoPassword }),
      });
      return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
    async remove() {
      await end('SIGTERM');
      const pid = runningPostmaster(folder)?.pid;
      if (pid) process.kill(pid, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
