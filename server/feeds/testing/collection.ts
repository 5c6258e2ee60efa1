import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Messages that others published, with what their sources and an independent decode state. Not part of the project. */
const root = process.env.FEED_SAMPLES ?? join(import.meta.dirname, '../../../../shared/data/feeds');

/** One folder of the collection; where it is absent everything is empty, and its tests are skipped. */
export function openCollection(folder = '.') {
  const at = join(root, folder);
  const present = existsSync(at);
  return {
    present,
    names: (): string[] => (present ? readdirSync(at) : []),
    bytes: (file: string): Uint8Array => new Uint8Array(readFileSync(join(at, file))),
    /** A file of one JSON object a line; none where there is no such file. */
    lines: <Line>(file: string): Line[] =>
      existsSync(join(at, file))
        ? readFileSync(join(at, file), 'utf8')
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => JSON.parse(line))
        : [],
  };
}
