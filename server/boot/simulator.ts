import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { departmentFeeds } from '@/server/departments/registry.ts';
import { writePrivate } from './data-folder.ts';
import type { Log } from './log.ts';
import { type SimulatedFeeds, simulatedLines } from './simulated-feeds.ts';

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
  /** What it brings along itself. */
  readonly simulated: Pick<SimulatedFeeds, 'documentsPort' | 'passwords'>;
  readonly log: Log;
};

const patienceMs = 5_000;

/** Where each of its lines goes; a feed that does not listen is one it says nothing to. */
export function lineOptions(feeds: SimulatorOptions['feeds']): string[] {
  return simulatedLines.flatMap((protocol) => {
    const of = departmentFeeds.find(({ feed }) =>
      protocol === 'mqtt' ? feed.transport === 'mqtt' && feeds[feed.id] : feed.protocol === protocol && feeds[feed.id],
    );
    const at = of ? feeds[of.feed.id] : undefined;
    if (!at) return [`--${protocol}`, 'off'];
    const host = at.host.includes(':') ? `[${at.host}]` : at.host;
    return [`--${protocol}`, protocol === 'mqtt' ? `mqtt://${host}:${at.port}` : `${host}:${at.port}`];
  });
}

/** Not among the arguments: every account of the machine can read those. */
function addPasswords(tokens: string, passwords: SimulatedFeeds['passwords']): void {
  const held = JSON.parse(readFileSync(tokens, 'utf8')) as Record<string, string>;
  const all = { ...held, 'transport-jt809': passwords.jt809, 'police-gb28181': passwords.gb28181 };
  writePrivate(tokens, `${JSON.stringify(all, null, 2)}\n`);
}

/** The demo city in a process of its own: it speaks to the real ports, as the departments' systems would. */
export function startSimulator(options: SimulatorOptions): Simulator {
  const { root, dev, tokens, jt808, push, feeds, simulated, log } = options;
  const bundle = join(root, 'dist/sim.mjs');
  const entry = !dev && existsSync(bundle) ? [bundle] : ['--import', 'tsx', join(root, 'sim/main.ts')];
  const base = `http://${push.host}:${push.port}`;
  addPasswords(tokens, simulated.passwords);
  const args = [
    ...['--tokens', tokens, '--jt808', `${jt808.host}:${jt808.port}`],
    ...['--push', `${base}/v1/push`, '--cap', `${base}/v1/cap`],
    ...['--documents-port', String(simulated.documentsPort)],
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
