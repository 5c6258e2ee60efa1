import type pg from 'pg';
import { type ChainedEvent, chainedColumns, chainHash, genesis } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';

export type ChainReport = {
  readonly intact: boolean;
  readonly checked: number;
  /** The first position that does not hold, and why. */
  readonly firstBad: number | null;
  readonly reason: 'gap' | 'event-missing' | 'hash' | 'checkpoint' | 'cut' | null;
};

type Row = Partial<ChainedEvent> & { position: number; hash: Buffer; id: number | null };
const page = 5_000;

/** Walks the whole chain again, from the first event, against the checkpoints that were kept outside. */
export async function verifyChain(
  client: pg.ClientBase,
  checkpoints: readonly Checkpoint[] = [],
): Promise<ChainReport> {
  const outside = new Map(checkpoints.map((one) => [one.position, one.hash]));
  let hash: Buffer = genesis;
  let position = 0;
  const bad = (at: number, reason: ChainReport['reason']): ChainReport => ({
    intact: false,
    checked: position,
    firstBad: at,
    reason,
  });
  for (;;) {
    const { rows } = await client.query<Row>(
      `select s.position, s.hash, ${chainedColumns}
       from sealed s left join event e on e.id = s.event_id
       where s.position > $1 order by s.position limit ${page}`,
      [position],
    );
    for (const row of rows) {
      if (row.position !== position + 1) return bad(position + 1, 'gap');
      if (row.id === null) return bad(row.position, 'event-missing');
      hash = chainHash(hash, row.position, row as ChainedEvent);
      if (!hash.equals(row.hash)) return bad(row.position, 'hash');
      const kept = outside.get(row.position);
      if (kept !== undefined && kept !== hash.toString('hex')) return bad(row.position, 'checkpoint');
      position = row.position;
    }
    if (rows.length < page) break;
  }
  const last = Math.max(0, ...outside.keys());
  if (last > position) return bad(position + 1, 'cut');
  return { intact: true, checked: position, firstBad: null, reason: null };
}
