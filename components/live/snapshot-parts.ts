import type { RecordChange, SnapshotPart } from '@/server/wire/realtime.ts';

/** Puts a snapshot together from its parts; they come in order, a new first part begins anew. */
export type SnapshotParts = { take(part: SnapshotPart): { position: number; changes: RecordChange[] } | null };

export function createSnapshotParts(): SnapshotParts {
  let gathered: RecordChange[] = [];
  let expected = 0;
  return {
    take({ part, parts, position, changes }) {
      if (part === 0) {
        gathered = [];
        expected = 0;
      }
      if (part !== expected) return null;
      for (const change of changes) gathered.push(change);
      expected++;
      if (expected < parts) return null;
      const whole = gathered;
      gathered = [];
      return { position, changes: whole };
    },
  };
}
