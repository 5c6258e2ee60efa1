import type { Actor } from '@/server/domain/role.ts';

/**
 * Machines of our own (feeds, timers, access) act as system actors. Being one is a matter of this very object, not of a
 * name or a role: nothing that came over the network can claim it.
 */
const known = new WeakSet<Actor>();

export function systemActor(id: string, name: string = id): Actor {
  const actor: Actor = Object.freeze({ id: `system/${id}`, name, roles: [], department: null, district: null });
  known.add(actor);
  return actor;
}

export const isSystem = (actor: Actor): boolean => known.has(actor);
