import type pg from 'pg';
import { systemActor } from './actor.ts';
import { withConnection } from './connection.ts';
import { faultOf, StoreUnavailable } from './faults.ts';
import { identitySql } from './identity.ts';
import type { DueTimer, ReadTx, Timers } from './store.ts';

export type TimersOptions = {
  readonly pool: pg.Pool;
  readonly clock: () => number;
  readonly read: <T>(actor: ReturnType<typeof systemActor>, work: (tx: ReadTx) => Promise<T>) => Promise<T>;
};

const keeper = systemActor('timers');
const patienceMs = 5_000;
/** A claim of a process that was killed lapses; firing itself is one command, so nothing fires twice. */
const claimLapsesMs = 60_000;

export function timersOf(options: TimersOptions): Timers {
  async function run<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return await withConnection(options.pool, performance.now() + patienceMs, async (client) => {
        await client.query(`begin; ${identitySql(keeper)}`);
        const { rows } = await client.query<Row>(text, values);
        await client.query('commit');
        return rows;
      });
    } catch (error) {
      if (faultOf(error) === 'gone') throw new StoreUnavailable((error as Error).message, { cause: error });
      throw error;
    }
  }

  return {
    claim: (limit = 50) =>
      run<DueTimer>(
        `update timer set claimed_at = $1 where id in (
           select id from timer
           where due_at <= $1 and fired_at is null and (claimed_at is null or claimed_at <= $2)
           order by due_at, id limit $3 for update skip locked)
         returning id, due_at as "dueAt", kind, stream, content, claimed_at as "claimedAt"`,
        [options.clock(), options.clock() - claimLapsesMs, limit],
      ).then((rows) => rows.sort((a, b) => a.dueAt - b.dueAt)),
    release: async (ids) => {
      await run('update timer set claimed_at = null where id = any($1::text[]) and fired_at is null', [ids]);
    },
    nextDueAt: () =>
      options.read(keeper, async (tx) => {
        const rows = await tx.query<{ due: number | null }>(
          `select min(greatest(due_at, coalesce(claimed_at + ${claimLapsesMs}, due_at))) as due
           from timer where fired_at is null`,
        );
        return rows[0]?.due ?? null;
      }),
  };
}
