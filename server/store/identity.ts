import pg from 'pg';
import type { Actor } from '@/server/domain/role.ts';
import { isSystem } from './actor.ts';

/** Sets who acts, for one transaction: row-level security reads it. As text, so that it travels with `begin`. */
export function identitySql(actor: Actor): string {
  const set = (name: string, value: string) => `set_config('app.${name}', ${pg.escapeLiteral(value)}, true)`;
  return `select ${[
    set('actor', actor.id),
    set('roles', actor.roles.join(',')),
    set('department', actor.department ?? ''),
    set('district', actor.district ?? ''),
    set('system', isSystem(actor) ? 'on' : 'off'),
  ].join(', ')}`;
}
