import type { AggregateKind, AggregateStates } from '@/server/domain/aggregate.ts';
import { may, type Subject } from '@/server/domain/policy.ts';
import type { Actor } from '@/server/domain/role.ts';
import { masked, maySee, viewerClass } from '@/server/domain/visibility.ts';
import type { Access } from './access.ts';

type Logged = { readonly type: AggregateKind; readonly id: string; readonly version: number; readonly body: unknown };

function judged<K extends AggregateKind>(actor: Actor, kind: K, body: unknown): unknown {
  const state = body as AggregateStates[K];
  return maySee(actor, kind, state) ? masked(actor, kind, state) : null;
}

function subjectOfScope(scope: string): Subject {
  const [department = '', district = ''] = scope.split('|'); // as `scopeOf` in server/live joins them
  return { departments: department ? [department] : [], district: district || null };
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
    seesScope: (actor: Actor, scope: string): boolean => may(actor, 'unit.read', subjectOfScope(scope)),
    seesStation: (actor: Actor, scope: string): boolean => may(actor, 'station.read', subjectOfScope(scope)),
    seesFeeds: (actor: Actor): boolean => may(actor, 'feed.read'),
  };
}
