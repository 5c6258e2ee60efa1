import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';

/** Where somebody begins: a wall has one screen, an administrator without incidents has the accounts. */
export function homeOf(actor: Pick<Actor, 'id' | 'name' | 'roles' | 'department' | 'district'>): string {
  if (actor.roles.length > 0 && actor.roles.every((role) => role === 'wall')) return '/wall';
  if (!may(actor, 'incident.read') && may(actor, 'account.manage')) return '/accounts';
  return '/';
}
