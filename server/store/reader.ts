import type pg from 'pg';
import { type AggregateKind, aggregateKinds } from '@/server/domain/aggregate.ts';
import { may, readAction } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { systemActor } from './actor.ts';
import { withConnection } from './connection.ts';
import { faultOf, StoreUnavailable } from './faults.ts';
import { identitySql } from './identity.ts';
import { onceSeen } from './once-seen.ts';
import { readTx } from './read-tx.ts';
import type { Batch, Change, Changes, Query, ReadTx, SealedEvent, Snapshot } from './store.ts';
import { parseStream } from './stream.ts';

export type ReaderOptions = { readonly pool: pg.Pool; readonly clock: () => number; readonly sealedUpTo: () => number };

const patienceMs = 10_000;
const dayMs = 86_400_000;
const follower = systemActor('follower');

const sealedColumns = `s.position, e.stream, e.version, e.kind, e.content, e.actor_id as actor, e.actor_name as "actorName",
  e.command_id as "commandId", e.occurred_at as "occurredAt", e.recorded_at as "recordedAt"`;

type Row = { id: string; version: number; body: unknown };
const changeOf = (type: AggregateKind, row: Row): Change => ({
  type,
  id: row.id,
  version: row.version,
  body: row.body,
});

export function reader(options: ReaderOptions) {
  /** One snapshot of the database for the whole of `work`. */
  async function read<T>(actor: Actor, work: (tx: ReadTx) => Promise<T>): Promise<T> {
    try {
      return await withConnection(options.pool, performance.now() + patienceMs, async (client) => {
        await client.query(`begin isolation level repeatable read read only; ${identitySql(actor)}`);
        const query: Query = async <R extends object>(sql: string, params: readonly unknown[] = []) =>
          (await client.query(sql, params as unknown[])).rows as R[];
        const result = await work(readTx(query, actor, options.clock()));
        await client.query('commit');
        return result;
      });
    } catch (error) {
      if (faultOf(error) === 'gone') throw new StoreUnavailable((error as Error).message, { cause: error });
      throw error;
    }
  }

  async function batch(actor: Actor, from: number, upTo: number): Promise<Batch> {
    const end = Math.min(upTo, options.sealedUpTo());
    if (end <= from) return { from, upTo: Math.max(from, end), events: [] };
    const events = await read(actor, (tx) =>
      tx.query<SealedEvent>(
        `select ${sealedColumns} from sealed s join event e on e.id = s.event_id
         where s.position > $1 and s.position <= $2 order by s.position`,
        [from, end],
      ),
    );
    return { from, upTo: end, events };
  }

  async function changes(actor: Actor, from: number, upTo: number): Promise<Changes> {
    const end = Math.min(upTo, options.sealedUpTo());
    if (end <= from) return { from, upTo: Math.max(from, end), changes: [] };
    // Which records changed is asked as the system: one that has just gone out of sight has to be told as gone.
    const streams = await read(follower, (tx) =>
      tx.query<{ stream: string; version: number }>(
        `select e.stream, max(e.version) as version from sealed s join event e on e.id = s.event_id
         where s.position > $1 and s.position <= $2 group by e.stream order by min(s.position)`,
        [from, end],
      ),
    );
    const named = streams.map((row) => ({ ...parseStream(row.stream), version: row.version }));
    const found = await read(actor, async (tx) => {
      const bodies = new Map<string, Change>();
      for (const kind of aggregateKinds) {
        const ids = named.filter((name) => name.kind === kind).map((name) => name.id);
        for (const [id, held] of await tx.findAll(kind, ids))
          bodies.set(`${kind}/${id}`, { type: kind, id, version: held.version, body: held.state });
      }
      return bodies;
    });
    const hidden = named
      .filter(({ kind, id }) => !found.has(`${kind}/${id}`) && may(actor, readAction[kind]))
      .map(({ kind, id }) => `${kind}/${id}`);
    const told = await read(follower, (tx) => onceSeen(tx.query, { actor, streams: hidden, from, upTo: end }));
    return {
      from,
      upTo: end,
      changes: named.flatMap<Change>(({ kind, id, version }) => {
        const name = `${kind}/${id}`;
        const change = found.get(name);
        if (change) return [change];
        return told.has(name) ? [{ type: kind, id, version, body: null }] : [];
      }),
    };
  }

  async function snapshot(actor: Actor, { endedSince }: { endedSince?: number } = {}): Promise<Snapshot> {
    const since = endedSince ?? options.clock() - dayMs;
    return read(actor, async (tx) => {
      const end = await tx.query<{ position: number | null }>('select max(position) as position from sealed');
      const all: Change[] = [];
      for (const kind of aggregateKinds) {
        // A warning past its end is over without an event: kept for ever, it would make every snapshot longer for ever.
        const over = kind === 'warning' ? "and coalesce((body->>'expiresAt')::bigint > $1, true)" : '';
        // A signal that was judged stays as long as its incident does.
        const held =
          kind === 'signal' ? 'or id in (select jsonb_array_elements_text(body->$2) from incident where live)' : '';
        const rows = await tx.query<Row>(
          `select id, version, body from ${kind} where (live ${over}) or changed_at >= $1 ${held}`,
          held ? [since, 'signals'] : [since],
        );
        for (const row of rows) all.push(changeOf(kind, row));
      }
      return { position: end[0]?.position ?? 0, changes: all };
    });
  }

  const stream = (actor: Actor, name: string): Promise<readonly SealedEvent[]> =>
    read(actor, (tx) =>
      tx.query<SealedEvent>(
        `select ${sealedColumns} from event e join sealed s on s.event_id = e.id where e.stream = $1 order by e.version`,
        [name],
      ),
    );

  return { read, batch, changes, snapshot, stream };
}
