import type { QueueRow, Section } from './queue-order.ts';

/** A place in the list as it is drawn. `row` null: what stood there has left; its place stays until the operator says so. */
export type Listed = { readonly key: string; readonly section: Section | 'new'; readonly row: QueueRow | null };

export type Held = {
  readonly rows: readonly Listed[];
  /** What came while the list was held still, the newest first. */
  readonly fresh: readonly QueueRow[];
  /** New, gone, or belonging elsewhere by now. */
  readonly changes: number;
};

export const listed = (rows: readonly QueueRow[], sectionOf: (row: QueueRow) => Section): Listed[] =>
  rows.map((row) => ({ key: row.key, section: sectionOf(row), row }));

/**
 * Nothing jumps under the cursor: while the operator is in the list, what stood somewhere stays there, with its newest contents. What is new
 * goes to the end as a group of its own; what has left leaves an empty place.
 */
export function holdOrder(shown: readonly Listed[], next: readonly Listed[]): Held {
  const byKey = new Map(next.map((one) => [one.key, one]));
  const places = new Set(shown.map((one) => one.key));
  const kept = shown.map((one) => ({ ...one, row: byKey.get(one.key)?.row ?? null }));
  const added = next.filter((one) => !places.has(one.key));
  const fresh = added
    .flatMap((one) => (one.row ? [one.row] : []))
    .sort((a, b) => b.since - a.since || (a.key < b.key ? -1 : 1));
  const stays = kept.filter((one) => one.row !== null);
  const wanted = next.filter((one) => places.has(one.key));
  const moved = stays.filter((one, at) => wanted[at]?.key !== one.key || byKey.get(one.key)?.section !== one.section);
  return {
    rows: [...kept, ...fresh.map((row) => ({ key: row.key, section: 'new' as const, row }))],
    fresh,
    changes: added.length + (kept.length - stays.length) + moved.length,
  };
}
