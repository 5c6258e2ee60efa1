import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { systemActor } from '@/server/store/actor.ts';
import { withConnection } from '@/server/store/connection.ts';
import { faultOf } from '@/server/store/faults.ts';
import { identitySql } from '@/server/store/identity.ts';
import type { Query } from '@/server/store/store.ts';

/**
 * Accounts, sessions and tokens have connections of their own: a sign-in never waits behind commands, and what is asked here is asked
 * before anybody is known, so it acts as a machine of ours.
 */
export type Waiting = {
  /** Whoever asks hears "not now" after this long, also from a database that hangs. */
  readonly patienceMs: number;
  /** Tries again until then: only for work that may be done twice. */
  readonly again: boolean;
};
const usual: Waiting = { patienceMs: 3_000, again: false };

export type AccessDatabase = {
  tx<T>(work: (query: Query) => Promise<T>, waiting?: Waiting): Promise<T>;
  close(): Promise<void>;
};

const retryMs = 100;
const identity = identitySql(systemActor('access'));

export function openAccessDatabase(app: pg.ClientConfig, connections = 4): AccessDatabase {
  const pool = new pg.Pool({
    ...app,
    max: connections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 2_500,
  });
  pool.on('error', () => undefined); // an idle connection broke; the next call opens another or says so itself
  // One that breaks while it is borrowed says so to its caller: unheard here, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const once = <T>(work: (query: Query) => Promise<T>, deadline: number): Promise<T> =>
    withConnection(pool, deadline, async (client) => {
      await client.query(`begin; ${identity}`);
      const query: Query = async (sql, params = []) => (await client.query(sql, [...params])).rows;
      const answer = await work(query);
      await client.query('commit');
      return answer;
    });

  async function tx<T>(work: (query: Query) => Promise<T>, { patienceMs, again } = usual): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (;;)
      try {
        return await once(work, deadline);
      } catch (error) {
        if (!again || faultOf(error) !== 'gone' || performance.now() + retryMs >= deadline) throw error;
        await sleep(retryMs);
      }
  }

  return { tx, close: () => pool.end() };
}
