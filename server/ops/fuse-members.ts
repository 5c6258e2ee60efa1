import type { SignalId } from '@/server/domain/ids.ts';
import type { Signal, signalStates } from '@/server/domain/signal.ts';
import type { Tx } from '@/server/store/store.ts';

/**
 * Those that wait behind these signals, locked. Ask after the leads are locked: nobody joins them meanwhile, for that takes the lead's
 * lock too.
 */
export async function membersBehind(
  tx: Tx,
  leads: readonly string[],
  state: (typeof signalStates)[number] = 'open',
): Promise<Signal[]> {
  if (leads.length === 0) return [];
  const found = await tx.query<{ id: string }>(
    `select id from signal where body->>'lead' = any($1::text[]) and body->>'lead' is not null and state = $2 order by id collate "C"`,
    [leads, state],
  );
  const ids = found.map((row) => row.id as SignalId);
  const loaded = await tx.loadAll('signal', ids);
  return ids
    .flatMap((id) => loaded.get(id)?.state ?? [])
    .filter((one) => one.state === state && one.lead !== null && leads.includes(one.lead))
    .sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
}
