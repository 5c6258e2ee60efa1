import { type Aggregate, type AggregateKind, aggregates } from '@/server/domain/aggregate.ts';
import type { Actor } from '@/server/domain/role.ts';
import type { Unit } from '@/server/domain/unit.ts';
import { type FusionWrites, fusionWrites } from './fusion-rows.ts';
import { type ScopeColumns, scopeColumns } from './scope.ts';
import type { NewEvent } from './store.ts';
import { parseStream } from './stream.ts';

/** What a command writes, worked out before anything is sent: pure, so that the same code rebuilds projections. */
export type EventRow = {
  readonly stream: string;
  readonly version: number;
  readonly kind: string;
  /** The exact bytes that are stored and hashed. */
  readonly content: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly command_id: string;
  readonly ordinal: number;
  readonly occurred_at: number | null;
  readonly received_at: number;
  readonly recorded_at: number;
};

export type ProjectionRow = {
  readonly id: string;
  readonly version: number;
  readonly body: unknown;
  readonly changed_at: number;
} & ScopeColumns;

export type SlotRow = { unit_id: string; slot: number; assignment_id: string; incident_id: string };

export type Held = { readonly version: number; readonly state: unknown };
export type Writes = {
  readonly events: readonly EventRow[];
  readonly inserts: ReadonlyMap<AggregateKind, ProjectionRow[]>;
  readonly updates: ReadonlyMap<AggregateKind, ProjectionRow[]>;
  readonly units: readonly string[];
  readonly slots: readonly SlotRow[];
  readonly fusion: FusionWrites;
};

export const slotsOf = (unit: Unit): SlotRow[] =>
  unit.assignments.map((held) => ({
    unit_id: unit.id,
    slot: held.slot,
    assignment_id: held.id,
    incident_id: held.incident,
  }));

/** Checks the content by the kind's schema and applies it. */
export function applyEvent(stream: string, state: unknown, event: { kind: string; content: unknown }) {
  const { kind } = parseStream(stream);
  const aggregate = aggregates[kind] as Aggregate<unknown>;
  const schema = aggregate.events[event.kind];
  if (!schema) throw new Error(`${stream}: no event kind ${event.kind}`);
  const content = schema.parse(event.content);
  return { content, state: aggregate.apply(state, { kind: event.kind, content }) };
}

export const projectionRow = (stream: string, held: Held, changedAt: number): ProjectionRow => {
  const { kind, id } = parseStream(stream);
  return {
    id,
    version: held.version,
    body: held.state,
    changed_at: changedAt,
    ...scopeColumns(kind, held.state as never),
  };
};

/** `held` is what the command has locked: the state before, or null where the stream begins. */
export function planWrites(
  events: readonly NewEvent[],
  held: ReadonlyMap<string, Held | null>,
  head: { commandId: string; actor: Actor; now: number },
): Writes {
  const after = new Map<string, Held>();
  const rows = events.map((event, ordinal): EventRow => {
    const before = after.get(event.stream) ?? held.get(event.stream) ?? { version: 0, state: null };
    const applied = applyEvent(event.stream, before.version === 0 ? null : before.state, event);
    after.set(event.stream, { version: before.version + 1, state: applied.state });
    return {
      stream: event.stream,
      version: before.version + 1,
      kind: event.kind,
      content: JSON.stringify(applied.content),
      actor_id: head.actor.id,
      actor_name: head.actor.name,
      command_id: head.commandId,
      ordinal,
      occurred_at: event.occurredAt ?? null,
      received_at: head.now,
      recorded_at: head.now,
    };
  });

  const inserts = new Map<AggregateKind, ProjectionRow[]>();
  const updates = new Map<AggregateKind, ProjectionRow[]>();
  const units: string[] = [];
  const slots: SlotRow[] = [];
  for (const [stream, now] of after) {
    const { kind, id } = parseStream(stream);
    const target = held.get(stream) ? updates : inserts;
    target.set(kind, [...(target.get(kind) ?? []), projectionRow(stream, now, head.now)]);
    if (kind === 'unit') {
      units.push(id);
      slots.push(...slotsOf(now.state as Unit));
    }
  }
  const changes = [...after].map(([stream, now]) => ({
    stream,
    before: held.get(stream)?.state ?? null,
    after: now.state,
  }));
  return { events: rows, inserts, updates, units, slots, fusion: fusionWrites(changes) };
}
