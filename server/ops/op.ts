import type { AggregateKind } from '@/server/domain/aggregate.ts';
import type { FusionThresholds } from '@/server/domain/fusion.ts';
import type { Decision } from '@/server/domain/incident-decide.ts';
import { type Refused, refused } from '@/server/domain/refusal.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Loaded, NewEvent, Store, Tx } from '@/server/store/store.ts';

/** What a use case is given: the record, and ids from outside (never made inside the domain). */
export type OpDeps = {
  readonly store: Store;
  readonly newId: () => string;
  /** When signals are joined by themselves; a setting of the installation. */
  readonly fusion?: FusionThresholds;
};

/** A person's command: the id comes from the client, so that a repeat gets the first answer. */
export type Command<Input> = { readonly id: string; readonly actor: Actor; readonly input: Input };

export const decisionOf = (tx: Tx): Decision => ({ now: tx.now, actor: tx.actor });

export const eventsFor = (
  kind: AggregateKind,
  id: string,
  events: readonly { readonly kind: string; readonly content: unknown }[],
): NewEvent[] => events.map((event) => ({ stream: `${kind}/${id}`, kind: event.kind, content: event.content }));

export const loadOr = async <K extends AggregateKind>(tx: Tx, kind: K, id: string): Promise<Loaded<K> | Refused> =>
  (await tx.load(kind, id)) ?? refused('not_found', `${kind} ${id}`);
