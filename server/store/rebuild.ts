import type pg from 'pg';
import { type AggregateKind, aggregateKinds } from '@/server/domain/aggregate.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { applyEvent, type Held, type ProjectionRow, projectionRow, type SlotRow, slotsOf } from './append.ts';
import { fusionWrites } from './fusion-rows.ts';
import { parseStream } from './stream.ts';
import { projectionColumns, projectionType, putFusion } from './write-statements.ts';

export type RebuildReport = {
  readonly streams: number;
  readonly events: number;
  /** Streams whose projection is not what the log says, up to a hundred, and how many in all. */
  readonly different: readonly string[];
  readonly differences: number;
};

type Row = { stream: string; version: number; kind: string; content: unknown; recorded_at: number };
const page = 2_000;
const flushAt = 500;

/** Walks the log stream by stream, so that one state at a time is held whatever the log's length. */
async function* rebuilt(client: pg.ClientBase, count: (events: number) => void) {
  let stream = '';
  let held = null as Held | null;
  let changedAt = 0;
  let after = { stream: '', version: 0 };
  for (;;) {
    const { rows } = await client.query<Row>(
      `select stream, version, kind, content, recorded_at from event
       where (stream, version) > ($1, $2) order by stream, version limit ${page}`,
      [after.stream, after.version],
    );
    count(rows.length);
    for (const row of rows) {
      if (row.stream !== stream && held) yield { stream, held, changedAt };
      if (row.stream !== stream) held = null;
      stream = row.stream;
      changedAt = row.recorded_at;
      held = { version: row.version, state: applyEvent(stream, held?.state ?? null, row).state };
    }
    const last = rows.at(-1);
    if (rows.length < page || !last) break;
    after = { stream: last.stream, version: last.version };
  }
  if (held) yield { stream, held, changedAt };
}

const columns = projectionColumns.split(', ');
const rows = `json_to_recordset($1::json) as r(${projectionType})`;

/** Rows that are not as the log says; replaced where that is asked for. */
async function settle(client: pg.ClientBase, kind: AggregateKind, batch: ProjectionRow[], replace: boolean) {
  const same = columns.map((column) => `held.${column} is not distinct from r.${column}`).join(' and ');
  const { rows: wrong } = await client.query<{ id: string }>(
    `select r.id from ${rows} left join ${kind} held on held.id = r.id where held.id is null or not (${same})`,
    [JSON.stringify(batch)],
  );
  if (replace && wrong.length)
    await client.query(
      `insert into ${kind} (${projectionColumns}) select ${projectionColumns} from ${rows} where r.id = any($2::text[])
       on conflict (id) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      [JSON.stringify(batch), wrong.map((row) => row.id)],
    );
  return wrong.map((row) => `${kind}/${row.id}`);
}

/** A slot that no assignment holds would keep a unit from being sent; one that lacks would let it be sent twice. */
async function settleSlots(client: pg.ClientBase, slots: readonly SlotRow[], replace: boolean): Promise<string[]> {
  const wanted = `json_to_recordset($1::json) as r(unit_id text, slot int, assignment_id text, incident_id text)`;
  const values = [JSON.stringify(slots)];
  const { rows: wrong } = await client.query<{ unit_id: string }>(
    `(select unit_id, slot::int, assignment_id, incident_id from unit_slot except select * from ${wanted})
     union (select * from ${wanted} except select unit_id, slot::int, assignment_id, incident_id from unit_slot)`,
    values,
  );
  if (replace && wrong.length) {
    await client.query('delete from unit_slot');
    await client.query(
      `insert into unit_slot (unit_id, slot, assignment_id, incident_id) select * from ${wanted}`,
      values,
    );
  }
  return [...new Set(wrong.map((row) => `unit_slot/${row.unit_id}`))];
}

/** What is searched by is derived from the projections: made anew with them, without those that speak for what is over. */
async function refillFusion(client: pg.ClientBase): Promise<void> {
  await client.query('delete from fusion_subject');
  for (const kind of ['incident', 'signal'] as const)
    for (let last = ''; ; ) {
      const { rows: found } = await client.query<{ id: string; body: unknown }>(
        `select id, body from ${kind} where id > $1 order by id limit ${flushAt}`,
        [last],
      );
      const fusion = fusionWrites(
        found.map(({ id, body }) => ({ stream: `${kind}/${id}`, before: null, after: body })),
      );
      if (fusion.puts.length) await client.query(putFusion({ fusion }));
      last = found.at(-1)?.id ?? '';
      if (found.length < flushAt) break;
    }
  await client.query(
    'delete from fusion_subject held where not head and not exists (select from fusion_subject t where t.stream = held.target and t.head)',
  );
}

/**
 * Makes every projection again from the log and compares; with `replace` puts right what differs. The client acts as the
 * owner; the tables are locked against writers meanwhile.
 */
export async function rebuildProjections(client: pg.ClientBase, { replace = false } = {}): Promise<RebuildReport> {
  const tables = [...aggregateKinds, 'unit_slot', 'fusion_subject'].join(', ');
  await client.query(
    `begin isolation level repeatable read; select set_config('app.system', 'on', true);
     lock table ${tables} in share row exclusive mode`,
  );
  try {
    let events = 0;
    const streams = new Map<AggregateKind, number>(aggregateKinds.map((kind) => [kind, 0]));
    const batches = new Map<AggregateKind, ProjectionRow[]>();
    const slots: SlotRow[] = [];
    const different: string[] = [];
    const flush = async (kind: AggregateKind) => {
      different.push(...(await settle(client, kind, batches.get(kind) ?? [], replace)));
      batches.delete(kind);
    };
    for await (const { stream, held, changedAt } of rebuilt(client, (count) => {
      events += count;
    })) {
      const { kind } = parseStream(stream);
      streams.set(kind, (streams.get(kind) ?? 0) + 1);
      const batch = batches.get(kind) ?? [];
      batch.push(projectionRow(stream, held, changedAt));
      batches.set(kind, batch);
      if (kind === 'unit') slots.push(...slotsOf(held.state as Unit));
      if (batch.length >= flushAt) await flush(kind);
    }
    for (const kind of [...batches.keys()]) await flush(kind);
    different.push(...(await settleSlots(client, slots, replace)));
    for (const [kind, wanted] of streams) {
      const found = await client.query<{ count: number }>(`select count(*) as count from ${kind}`);
      const more = (found.rows[0]?.count ?? 0) - wanted;
      if (more > 0) different.push(...Array.from({ length: more }, () => `${kind}/(without events)`));
      if (more > 0 && replace)
        await client.query(
          `delete from ${kind} held where not exists (select from event where stream = '${kind}/' || held.id)`,
        );
    }
    if (replace) await refillFusion(client);
    await client.query('commit');
    const total = [...streams.values()].reduce((sum, count) => sum + count, 0);
    return { streams: total, events, different: different.slice(0, 100), differences: different.length };
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
