import type pg from 'pg';
import { dayMs, ensurePartitions, partitioned, partitionsOf, periodOf } from './partitions.ts';

/** DESIGN.md law 13; a city may keep more or less. Records are kept for ever. */
export type Keep = {
  readonly rawDays: number;
  readonly fullDays: number;
  readonly minuteDays: number;
  readonly hourDays: number;
  /** Quarantined messages that could be decoded later, and dedupe marks. */
  readonly intakeDays: number;
  /** Quarantined messages that nobody could decode. */
  readonly quarantineDays: number;
  /** At most so much of each feed's quarantine, the newest. */
  readonly quarantineRows: number;
  readonly quarantineBytes: number;
};
export const keepByLaw: Keep = {
  rawDays: 7,
  fullDays: 30,
  minuteDays: 366,
  hourDays: 5 * 366,
  intakeDays: 30,
  quarantineDays: 366,
  quarantineRows: 50_000,
  quarantineBytes: 256 * 1024 * 1024,
};

export type RetentionReport = { readonly dropped: readonly string[]; readonly removedRows: number };

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** The last fix of each minute (hour) stands for it. */
const thinPositions = (from: string, to: string, stepMs: number) =>
  `insert into ${to} (subject, at, lon, lat, speed_mps, heading_deg)
   select distinct on (subject, at / ${stepMs}) subject, at / ${stepMs} * ${stepMs}, lon, lat, speed_mps, heading_deg
   from ${from} order by subject, at / ${stepMs}, at desc`;

const thinReadings = (from: string) =>
  `insert into reading_minute (subject, property, at, count, mean, low, high, unit)
   select subject, property, at / ${minuteMs} * ${minuteMs}, count(value), avg(value), min(value), max(value), min(unit)
   from ${from} where quality <> 'bad' group by 1, 2, 3`;

const thinReadingMinutes = (from: string) =>
  `insert into reading_hour (subject, property, at, count, mean, low, high, unit)
   select subject, property, at / ${hourMs} * ${hourMs}, sum(count),
          sum(mean * count) / nullif(sum(count), 0), min(low), max(high), min(unit)
   from ${from} group by 1, 2, 3`;

type Rule = {
  readonly table: string;
  readonly days: keyof Keep;
  /** Where it goes on, more coarsely, before it is dropped. */
  readonly into?: { readonly table: string; readonly thin: (from: string) => string };
};

const rules: readonly Rule[] = [
  { table: 'raw_message', days: 'rawDays' },
  {
    table: 'position_history',
    days: 'fullDays',
    into: { table: 'position_minute', thin: (from) => thinPositions(from, 'position_minute', minuteMs) },
  },
  { table: 'reading_history', days: 'fullDays', into: { table: 'reading_minute', thin: thinReadings } },
  {
    table: 'position_minute',
    days: 'minuteDays',
    into: { table: 'position_hour', thin: (from) => thinPositions(from, 'position_hour', hourMs) },
  },
  { table: 'reading_minute', days: 'minuteDays', into: { table: 'reading_hour', thin: thinReadingMinutes } },
  { table: 'position_hour', days: 'hourDays' },
  { table: 'reading_hour', days: 'hourDays' },
];

/** Ahead of time, so that midnight, a month's first and a new year are nothing special. */
export const makePartitionsAhead = (client: pg.ClientBase, now: number): Promise<void> =>
  ensurePartitions(
    client,
    Object.entries(partitioned).flatMap(([table, span]) => {
      const ahead = span === 'day' ? [-1, 1, 2].map((days) => now + days * dayMs) : [periodOf(span, now).until];
      return [now, ...ahead].map((at) => ({ table, at }));
    }),
  );

async function retire(client: pg.ClientBase, rule: Rule, partition: { name: string; from: number; until: number }) {
  await client.query("begin; select set_config('app.system', 'on', true)");
  try {
    // Nobody may add to it between the copy and the drop. Who cannot get the lock soon tries again next time.
    await client.query(`set local lock_timeout = '5s'; lock table ${partition.name} in exclusive mode`);
    if (rule.into) {
      const { table } = rule.into;
      const days = Math.round((partition.until - partition.from) / dayMs);
      await ensurePartitions(
        client,
        Array.from({ length: days }, (_, day) => ({ table, at: partition.from + day * dayMs })),
      );
      // Reading through the parent: the partition itself is closed even to its owner.
      const only = `(select * from ${rule.table} where at >= ${partition.from} and at < ${partition.until}) held`;
      await client.query(rule.into.thin(only));
    }
    await client.query(`drop table ${partition.name}`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function removeOld(client: pg.ClientBase, now: number, keep: Keep): Promise<number> {
  const before = now - keep.intakeDays * dayMs;
  await client.query("begin; select set_config('app.system', 'on', true)");
  try {
    const gone = [
      await client.query('delete from seen_record where at < $1', [before]),
      await client.query(
        'delete from quarantine where (received_at < $1 and decoded_at is not null) or received_at < $2',
        [before, now - keep.quarantineDays * dayMs],
      ),
      await client.query(
        `delete from quarantine held using (
           select id, row_number() over newest as rows, sum(octet_length(bytes)) over newest as bytes from quarantine
           window newest as (partition by feed order by received_at desc, id)) counted
         where counted.id = held.id and (counted.rows > $1 or counted.bytes > $2)`,
        [keep.quarantineRows, keep.quarantineBytes],
      ),
      await client.query('delete from session where expires_at < $1', [before]),
      await client.query('delete from timer where fired_at < $1', [before]),
      await client.query('delete from seat_code where expires_at < $1', [before]),
    ];
    await client.query('commit');
    return gone.reduce((sum, result) => sum + (result.rowCount ?? 0), 0);
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Thins out and drops what is past its time. Safe to run at any moment and by several processes. */
export async function runRetention(
  client: pg.ClientBase,
  now: number,
  keep: Keep = keepByLaw,
): Promise<RetentionReport> {
  await makePartitionsAhead(client, now);
  const dropped: string[] = [];
  for (const rule of rules)
    for (const { name, period } of await partitionsOf(client, rule.table)) {
      if (period.until > now - keep[rule.days] * dayMs) continue;
      await retire(client, rule, { name, from: period.from, until: period.until });
      dropped.push(name);
    }
  return { dropped, removedRows: await removeOld(client, now, keep) };
}
