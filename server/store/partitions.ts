import type pg from 'pg';

/** Range partitions on epoch ms: `<table>_p<yyyymmdd>` for days, `_p<yyyymm>` for months, `_p<yyyy>` for years. UTC. */
export type Span = 'day' | 'month' | 'year';
export type Period = { readonly name: string; readonly from: number; readonly until: number };

export const dayMs = 86_400_000;

export const partitioned: Readonly<Record<string, Span>> = {
  raw_message: 'day',
  position_history: 'day',
  reading_history: 'day',
  position_minute: 'month',
  reading_minute: 'month',
  position_hour: 'year',
  reading_hour: 'year',
};

const digits = { day: 8, month: 6, year: 4 } as const;

export function periodOf(span: Span, at: number): Period {
  const date = new Date(at);
  const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const from = Date.UTC(y, span === 'year' ? 0 : m, span === 'day' ? d : 1);
  const until = span === 'day' ? from + dayMs : span === 'month' ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  const name = new Date(from).toISOString().slice(0, 10).replaceAll('-', '').slice(0, digits[span]);
  return { name, from, until };
}

/** The period that a partition's name says, or null where the name is not one of ours. */
export function periodOfPartition(table: string, partition: string): Period | null {
  const span = partitioned[table];
  const stamp = span && new RegExp(`^${table}_p(\\d{${digits[span]}})$`).exec(partition)?.[1];
  if (!span || !stamp) return null;
  const month = stamp.length > 4 ? Number(stamp.slice(4, 6)) - 1 : 0;
  return periodOf(span, Date.UTC(Number(stamp.slice(0, 4)), month, stamp.length > 6 ? Number(stamp.slice(6, 8)) : 1));
}

export async function partitionsOf(client: pg.ClientBase, table: string): Promise<{ name: string; period: Period }[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = to_regclass($1) order by c.relname`,
    [table],
  );
  return rows.flatMap(({ name }) => {
    const period = periodOfPartition(table, name);
    return period ? [{ name, period }] : [];
  });
}

/** Makes the partition that `at` falls into. Nobody but its owner may touch it past the parent table. */
export async function ensurePartition(client: pg.ClientBase, table: string, at: number): Promise<void> {
  const span = partitioned[table];
  if (!span) throw new Error(`${table} is not partitioned`);
  const { name, from, until } = periodOf(span, at);
  const partition = `${table}_p${name}`;
  const found = await client.query('select to_regclass($1) as held', [partition]);
  if (found.rows[0]?.held) return;
  await client
    .query(
      `create table if not exists ${partition} partition of ${table} for values from (${from}) to (${until});
       alter table ${partition} enable row level security, force row level security;`,
    )
    .catch((error: { code?: string }) => {
      if (error.code !== '42P07' && error.code !== '23505') throw error; // another process made it
    });
}
