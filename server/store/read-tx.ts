import type { AggregateKind, AggregateState } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Listed, ListFilter, Loaded, Query, ReadTx } from './store.ts';

type Row = { id: string; version: number; body: unknown; changed_at: number };

const loaded = <K extends AggregateKind>(row: Row): Loaded<K> => ({
  version: row.version,
  state: row.body as AggregateState<K>,
});

/** The reading half of a transaction; what row-level security hides is simply not there. */
export function readTx(query: Query, actor: Actor, now: number): ReadTx {
  async function findAll<K extends AggregateKind>(kind: K, ids: readonly string[]): Promise<Map<string, Loaded<K>>> {
    if (ids.length === 0) return new Map();
    const rows = await query<Row>(`select id, version, body, changed_at from ${kind} where id = any($1::text[])`, [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, loaded<K>(row)]));
  }

  async function list<K extends AggregateKind>(kind: K, filter: ListFilter = {}): Promise<Listed<K>[]> {
    const rows = await query<Row>(
      `select id, version, body, changed_at from ${kind}
       where ($1::boolean is null or live = $1) and ($2::bigint is null or changed_at >= $2)
         and ($3::text is null or district = $3) and ($4::text is null or departments @> array[$4])
       order by changed_at desc, id limit $5`,
      [
        filter.live ?? null,
        filter.changedSince ?? null,
        filter.district ?? null,
        filter.department ?? null,
        filter.limit ?? 10_000,
      ],
    );
    return rows.map((row) => ({ id: row.id, changedAt: row.changed_at, ...loaded<K>(row) }));
  }

  return {
    now,
    actor,
    query,
    findAll,
    list,
    find: async (kind, id) => (await findAll(kind, [id])).get(id) ?? null,
  };
}
