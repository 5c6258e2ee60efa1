import { readFileSync } from 'node:fs';
import { isObject, readJsonDocument } from '@/server/feeds/read-json-document.ts';
import { refusalReasons } from '@/server/feeds/refusal.ts';
import { StartRefused } from './start-refused.ts';

const advice = 'See docs/feeds.md for what the file may say; without the file every feed has its defaults.';

/** What the installation says of its feeds, by feed id. Refused by the place of the fault only: the text may hold keys. */
export function readFeedsFile(path: string, required: boolean): Readonly<Record<string, unknown>> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' && !required) return {};
    throw new StartRefused(`The feeds file cannot be read: ${path} (${code}).`, advice);
  }
  const read = readJsonDocument(bytes);
  if ('refused' in read) {
    const line = Buffer.from(bytes.subarray(0, read.offset ?? 0))
      .toString('latin1')
      .split('\n').length;
    throw new StartRefused(
      `The feeds file ${path} cannot be read at line ${line}: ${refusalReasons[read.refused]}.`,
      advice,
    );
  }
  if (!isObject(read.json))
    throw new StartRefused(`The feeds file ${path} must be an object with one entry per feed.`, advice);
  return read.json;
}

export const refuseFaults = (path: string, faults: readonly string[]): void => {
  if (faults.length === 0) return;
  throw new StartRefused(
    [`The feeds are not configured well (${path}):`, ...faults.map((line) => `  ${line}`)].join('\n'),
    advice,
  );
};
