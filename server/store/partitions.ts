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

export type Wanted = { readonly table: string; readonly at: number };

/** Makes the partitions that these moments fall into. Nobody but their owner may touch one past the parent table. */
export async function ensurePartitions(client: pg.ClientBase, wanted: readonly Wanted[]): Promise<void> {
  const named = new Map(
    wanted.map(({ table, at }) => {
      const span = partitioned[table];
      if (!span) throw new Error(`${table} is not partitioned`);
      const period = periodOf(span, at);
      return [`${table}_p${period.name}`, { table, ...period }];
    }),
  );
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) name where to_regclass(name) is null',
    [[...named.keys()]],
  );
  if (rows.length === 0) return;
  // Several statements in one message are one transaction.
  await client
    .query(
      rows
        .map(({ name }) => {
          const { table, from, until } = named.get(name) as Period & { table: string };
          return `create table if not exists ${name} partition of ${table} for values from (${from}) to (${until});
            alter table ${name} enable row level security, force row level security;`;
        })
        .join('\n'),
    )
    .catch((error: { code?: string }) => {
      if (error.code !== '42P07' && error.code !== '23505') throw error; // another process made it
    });
}
