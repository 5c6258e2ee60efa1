import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { checkpointWriter } from './checkpoint.ts';
import { commandRunner } from './command.ts';
import type { Connections } from './connect.ts';
import { diskUse } from './disk.ts';
import { history } from './history.ts';
import { intakeOf } from './intake.ts';
import { startKeeper } from './keeper.ts';
import { reader } from './reader.ts';
import { type Keep, keepByLaw, type RetentionReport } from './retention.ts';
import { committedChannel, startSealer } from './sealer.ts';
import type { Store } from './store.ts';
import { timersOf } from './timers.ts';

export type OpenOptions = {
  readonly connections: Connections;
  readonly clock?: () => number;
  readonly log?: (text: string) => void;
  /** Where the chain's checkpoints go; outside the database. None: no checkpoints. */
  readonly checkpointFile?: string;
  readonly keep?: Keep;
  /** Runs retention every hour (default). Tests call `retain` themselves. */
  readonly retention?: boolean;
  readonly commandConnections?: number;
  readonly commandPatienceMs?: number;
};

/** The store of a migrated database, with what only its owner's side uses. */
export type OpenStore = Store & { retain(now: number): Promise<RetentionReport> };

const hourMs = 3_600_000;

export async function openStore(options: OpenOptions): Promise<OpenStore> {
  const clock = options.clock ?? Date.now;
  const log = options.log ?? (() => undefined);
  const keep = options.keep ?? keepByLaw;
  const pools: pg.Pool[] = [];
  const pool = (max: number, pipeline: boolean, settings = '') => {
    const made = new pg.Pool({
      ...options.connections.app,
      options: `${options.connections.app.options ?? ''} -c jit=off ${settings}`.trim(),
      max,
      pipeline,
      connectionTimeoutMillis: 2_500,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
    } as pg.PoolConfig);
    made.on('error', () => undefined); // an idle connection broke; the next use makes another
    // One that breaks while it is borrowed says so itself: unheard, that would end the process.
    made.on('connect', (client) => client.on('error', () => undefined));
    pools.push(made);
    return made;
  };
  const commandPool = pool(
    options.commandConnections ?? 12,
    true,
    // Planning costs more than running here: plan once. Without sequential scans, as it may happen while tables are empty.
    '-c synchronous_commit=on -c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
  );
  const readPool = pool(6, false);
  const telemetryPool = pool(3, true);

  const keeper = startKeeper(options.connections.admin);
  await keeper.ahead(clock());

  const listeners = new Set<(upTo: number) => void>();
  const checkpoints = options.checkpointFile
    ? checkpointWriter(options.checkpointFile, (error) => log(`no checkpoint written: ${error.message}`))
    : null;
  let state = { up: true, why: '', since: clock() };

  const sealer = startSealer({
    connection: options.connections.admin,
    sealed: (upTo, hash) => {
      if (hash) checkpoints?.note(upTo, hash, clock());
      for (const listener of listeners) listener(upTo);
    },
    answered: (up, why) => {
      if (up === state.up) return;
      state = { up, why, since: clock() };
      log(up ? 'the database answers again' : `the database does not answer: ${why}`);
    },
  });

  let hinting = false;
  /** To our own sealer at once; to another process's by a notification, one at a time. */
  const committed = () => {
    if (sealer.sealing()) return sealer.poke();
    if (hinting) return;
    hinting = true;
    commandPool
      .query(`select pg_notify('${committedChannel}', '')`)
      .catch(() => undefined) // a hint only: the sealer looks by itself
      .finally(() => {
        hinting = false;
      });
  };

  const reading = reader({ pool: readPool, clock, sealedUpTo: () => sealer.upTo() });
  const command = commandRunner({
    pool: commandPool,
    clock,
    committed,
    ...(options.commandPatienceMs ? { patienceMs: options.commandPatienceMs } : {}),
  });
  const past = history({
    pool: telemetryPool,
    keeper,
    clock,
    read: reading.read,
    fullDays: keep.fullDays,
    minuteDays: keep.minuteDays,
  });

  const retain = (now: number) => keeper.retain(now, keep);
  let retaining = Promise.resolve();
  const retention = setInterval(() => {
    retaining = retain(clock()).then(
      ({ dropped }) => {
        if (dropped.length) log(`retention dropped ${dropped.join(', ')}`);
      },
      (error: Error) => log(`retention waits: ${error.message}`),
    );
  }, hourMs);
  retention.unref();
  if (options.retention === false) clearInterval(retention);

  const versions = await commandPool.query<{ server_version: string }>('show server_version');

  async function settled(): Promise<number> {
    const unsealed = 'select from event e where not exists (select from sealed s where s.event_id = e.id) limit 1';
    await sealer.round();
    while (!sealer.sealing() && (await keeper.run((on) => asSystem(on, unsealed)))) {
      await sleep(20);
      await sealer.round();
    }
    return sealer.upTo();
  }

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    clearInterval(retention);
    await retaining;
    await sealer.close();
    await keeper.close();
    await Promise.all(pools.map((one) => one.end()));
  }

  return {
    command,
    ...reading,
    sealedUpTo: () => sealer.upTo(),
    onSealed: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled,
    history: past,
    ...intakeOf({ pool: telemetryPool, keeper, read: reading.read }),
    timers: timersOf({ pool: commandPool, clock, read: reading.read }),
    health: () => {
      const oldest = sealer.unsealedSince();
      const counts = pools.map(({ totalCount, idleCount, waitingCount }) => [totalCount, idleCount, waitingCount]);
      const sum = (index: number) => counts.reduce((total, row) => total + (row[index] ?? 0), 0);
      return {
        ready: state.up,
        reasons: state.up ? [] : [`database: ${state.why}`],
        database: state.up ? 'up' : 'down',
        since: state.since,
        serverVersion: versions.rows[0]?.server_version ?? '',
        sealedUpTo: sealer.upTo(),
        sealing: sealer.sealing(),
        unsealedMs: oldest === null ? 0 : Math.max(0, clock() - oldest),
        historySkipped: past.skipped(),
        connections: { total: sum(0), idle: sum(1), waiting: sum(2) },
      };
    },
    disk: () => keeper.run((on) => diskUse(on, clock())),
    retain,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Whether the owner's side sees any row of this query, as the system. */
async function asSystem(client: pg.Client, sql: string): Promise<boolean> {
  await client.query("begin; select set_config('app.system', 'on', true)");
  const { rowCount } = await client.query(sql);
  await client.query('commit');
  return (rowCount ?? 0) > 0;
}
