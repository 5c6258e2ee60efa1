import type pg from 'pg';
import type { Actor } from '@/server/domain/role.ts';
import { systemActor } from './actor.ts';
import { withConnection } from './connection.ts';
import { faultOf, StoreUnavailable } from './faults.ts';
import { identitySql } from './identity.ts';
import type { Keeper } from './keeper.ts';
import { dayMs } from './partitions.ts';
import type {
  NewQuarantined,
  Quarantine,
  Quarantined,
  QuarantineFilter,
  RawMessage,
  RawMessages,
  ReadTx,
} from './store.ts';

export type IntakeOptions = {
  readonly pool: pg.Pool;
  readonly keeper: Keeper;
  readonly read: <T>(actor: Actor, work: (tx: ReadTx) => Promise<T>) => Promise<T>;
};

const intake = systemActor('intake');
const patienceMs = 10_000;

/** What could not be read may hold anything; PostgreSQL's text takes no NUL and no half of a surrogate pair. */
const storable = (text: string): string => Buffer.from(text.replaceAll('\0', '\u2400')).toString();

const quarantined = `id, feed, protocol, received_at as "receivedAt", reason, "offset", detail, bytes, source,
  decoded_at as "decodedAt"`;

/** Bytes as they came, and those that could not be read with the reason (DESIGN.md law 7). */
export function intakeOf(options: IntakeOptions): { raw: RawMessages; quarantine: Quarantine } {
  const ready = new Set<number>();

  async function write(text: string, values: unknown[]): Promise<number> {
    try {
      return await withConnection(options.pool, performance.now() + patienceMs, async (client) => {
        const flight = await Promise.allSettled([
          client.query(`begin; set local synchronous_commit = on; ${identitySql(intake)}`),
          client.query(text, values),
          client.query('commit'),
        ]);
        for (const result of flight) if (result.status === 'rejected') throw result.reason;
        return flight[1]?.status === 'fulfilled' ? ((flight[1].value as pg.QueryResult).rowCount ?? 0) : 0;
      });
    } catch (error) {
      if (faultOf(error) === 'gone') throw new StoreUnavailable((error as Error).message, { cause: error });
      ready.clear();
      throw error;
    }
  }

  const raw: RawMessages = {
    add: async (rows) => {
      if (rows.length === 0) return;
      for (const day of new Set(rows.map((row) => Math.floor(row.receivedAt / dayMs))))
        if (!ready.has(day)) {
          await options.keeper.ensure('raw_message', day * dayMs);
          ready.add(day);
        }
      await write(
        `insert into raw_message (id, feed, received_at, bytes)
         select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[])`,
        [
          rows.map((row) => row.id),
          rows.map((row) => row.feed),
          rows.map((row) => row.receivedAt),
          rows.map((row) => Buffer.from(row.bytes)),
        ],
      );
    },
    get: async (actor, id, receivedAt) =>
      (
        await options.read(actor, (tx) =>
          tx.query<RawMessage>(
            'select id, feed, received_at as "receivedAt", bytes from raw_message where id = $1 and received_at = $2',
            [id, receivedAt],
          ),
        )
      )[0] ?? null,
  };

  const quarantine: Quarantine = {
    add: async (rows: readonly NewQuarantined[]) => {
      if (rows.length === 0) return;
      await write(
        `insert into quarantine (id, feed, protocol, received_at, reason, "offset", detail, bytes, source)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::int[], $7::text[], $8::bytea[], $9::text[])
         on conflict (id) do nothing`,
        [
          rows.map((row) => row.id),
          rows.map((row) => row.feed),
          rows.map((row) => row.protocol),
          rows.map((row) => row.receivedAt),
          rows.map((row) => row.reason),
          rows.map((row) => row.offset),
          rows.map((row) => storable(row.detail).slice(0, 4_000)),
          rows.map((row) => Buffer.from(row.bytes)),
          rows.map((row) => row.source),
        ],
      );
    },
    list: (actor: Actor, filter: QuarantineFilter = {}) =>
      options.read(actor, (tx) =>
        tx.query<Quarantined>(
          `select ${quarantined} from quarantine
           where ($1::text is null or feed = $1) and ($2::text is null or reason = $2)
             and ($3::boolean is null or (decoded_at is null) = $3) and ($4::bigint is null or received_at < $4)
           order by received_at desc, id limit $5`,
          [
            filter.feed ?? null,
            filter.reason ?? null,
            filter.open ?? null,
            filter.before ?? null,
            Math.min(filter.limit ?? 100, 1_000),
          ],
        ),
      ),
    get: async (actor, id) =>
      (
        await options.read(actor, (tx) =>
          tx.query<Quarantined>(`select ${quarantined} from quarantine where id = $1`, [id]),
        )
      )[0] ?? null,
    count: (actor, since = 0) =>
      options.read(actor, (tx) =>
        tx.query<{ feed: string; reason: string; open: number; decoded: number }>(
          `select feed, reason, count(*) filter (where decoded_at is null) as open, count(decoded_at) as decoded
           from quarantine where received_at >= $1 group by feed, reason order by feed, reason`,
          [since],
        ),
      ),
    markDecoded: async (id, at) =>
      (await write('update quarantine set decoded_at = $2 where id = $1 and decoded_at is null', [id, at])) > 0,
  };

  return { raw, quarantine };
}
