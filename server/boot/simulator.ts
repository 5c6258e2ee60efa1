import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { departmentFeeds } from '@/server/departments/registry.ts';
import type { Log } from './log.ts';

export type Simulator = { readonly pid: number | null; stop(): Promise<void> };
type Address = { readonly host: string; readonly port: number };

export type SimulatorOptions = {
  readonly root: string;
  /** From sources by tsx, or from the bundle. */
  readonly dev: boolean;
  readonly tokens: string;
  readonly jt808: Address;
  readonly push: Address;
  /** By feed, those that listen by themselves. */
  readonly feeds: Readonly<Record<string, Address>>;
  /** Where it offers what is polled; null: nowhere. */
  readonly documentsPort: number | null;
  readonly log: Log;
};

const patienceMs = 5_000;

/** Protocols that the simulator has a line for, by the name of its option; a feed that does not listen stays silent. */
const lines = ['hj212', 'sl651', 'gb26875', 'ais', 'jt809', 'gb28181', 'mqtt'] as const;

export function lineOptions(feeds: SimulatorOptions['feeds']): string[] {
  return lines.flatMap((protocol) => {
    const of = departmentFeeds.find(({ feed }) =>
      protocol === 'mqtt' ? feed.transport === 'mqtt' && feeds[feed.id] : feed.protocol === protocol && feeds[feed.id],
    );
    const at = of ? feeds[of.feed.id] : undefined;
    if (!at) return [`--${protocol}`, 'off'];
    const host = at.host.includes(':') ? `[${at.host}]` : at.host;
    return [`--${protocol}`, protocol === 'mqtt' ? `mqtt://${host}:${at.port}` : `${host}:${at.port}`];
  });
}

/** Where the simulator's own documents stand, by protocol of the feed that polls them. */
export const simulatedPaths: Readonly<Record<string, string>> = {
  metar: '/metar/ZSNJ.txt',
  open311: '/open311/v2/requests.json',
};

/** What the demo polls unless the installation names something else: a city of its own on this machine. */
export function simulatedUrls(documentsPort: number): ReadonlyMap<string, string> {
  return new Map(
    departmentFeeds.flatMap(({ feed }) => {
      const path = feed.transport === 'http-poll' ? simulatedPaths[feed.protocol] : undefined;
      return path ? [[feed.id, `http://127.0.0.1:${documentsPort}${path}`] as const] : [];
    }),
  );
}

const usualDocumentsPort = 7090;

/** The usual port for the simulator's documents where it is free, so that addresses stay the same from one start to the next. */
export async function documentsPort(): Promise<number> {
  for (const port of [usualDocumentsPort, 0]) {
    const probe = createServer();
    const free = await new Promise<number | null>((done) => {
      probe.once('error', () => done(null));
      probe.listen(port, '127.0.0.1', () => done((probe.address() as AddressInfo).port));
    });
    await new Promise((done) => probe.close(done));
    if (free !== null) return free;
  }
  return usualDocumentsPort;
}

/** The demo city in a process of its own: it speaks to the real ports, as the departments' systems would. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { root, dev, tokens, jt808, push, feeds, log } = options;
  const bundle = join(root, 'dist/sim.mjs');
  const entry = !dev && existsSync(bundle) ? [bundle] : ['--import', 'tsx', join(root, 'sim/main.ts')];
  const base = `http://${push.host}:${push.port}`;
  const args = [
    ...['--tokens', tokens, '--jt808', `${jt808.host}:${jt808.port}`],
    ...['--push', `${base}/v1/push`, '--cap', `${base}/v1/cap`],
    ...['--documents-port', options.documentsPort === null ? 'off' : String(options.documentsPort)],
    ...lineOptions(feeds),
  ];
  const child: ChildProcess = spawn(process.execPath, [...entry, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stopping = false;
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on('line', (line) => log('info', line, { of: 'simulator' }));
  child.on('error', (error) => log('error', 'the city simulator could not be started', { error }));
  const ended = new Promise<void>((done) => {
    child.on('exit', (code, signal) => {
      if (!stopping) log('warn', `the city simulator ended (${signal ?? code}); the demo city stands still`);
      done();
    });
  });
  // A server that is killed takes its simulator along at the next line it writes; one that ends itself ends it here.
  const last = (): void => void child.kill('SIGKILL');
  process.once('exit', last);

  return {
    pid: child.pid ?? null,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(hard);
      process.off('exit', last);
    },
  };
}
