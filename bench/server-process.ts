import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
export const bundle = `${root}dist/server.mjs`;
export const isBuilt = (): boolean => existsSync(bundle) && existsSync(`${root}.next/BUILD_ID`);

export type Measured = {
  readonly url: string;
  /** Where it takes JT/T 808. */
  readonly jt808Port: number;
  readonly readyMs: number;
  rssMb(): number;
  stop(): Promise<number>;
};

/** The production server in a process of its own, as `npm start` runs it; ready when it has said so. */
export async function runServer(folder: string, env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, [bundle], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATA_DIR: folder,
      PORT: '0',
      JT808_PORT: '0',
      PUSH_PORT: '0',
      FEED_LISTEN: '*=127.0.0.1:0',
      SIMULATOR: '0',
      ...env,
    },
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const said: string[] = [];
  await new Promise<void>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      if (line.includes('Ctrl+C ends it')) done();
    });
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${said.join('\n')}`)));
  });
  return {
    jt808Port: Number(/tcp \S+:(\d+)/.exec(said.join('\n'))?.[1] ?? 0),
    url: /Open:\s+(\S+)/.exec(said.join('\n'))?.[1] ?? '',
    readyMs: Math.round(performance.now() - started),
    rssMb: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    stop: async () => {
      const asked = performance.now();
      child.kill('SIGTERM');
      await gone;
      return Math.round(performance.now() - asked);
    },
  };
}
