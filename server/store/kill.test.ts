import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from './actor.ts';
import { runningPostmaster } from './cluster-files.ts';
import { type StartedStore, startStore } from './start-store.ts';

/** Acknowledged means stored, once, whatever is killed. More rounds by KILL_ROUNDS. */
const rounds = Number(process.env.KILL_ROUNDS ?? 4);
const machine = systemActor('judge');
const script = fileURLToPath(new URL('./testing/appender.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const elsewhere = Boolean(process.env.TEST_DATABASE_URL);

describe.skipIf(elsewhere)('kill -9', () => {
  let folder = '';
  const acknowledged = new Set<number>();
  const twice: number[] = [];
  let child: ChildProcess | null = null;
  let store: StartedStore | null = null;

  async function start(): Promise<void> {
    const highest = Math.max(-1, ...acknowledged) + 100; // numbers that were under way may be there or not
    child = spawn(process.execPath, ['--import', 'tsx', script, folder, String(highest)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const number = /^ack (\d+)$/.exec(line)?.[1];
      if (number === undefined) return;
      if (acknowledged.has(Number(number))) twice.push(Number(number));
      acknowledged.add(Number(number));
    });
  }
  const more = async (count: number) => {
    const wanted = acknowledged.size + count;
    const deadline = Date.now() + 60_000;
    while (acknowledged.size < wanted) {
      if (Date.now() > deadline) throw new Error(`stuck at ${acknowledged.size} of ${wanted} acknowledgements`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const killChild = () =>
    new Promise<void>((done) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return done();
      child.once('close', () => done());
      child.kill('SIGKILL');
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'on-kill-'));
    chmodSync(folder, 0o755);
    for (let round = 0; round < rounds; round += 1) {
      if (!child || child.exitCode !== null || child.signalCode !== null) await start();
      await more(20 + Math.floor(Math.random() * 60));
      if (round % 2) await killChild();
      else {
        const server = runningPostmaster(folder);
        process.kill(-(server?.pid ?? 0), 'SIGKILL'); // the postmaster and all its children
        await more(20); // the same application goes on once the server is back
      }
    }
    await killChild();
    store = await startStore({ folder });
  }, 240_000);
  afterAll(async () => {
    await killChild();
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = <Row extends object>(sql: string) => (store as StartedStore).read(machine, (tx) => tx.query<Row>(sql));

  it('loses no acknowledged command and stores none twice', async () => {
    expect(acknowledged.size).toBeGreaterThan(rounds * 20);
    expect(twice).toEqual([]);
    const stored = await ask<{ id: string; events: number }>(
      'select c.id, count(e.id) as events from command c left join event e on e.command_id = c.id group by c.id',
    );
    const events = new Map(stored.map((row) => [row.id, row.events]));
    expect([...acknowledged].filter((number) => events.get(`n-${number}`) !== 1)).toEqual([]);
    expect(stored.filter((row) => row.events !== 1)).toEqual([]);
  });

  it('leaves one sequence without a gap, chained, and projections that the log gives', async () => {
    const end = await (store as StartedStore).settled();
    const [found] = await ask<Record<string, number>>(
      'select count(*) as sealed, min(position) as first, max(position) as last, (select count(*) from event) as events from sealed',
    );
    expect(found).toEqual({ sealed: end, first: 1, last: end, events: end });
    const lanes = await ask(
      'select id, version, body from feed where version <> (select count(*) from event where stream = $$feed/$$ || feed.id)',
    );
    expect(lanes).toEqual([]);
  });
});
