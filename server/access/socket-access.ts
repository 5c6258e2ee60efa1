import type { AggregateKind, AggregateStates } from '@/server/domain/aggregate.ts';
import { may } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { masked, maySee, viewerClass } from '@/server/domain/visibility.ts';
import type { Access } from './access.ts';

type Logged = { readonly type: AggregateKind; readonly id: string; readonly version: number; readonly body: unknown };

function judged<K extends AggregateKind>(actor: Actor, kind: K, body: unknown): unknown {
  const state = body as AggregateStates[K];
  return maySee(actor, kind, state) ? masked(actor, kind, state) : null;
}

/** The policy table as the socket asks it, at every emit (DESIGN.md law 9). */
export function socketAccess(access: Access) {
  return {
    async authenticate(cookieHeader: string | undefined) {
      const session = await access.authenticate(cookieHeader);
      return session ? { sessionId: session.id, actor: session.actor } : null;
    },
    stillValid: access.stillValid,
    viewerClass,
    visible: <Change extends Logged>(actor: Actor, change: Change): Change =>
      change.body === null ? change : { ...change, body: judged(actor, change.type, change.body) },
    seesScope(actor: Actor, scope: string): boolean {
      const [department = '', district = ''] = scope.split('|'); // as `scopeOf` in server/live joins them
      return may(actor, 'unit.read', { departments: department ? [department] : [], district: district || null });
    },
    seesFeeds: (actor: Actor): boolean => may(actor, 'feed.read'),
  };
}
