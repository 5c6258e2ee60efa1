import { type AggregateKind, aggregates } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import { maySee } from '@/server/domain/visibility.ts';
import type { Query } from './store.ts';
import { parseStream } from './stream.ts';

type Row = { stream: string; position: number; kind: string; content: unknown };

const sees = <K extends AggregateKind>(actor: Actor, kind: K, state: unknown): boolean =>
  maySee(actor, kind, state as Parameters<typeof maySee<K>>[2]);

/**
 * Of records that this actor does not see now: those that were seen at `from` or at a moment since, so that whoever holds one is told that it
 * is gone. The others were never named to this actor, and are not named now either.
 */
export async function onceSeen(
  query: Query,
  of: { readonly actor: Actor; readonly streams: readonly string[]; readonly from: number; readonly upTo: number },
): Promise<Set<string>> {
  const seen = new Set<string>();
  if (of.streams.length === 0) return seen;
  const rows = await query<Row>(
    `select e.stream, s.position, e.kind, e.content from event e join sealed s on s.event_id = e.id
     where e.stream = any($1::text[]) and s.position <= $2 order by e.stream, e.version`,
    [of.streams, of.upTo],
  );
  let state: unknown = null;
  for (const [index, row] of rows.entries()) {
    const { kind } = parseStream(row.stream);
    if (rows[index - 1]?.stream !== row.stream) state = null;
    const before = state;
    state = aggregates[kind].apply(before as never, row);
    if (row.position <= of.from) continue;
    // The state that held at `from`, and each that came after it.
    if ((before !== null && sees(of.actor, kind, before)) || sees(of.actor, kind, state)) seen.add(row.stream);
  }
  return seen;
}
