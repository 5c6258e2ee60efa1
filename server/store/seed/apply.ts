import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { wasRefused } from '@/server/domain/refusal.ts';
import { systemActor } from '../actor.ts';
import type { Outcome, Store, Tx } from '../store.ts';

export type SeedStore = Pick<Store, 'command'>;

const mostTries = 20;
const pauseMs = 500;
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
  let answer = await store.command(head, work);
  // A slow disk is no reason not to start; the same id again is answered with what was stored, if it was.
  for (let tries = 1; tries < mostTries && wasRefused(answer) && answer.refused === 'not_saved'; tries += 1) {
    await sleep(pauseMs);
    answer = await store.command(head, work);
  }
  if (wasRefused(answer)) throw new SeedError(`${of.name}: ${answer.refused} ${answer.detail}`);
  return answer.added;
}
