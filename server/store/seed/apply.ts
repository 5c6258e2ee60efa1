import { createHash } from 'node:crypto';
import { wasRefused } from '@/server/domain/refusal.ts';
import { systemActor } from '../actor.ts';
import type { Outcome, Store, Tx } from '../store.ts';

export type SeedStore = Pick<Store, 'command'>;

const actor = systemActor('seed', '初始数据');

export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** What is seeded follows from the files of this version: the same once only, something new as a command of its own. */
export async function seedOnce(
  store: SeedStore,
  of: { readonly name: string; readonly from: unknown },
  work: (tx: Tx) => Promise<Outcome<{ readonly added: number }>>,
): Promise<number> {
  const hash = createHash('sha256').update(JSON.stringify(of.from)).digest('hex').slice(0, 24);
  const head = { id: `seed/${of.name}/${hash}`, name: `seed-${of.name}`, actor, input: hash };
  const answer = await store.command(head, work);
  if (wasRefused(answer)) throw new SeedError(`${of.name}: ${answer.refused} ${answer.detail}`);
  return answer.added;
}
