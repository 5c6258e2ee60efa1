import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
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
  /** Processor time of the server and its database together, ms. */
  cpuMs(): number;
  stop(): Promise<number>;
};

/** A port that nobody has now. */
export const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A process and what it started: fields 4 (parent), 14 and 15 (ticks of 10 ms) of /proc/<pid>/stat, proc(5). */
export function processesUnder(root: number): { pid: number; cpuMs: number; command: string }[] {
  const stats = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10;
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return [{ pid: Number(name), parent: Number(fields[1]), cpuMs, command }];
    } catch {
      return []; // it ended while we looked
    }
  });
  const ours = new Set([root]);
  for (let known = 0; known !== ours.size; ) {
    known = ours.size;
    for (const one of stats) if (ours.has(one.parent)) ours.add(one.pid);
  }
  return stats.filter((one) => ours.has(one.pid));
}

const cpuMsOf = (root: number): number => processesUnder(root).reduce((sum, one) => sum + one.cpuMs, 0);

/** The production server in a process of its own, as `npm start` runs it; ready when it has said so. */
export async function runServer(folder: string, env: Record<string, string> = {}): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', '--max-semi-space-size=64', bundle], {
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
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    stop: async () => {
      const asked = performance.now();
      child.kill('SIGTERM');
      await gone;
      return Math.round(performance.now() - asked);
    },
  };
}
