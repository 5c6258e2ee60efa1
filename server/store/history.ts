import type pg from 'pg';
import { systemActor } from './actor.ts';
import { withConnection } from './connection.ts';
import { faultOf, StoreUnavailable } from './faults.ts';
import { identitySql } from './identity.ts';
import type { Keeper } from './keeper.ts';
import { dayMs, periodOf } from './partitions.ts';
import type { History, PositionAt, PositionRow, ReadingRow, ReadTx, Resolution, Series, Track } from './store.ts';

export type HistoryOptions = {
  readonly pool: pg.Pool;
  readonly keeper: Keeper;
  readonly clock: () => number;
  readonly read: <T>(actor: ReturnType<typeof systemActor>, work: (tx: ReadTx) => Promise<T>) => Promise<T>;
  readonly fullDays: number;
  readonly minuteDays: number;
};

const recorder = systemActor('history');
const patienceMs = 15_000;
const chunk = 5_000;
const mostSubjects = 200_000;
/** Series that a start waits for; two probes each. */
const mostRecalled = 60_000;

/** Rows as they are: the database takes their own names, so that nothing is made anew for each of thousands a second. */
const insertPositions = `insert into position_history
    (subject, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m, fixed, quality)
  select * from json_to_recordset($1::json) as r(subject text, at bigint, "receivedAt" bigint, lon float8, lat float8,
    "speedMps" real, "headingDeg" real, "accuracyM" real, fixed boolean, quality text)`;
const insertReadings = `insert into reading_history (subject, property, at, received_at, value, unit, quality)
  select * from json_to_recordset($1::json) as r(subject text, property text, at bigint, "receivedAt" bigint, value float8,
    unit text, quality text)`;

type Columns<T> = { [K in keyof T]: unknown[] };

export function history(options: HistoryOptions): History & { skipped(): number } {
  const ready = new Set<string>();
  const subjects = new Set<string>();
  let skipped = 0;

  /** Rows of a time that retention has dropped, or that lies ahead of us, have nowhere to go: counted, and told by health. */
  async function placeable<Row extends { at: number }>(table: string, rows: readonly Row[]): Promise<Row[]> {
    const now = options.clock();
    const first = periodOf('day', now - (options.fullDays - 1) * dayMs).from;
    const kept = rows.filter((row) => row.at >= first && row.at < now + dayMs);
    skipped += rows.length - kept.length;
    // By the number of the day: a date for each of thousands of rows is a tenth of the whole way in.
    for (const day of new Set(kept.map((row) => Math.floor(row.at / dayMs)))) {
      const name = `${table} ${day}`;
      if (ready.has(name)) continue;
      await options.keeper.ensure(table, day * dayMs);
      ready.add(name);
    }
    return kept;
  }

  /** One flight; without waiting for the disk: of telemetry a crash may take the last fraction of a second. */
  async function write(statements: readonly { text: string; values: unknown[] }[]): Promise<void> {
    try {
      await withConnection(options.pool, performance.now() + patienceMs, async (client) => {
        const flight = await Promise.allSettled([
          client.query(`begin; set local synchronous_commit = off; ${identitySql(recorder)}`),
          ...statements.map((statement) => client.query(statement)),
          client.query('commit'),
        ]);
        const failed = flight.find((result) => result.status === 'rejected');
        if (failed) throw failed.reason;
      });
    } catch (error) {
      if (faultOf(error) === 'gone') throw new StoreUnavailable((error as Error).message, { cause: error });
      ready.clear(); // a partition that retention dropped is made again by the next batch
      throw error;
    }
  }

  async function appendPositions(rows: readonly PositionRow[]): Promise<void> {
    const kept = await placeable('position_history', rows);
    for (let at = 0; at < kept.length; at += chunk) {
      const part = kept.slice(at, at + chunk);
      const fresh = [...new Set(part.map((row) => row.subject))].filter((subject) => !subjects.has(subject)).sort();
      await write([
        { text: insertPositions, values: [JSON.stringify(part)] },
        ...(fresh.length
          ? [
              {
                text: 'insert into history_subject select s, $2::bigint from unnest($1::text[]) s on conflict do nothing',
                values: [fresh, options.clock()],
              },
            ]
          : []),
      ]);
      if (subjects.size > mostSubjects) subjects.clear(); // what is known is asked for again
      for (const subject of fresh) subjects.add(subject);
    }
  }

  async function appendReadings(rows: readonly ReadingRow[]): Promise<void> {
    const kept = await placeable('reading_history', rows);
    for (let at = 0; at < kept.length; at += chunk)
      await write([{ text: insertReadings, values: [JSON.stringify(kept.slice(at, at + chunk))] }]);
  }

  /** Full resolution while it is kept, then what retention has thinned it to. */
  function resolutionAt(from: number): Resolution {
    const age = options.clock() - from;
    if (age <= options.fullDays * dayMs) return 'full';
    return age <= options.minuteDays * dayMs ? 'minute' : 'hour';
  }

  async function tracks(of: readonly string[], from: number, to: number): Promise<Track[]> {
    const resolution = resolutionAt(from);
    const table = { full: 'position_history', minute: 'position_minute', hour: 'position_hour' }[resolution];
    const rows = await options.read(recorder, (tx) =>
      tx.query<{ subject: string } & Columns<Omit<Track, 'subject' | 'resolution'>>>(
        `select subject, json_agg(at order by at) as at, json_agg(lon order by at) as lon, json_agg(lat order by at) as lat,
                json_agg(heading_deg order by at) as "headingDeg", json_agg(speed_mps order by at) as "speedMps"
         from ${table} where subject = any($1::text[]) and at >= $2 and at <= $3 group by subject`,
        [of, from, to],
      ),
    );
    const found = new Map(rows.map((row) => [row.subject, row]));
    return of.map((subject) => ({
      ...{ at: [], lon: [], lat: [], headingDeg: [], speedMps: [] },
      ...(found.get(subject) as Track | undefined),
      subject,
      resolution,
    }));
  }

  async function positionsAt(at: number, maxAgeMs = 600_000): Promise<PositionAt[]> {
    const table = { full: 'position_history', minute: 'position_minute', hour: 'position_hour' }[resolutionAt(at)];
    return options.read(recorder, (tx) =>
      tx.query<PositionAt>(
        `select s.subject, p.at, p.lon, p.lat, p.heading_deg as "headingDeg", p.speed_mps as "speedMps"
         from history_subject s cross join lateral (
           select * from ${table} h where h.subject = s.subject and h.at <= $1 and h.at > $2 order by h.at desc limit 1) p`,
        [at, at - maxAgeMs],
      ),
    );
  }

  async function series(subject: string, property: string, from: number, to: number): Promise<Series> {
    const resolution = resolutionAt(from);
    const full = resolution === 'full';
    const table = { full: 'reading_history', minute: 'reading_minute', hour: 'reading_hour' }[resolution];
    const [value, low, high] = full ? ['value', 'value', 'value'] : ['mean', 'low', 'high'];
    const rows = await options.read(recorder, (tx) =>
      tx.query<Columns<Pick<Series, 'at' | 'value' | 'low' | 'high'>>>(
        `select coalesce(json_agg(at order by at), '[]') as at, coalesce(json_agg(${value} order by at), '[]') as value,
                coalesce(json_agg(${low} order by at), '[]') as low, coalesce(json_agg(${high} order by at), '[]') as high
         from ${table} where subject = $1 and property = $2 and at >= $3 and at <= $4`,
        [subject, property, from, to],
      ),
    );
    return { ...(rows[0] as unknown as Series), subject, property, resolution };
  }

  /** Steps from one series to the next along the index, so that a day of rows costs as many probes as there are series. */
  async function lastReadings(since: number): Promise<ReadingRow[]> {
    const first = periodOf('day', since).from;
    return options.read(recorder, (tx) =>
      tx.query<ReadingRow>(
        `with recursive line as (
           (select subject, property from reading_history where at >= $1 order by subject, property limit 1)
           union all
           select n.subject, n.property from line l cross join lateral (
             select subject, property from reading_history h
             where (h.subject, h.property) > (l.subject, l.property) and h.at >= $1 order by subject, property limit 1) n)
         select l.subject, l.property, r.at, r.received_at as "receivedAt", r.value, r.unit, r.quality
         from (select * from line limit ${mostRecalled}) l cross join lateral (
           select * from reading_history h where h.subject = l.subject and h.property = l.property and h.at > $2
           order by h.at desc limit 1) r`,
        [first, since],
      ),
    );
  }

  return {
    appendPositions,
    appendReadings,
    tracks,
    track: async (subject, from, to) => (await tracks([subject], from, to))[0] as Track,
    positionsAt,
    lastReadings,
    series,
    skipped: () => skipped,
  };
}
