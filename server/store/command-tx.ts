import { createHash } from 'node:crypto';
import { type AggregateKind, aggregateKinds } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Held } from './append.ts';
import { readTx } from './read-tx.ts';
import type { Loaded, NewTimer, SeenRow, SeenVerdict, Tx } from './store.ts';
import { parseStream, type StreamName } from './stream.ts';

type Row = { id: string; version: number; body: unknown };
const seenRows = 'json_to_recordset($1::json) as r(feed text, dedupe_key text, revision bigint, content_hash text)';
type SeenHeld = { feed: string; dedupe_key: string; revision: number; content_hash: string };

/** A command's transaction, and what it has locked so far. */
export type CommandTx = {
  readonly tx: Tx;
  readonly held: Map<string, Held | null>;
  lock(streams: readonly string[]): Promise<void>;
};

/** With a name it is prepared once a connection. */
export type NamedQuery = <Row extends object = Record<string, unknown>>(
  sql: string,
  params?: readonly unknown[],
  name?: string,
) => Promise<Row[]>;

export const hashOf = (...parts: string[]): Buffer => createHash('sha256').update(parts.join('\0')).digest();

/** The one order of locking: kind by kind, ids as the database sorts them. */
const isBefore = (a: StreamName, b: StreamName): boolean => {
  const kinds = aggregateKinds.indexOf(a.kind) - aggregateKinds.indexOf(b.kind);
  return kinds === 0 ? a.id < b.id : kinds < 0;
};

/** `touched` collects the streams that were asked for, also by a lock that failed. */
export function commandTx(
  query: NamedQuery,
  head: { id: string; actor: Actor; now: number },
  touched: Set<string> = new Set(),
): CommandTx {
  const held = new Map<string, Held | null>();
  let last = null as StreamName | null;
  const reading = readTx((sql, params) => query(sql, params), head.actor, head.now);

  /** Records are waited for in one order only, so nobody waits in a circle: out of it, a lock that is taken means "again". */
  async function lockKind(kind: AggregateKind, ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !held.has(`${kind}/${id}`)).sort();
    const first = missing[0];
    if (first === undefined) return;
    for (const id of missing) touched.add(`${kind}/${id}`);
    const inOrder = last === null || isBefore(last, { kind, id: first });
    const rows = await query<Row>(
      `select id, version, body from ${kind} where id = any($1::text[]) order by id collate "C" for update ${inOrder ? '' : 'nowait'}`,
      [missing],
      inOrder ? `lock-${kind}` : `lock-now-${kind}`,
    );
    const end = { kind, id: missing.at(-1) ?? first };
    if (last === null || isBefore(last, end)) last = end;
    for (const id of missing) held.set(`${kind}/${id}`, null);
    for (const row of rows) held.set(`${kind}/${row.id}`, { version: row.version, state: row.body });
  }

  /** Streams that the work did not load. */
  async function lock(streams: readonly string[]): Promise<void> {
    const names = streams.map(parseStream);
    for (const kind of aggregateKinds) {
      const ids = names.filter((name) => name.kind === kind).map((name) => name.id);
      if (ids.length) await lockKind(kind, ids);
    }
  }

  async function loadAll<K extends AggregateKind>(kind: K, ids: readonly string[]): Promise<Map<string, Loaded<K>>> {
    await lockKind(kind, ids);
    const found = new Map<string, Loaded<K>>();
    for (const id of ids) {
      const one = held.get(`${kind}/${id}`);
      if (one) found.set(id, one as Loaded<K>);
    }
    return found;
  }

  async function schedule(timer: NewTimer): Promise<void> {
    await query(
      `insert into timer (id, due_at, kind, stream, content) values ($1, $2, $3, $4, $5::jsonb)
       on conflict (id) do update set due_at = excluded.due_at, kind = excluded.kind, stream = excluded.stream,
         content = excluded.content, claimed_at = null where timer.fired_at is null`,
      [timer.id, timer.dueAt, timer.kind, timer.stream, JSON.stringify(timer.content ?? null)],
    );
  }

  async function seen(rows: readonly SeenRow[]): Promise<SeenVerdict[]> {
    if (rows.length === 0) return [];
    const key = (feed: string, dedupeKey: string) => `${feed}\0${dedupeKey}`;
    const wanted = JSON.stringify(rows.map((row) => ({ feed: row.feed, dedupe_key: row.dedupeKey })));
    const found = await query<SeenHeld>(
      `select s.feed, s.dedupe_key, s.revision, s.content_hash
       from (select distinct feed, dedupe_key from json_to_recordset($1::json) as r(feed text, dedupe_key text)) r
       join seen_record s using (feed, dedupe_key) order by s.feed, s.dedupe_key for update of s`,
      [wanted],
    );
    const known = new Map(found.map((row) => [key(row.feed, row.dedupe_key), row]));
    const marks = new Map<string, SeenHeld>();
    const verdicts = rows.map((row): SeenVerdict => {
      const at = key(row.feed, row.dedupeKey);
      const before = known.get(at);
      const mark = {
        feed: row.feed,
        dedupe_key: row.dedupeKey,
        revision: row.revision,
        content_hash: row.contentHash,
      };
      if (before && row.revision < before.revision) return 'older';
      if (before && row.revision === before.revision)
        return row.contentHash === before.content_hash ? 'same' : 'conflict';
      known.set(at, mark);
      marks.set(at, mark);
      return before ? 'newer' : 'new';
    });
    const locked = new Set(found.map((row) => key(row.feed, row.dedupe_key)));
    const newer = [...marks].filter(([at]) => locked.has(at)).map(([, mark]) => mark);
    const first = [...marks].filter(([at]) => !locked.has(at)).map(([, mark]) => mark);
    if (newer.length)
      await query(
        `update seen_record s set revision = r.revision, content_hash = r.content_hash, at = $2 from ${seenRows}
         where s.feed = r.feed and s.dedupe_key = r.dedupe_key`,
        [JSON.stringify(newer), head.now],
      );
    // A key that another command has marked meanwhile: the unique violation makes this one run again, and see it.
    if (first.length)
      await query(
        `insert into seen_record (feed, dedupe_key, revision, content_hash, at)
         select r.feed, r.dedupe_key, r.revision, r.content_hash, $2 from ${seenRows} order by r.feed, r.dedupe_key`,
        [JSON.stringify(first), head.now],
      );
    return verdicts;
  }

  const tx: Tx = {
    ...reading,
    commandId: head.id,
    loadAll,
    load: async (kind, id) => (await loadAll(kind, [id])).get(id) ?? null,
    schedule,
    seen,
    cancelTimers: async (stream, kind) => {
      await query('delete from timer where stream = $1 and ($2::text is null or kind = $2) and fired_at is null', [
        stream,
        kind ?? null,
      ]);
    },
    fireTimer: async (id) => {
      const fired = await query('update timer set fired_at = $2 where id = $1 and fired_at is null returning 1', [
        id,
        head.now,
      ]);
      return fired.length > 0;
    },
  };
  return { tx, held, lock };
}
