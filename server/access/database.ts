import pg from 'pg';
import { systemActor } from '@/server/store/actor.ts';
import { identitySql } from '@/server/store/identity.ts';
import type { Query } from '@/server/store/store.ts';

/**
 * Accounts, sessions and tokens have connections of their own: a sign-in never waits behind commands, and what is asked here is asked
 * before anybody is known, so it acts as a machine of ours.
 */
export type AccessDatabase = {
  tx<T>(work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const identity = identitySql(systemActor('access'));

export function openAccessDatabase(app: pg.ClientConfig, connections = 4): AccessDatabase {
  const pool = new pg.Pool({
    ...app,
    max: connections,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  });
  pool.on('error', () => undefined); // an idle connection broke; the next call opens another or says so itself
  // One that breaks while it is borrowed says so to its caller: unheard here, it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));

  async function tx<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`begin; ${identity}`);
      const query: Query = async (sql, params = []) => (await client.query(sql, [...params])).rows;
      const answer = await work(query);
      await client.query('commit');
      return answer;
    } catch (error) {
      await client.query('rollback').catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return { tx, close: () => pool.end() };
}
