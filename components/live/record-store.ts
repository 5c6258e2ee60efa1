import { type AggregateKind, type AggregateState, aggregateKinds } from '@/server/domain/aggregate.ts';
import { type RangeVerdict, type RecordBatch, type RecordChange, rangeVerdict } from '@/server/wire/realtime.ts';
import { createListeners } from './listeners.ts';

export type Held<K extends AggregateKind = AggregateKind> = {
  readonly id: string;
  readonly version: number;
  readonly body: AggregateState<K>;
};

/** What a selector may read. `all` gives the same map object until something in it changes. */
export type Records = {
  readonly position: number | null;
  readonly epoch: string | null;
  get<K extends AggregateKind>(type: K, id: string): Held<K> | null;
  all<K extends AggregateKind>(type: K): ReadonlyMap<string, Held<K>>;
};

export type RecordStore = Records & {
  /** `gap`: nothing was applied; ask again from `position`. */
  applyBatch(batch: RecordBatch): RangeVerdict;
  applySnapshot(snapshot: { position: number; epoch: string; changes: readonly RecordChange[] }): void;
  /** What was known is of no use any more: somebody else looks, or another database answers. */
  clear(): void;
  subscribe(listener: (types: ReadonlySet<AggregateKind>) => void): () => void;
};

type Shelf = Map<string, Held>;

export function createRecordStore(): RecordStore {
  const told = createListeners<[ReadonlySet<AggregateKind>]>();
  let shelves = new Map<AggregateKind, Shelf>(aggregateKinds.map((type) => [type, new Map()]));
  /** Versions of what is gone, so that an overlapping range cannot bring it back. */
  let gone = new Map<string, number>();
  let position: number | null = null;
  let epoch: string | null = null;

  const shelf = (type: AggregateKind): Shelf => shelves.get(type) ?? new Map();

  function put(into: Map<AggregateKind, Shelf>, change: RecordChange): boolean {
    const { type, id, version, body } = change;
    const target = into.get(type);
    if (!target) return false;
    const key = `${type}/${id}`;
    const known = target.get(id)?.version ?? gone.get(key) ?? -1;
    if (version < known) return false;
    if (body === null) {
      gone.set(key, version);
      return target.delete(id);
    }
    if (target.get(id)?.version === version) {
      // Same version, perhaps another mask: keep the object that screens already hold unless it differs.
      if (JSON.stringify(target.get(id)?.body) === JSON.stringify(body)) return false;
    }
    gone.delete(key);
    target.set(id, { id, version, body });
    return true;
  }

  function applyBatch(batch: RecordBatch): RangeVerdict {
    if (position === null) return 'gap';
    const verdict = rangeVerdict(position, batch);
    if (verdict !== 'next') return verdict;
    const touched = new Set(batch.changes.map((change) => change.type));
    const next = new Map(shelves);
    for (const type of touched) next.set(type, new Map(shelf(type)));
    const changed = new Set<AggregateKind>();
    for (const change of batch.changes) if (put(next, change)) changed.add(change.type);
    for (const type of touched) if (!changed.has(type)) next.set(type, shelf(type));
    shelves = next;
    position = batch.upTo;
    told.tell(changed);
    return verdict;
  }

  function applySnapshot(snapshot: { position: number; epoch: string; changes: readonly RecordChange[] }): void {
    gone = new Map();
    const next = new Map<AggregateKind, Shelf>(aggregateKinds.map((type) => [type, new Map()]));
    const sameLog = epoch === snapshot.epoch;
    for (const change of snapshot.changes) {
      const held = sameLog ? shelf(change.type).get(change.id) : undefined;
      const same = held && change.body !== null && held.version === change.version;
      const unchanged = same && JSON.stringify(held.body) === JSON.stringify(change.body);
      if (unchanged) next.get(change.type)?.set(change.id, held);
      else put(next, change);
    }
    shelves = next;
    position = snapshot.position;
    epoch = snapshot.epoch;
    told.tell(new Set(aggregateKinds));
  }

  return {
    get position() {
      return position;
    },
    get epoch() {
      return epoch;
    },
    get: <K extends AggregateKind>(type: K, id: string) => (shelf(type).get(id) as Held<K> | undefined) ?? null,
    all: <K extends AggregateKind>(type: K) => shelf(type) as ReadonlyMap<string, Held> as ReadonlyMap<string, Held<K>>,
    applyBatch,
    applySnapshot,
    clear() {
      shelves = new Map(aggregateKinds.map((type) => [type, new Map()]));
      gone = new Map();
      position = null;
      epoch = null;
      told.tell(new Set(aggregateKinds));
    },
    subscribe: told.add,
  };
}
