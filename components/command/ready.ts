import { type Refused, wasRefused } from '@/server/domain/refusal.ts';
import { actOf } from './act-of.ts';
import { whyNot } from './may-act.ts';
import type { Meant } from './meant.ts';
import type { Understood } from './understood.ts';
import type { World } from './world.ts';

/** Why a command that was understood cannot be carried out now; null: it can. Undoing is judged where the past is kept. */
export function refusalOf(meant: Meant, world: World): Refused | null {
  if (meant.verb === 'undo') return null;
  const act = actOf(meant, { world, newId: () => '-' });
  return wasRefused(act) ? act : whyNot(act, world);
}

/** The only thing that Enter carries out. */
export const readyToRun = (of: Understood, world: World): Meant | null =>
  of.kind === 'command' && of.meant.verb !== 'undo' && refusalOf(of.meant, world) === null ? of.meant : null;
