import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The chain's end as it was, kept outside the database: whoever rewrites the whole chain is found by it. */
export type Checkpoint = { readonly position: number; readonly hash: string; readonly at: number };

export type CheckpointWriter = { note(position: number, hash: Buffer, at: number): void };

const everyMs = 60_000;
const everyRecords = 1_000;

/** Writes one line a minute or a thousand records, whichever comes first, and syncs it. */
export function checkpointWriter(file: string, failed: (error: Error) => void): CheckpointWriter {
  let last: Checkpoint = readCheckpoints(file).at(-1) ?? { position: 0, hash: '', at: 0 };
  return {
    note: (position, hash, at) => {
      const due = at - last.at >= everyMs || position - last.position >= everyRecords;
      if (!due || position <= last.position) return;
      const line: Checkpoint = { position, hash: hash.toString('hex'), at };
      try {
        mkdirSync(dirname(file), { recursive: true });
        const open = openSync(file, 'a', 0o600);
        appendFileSync(open, `${JSON.stringify(line)}\n`);
        fsyncSync(open);
        closeSync(open);
        last = line;
      } catch (error) {
        failed(error as Error); // the record itself is safe; the next one tries again
      }
    },
  };
}

/** A line that was cut off by a crash is left out. */
export function readCheckpoints(file: string): Checkpoint[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line ? [JSON.parse(line) as Checkpoint] : [];
      } catch {
        return []; // half a line
      }
    });
}
