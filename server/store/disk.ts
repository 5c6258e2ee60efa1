import type pg from 'pg';
import { dayMs, partitioned, periodOf } from './partitions.ts';
import type { DiskUse } from './store.ts';

type Row = { name: string; bytes: number };

/** Partitions are counted under their table; growth is the size of yesterday's partitions; 0 while there was no whole day. */
export async function diskUse(client: pg.ClientBase, now: number): Promise<DiskUse> {
  const { rows } = await client.query<Row>(
    `select coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::bigint as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
     where n.nspname = 'public' and c.relkind = 'r' group by 1 order by 2 desc`,
  );
  const yesterday = periodOf('day', now - dayMs);
  const names = Object.entries(partitioned)
    .filter(([, span]) => span === 'day')
    .map(([table]) => `${table}_p${yesterday.name}`);
  const grown = await client.query<{ bytes: number | null }>(
    `select sum(pg_total_relation_size(to_regclass(name)))::bigint as bytes from unnest($1::text[]) name
     where to_regclass(name) is not null`,
    [names],
  );
  // Of a store that is younger than yesterday there is a partition, but no day to judge by.
  const begun = await client.query<{ at: number | null }>('select min(applied_at)::float8 as at from migration');
  const wholeDay = (begun.rows[0]?.at ?? now) <= yesterday.from;
  const total = await client.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
  return {
    totalBytes: total.rows[0]?.bytes ?? 0,
    tables: rows,
    bytesPerDay: wholeDay ? (grown.rows[0]?.bytes ?? 0) : 0,
  };
}
