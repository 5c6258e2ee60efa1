import pg from 'pg';
import { ensurePartitions } from './partitions.ts';
import { type Keep, keepByLaw, makePartitionsAhead, type RetentionReport, runRetention } from './retention.ts';
import { ownerRole } from './row-security.ts';

/** The owner's connection: partitions and retention, and nothing else. One statement at a time. */
export type Keeper = {
  run<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  ensure(table: string, at: number): Promise<void>;
  ahead(now: number): Promise<void>;
  retain(now: number, keep?: Keep): Promise<RetentionReport>;
  close(): Promise<void>;
};

const lockKey = 0x6f6e_6b65; // "onke"

export function startKeeper(connection: pg.ClientConfig): Keeper {
  let client: pg.Client | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<pg.Client> {
    if (client) return client;
    const next = new pg.Client({ ...connection, connectionTimeoutMillis: 3_000 });
    next.on('error', () => undefined); // the call in progress rejects
    next.on('end', () => {
      if (client === next) client = null;
    });
    await next.connect();
    await next.query(`set role ${ownerRole}`);
    client = next;
    return next;
  }

  /** Waits for its turn here and, by the lock, for the keepers of other processes. */
  function run<T>(work: (on: pg.Client) => Promise<T>): Promise<T> {
    const turn = queue.then(async () => {
      const on = await connected();
      await on.query('select pg_advisory_lock($1)', [lockKey]);
      try {
        return await work(on);
      } finally {
        await on.query('select pg_advisory_unlock($1)', [lockKey]).catch(() => undefined); // gone with the session
      }
    });
    queue = turn.catch(() => undefined); // said to the caller
    return turn;
  }

  return {
    run,
    ensure: (table, at) => run((on) => ensurePartitions(on, [{ table, at }])),
    ahead: (now) => run((on) => makePartitionsAhead(on, now)),
    retain: (now, keep = keepByLaw) => run((on) => runRetention(on, now, keep)),
    close: async () => {
      await queue;
      await client?.end().catch(() => undefined); // gone already
    },
  };
}
