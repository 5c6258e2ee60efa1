import pg from 'pg';
import type { Actor } from '@/server/domain/role.ts';
import { isSystem } from './actor.ts';

const settings = ['actor', 'roles', 'department', 'district', 'system'];

const values = (actor: Actor): string[] => [
  actor.id,
  actor.roles.join(','),
  actor.department ?? '',
  actor.district ?? '',
  isSystem(actor) ? 'on' : 'off',
];

/** The same as a prepared statement, for paths where planning it each time would count. */
export const identityStatement = (actor: Actor) => ({
  name: 'identity',
  text: `select ${settings.map((name, index) => `set_config('app.${name}', $${index + 1}, true)`).join(', ')}`,
  values: values(actor),
});

/** Sets who acts, for one transaction: row-level security reads it. As text, so that it travels with `begin`. */
export function identitySql(actor: Actor): string {
  const texts = values(actor);
  return `select ${settings.map((name, index) => `set_config('app.${name}', ${pg.escapeLiteral(texts[index] ?? '')}, true)`).join(', ')}`;
}
