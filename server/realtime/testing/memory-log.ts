import type { LoggedChange, RecordLog } from '@/server/realtime/port.ts';

/** A log in memory for tests of the socket: one record change a position. */
export type MemoryLog = RecordLog & {
  write(id: string, body?: unknown): number;
  /** Reads fail while this is true, as when the database is gone. */
  broken: boolean;
  readonly reads: { from: number; upTo: number }[];
  readonly snapshots: number;
};

export function createMemoryLog(): MemoryLog {
  const written: LoggedChange[] = [];
  const versions = new Map<string, number>();
  const listeners = new Set<(upTo: number) => void>();
  const reads: { from: number; upTo: number }[] = [];
  let snapshots = 0;
  const newest = (changes: readonly LoggedChange[]) => [
    ...new Map(changes.map((change) => [change.id, change])).values(),
  ];
  return {
    broken: false,
    reads,
    get snapshots() {
      return snapshots;
    },
    write(id, body = { id }) {
      const version = (versions.get(id) ?? 0) + 1;
      versions.set(id, version);
      written.push({ type: 'incident', id, version, body });
      for (const listener of listeners) listener(written.length);
      return written.length;
    },
    sealedUpTo: () => written.length,
    onSealed(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async changes(_actor, from, upTo) {
      await Promise.resolve();
      if (this.broken) throw new Error('the database is gone');
      reads.push({ from, upTo });
      return { from, upTo, changes: newest(written.slice(from, upTo)) };
    },
    async snapshot() {
      await Promise.resolve();
      if (this.broken) throw new Error('the database is gone');
      snapshots++;
      return { position: written.length, changes: newest(written) };
    },
  };
}
