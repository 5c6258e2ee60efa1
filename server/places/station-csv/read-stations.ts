import type { LonLat } from '@/server/domain/place.ts';
import { type Station, station } from '@/server/domain/station.ts';
import { type RowFault, readRow } from './read-row.ts';
import { readTable, type TableFault } from './read-table.ts';
import type { AddedDepartments } from './words.ts';

export type RefusedRow = RowFault & { readonly line: number };
export type ReadStations = {
  readonly stations: readonly { readonly line: number; readonly station: Station }[];
  readonly refused: readonly RefusedRow[];
  /** Columns that nobody here knows; they were left out. */
  readonly ignored: readonly string[];
};

/** A register file → stations, and why its other rows are none. A row never spoils another. */
export function readStations(
  text: string,
  districtOf: (at: LonLat) => string | null,
  added: AddedDepartments = [],
): ReadStations | TableFault {
  const table = readTable(text);
  if ('fault' in table) return table;
  const stations: { line: number; station: Station }[] = [];
  const refused: RefusedRow[] = [];
  const lineOf = new Map<string, number>();
  for (const row of table.rows) {
    const read = readRow(row, districtOf, added);
    if ('reason' in read) {
      refused.push({ line: row.line, ...read });
      continue;
    }
    const checked = station.safeParse(read);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const path = issue?.path.join('.') ?? '';
      refused.push({ line: row.line, reason: 'out-of-range', column: path, value: issue?.code ?? '' });
      continue;
    }
    const first = lineOf.get(read.id);
    if (first !== undefined) {
      refused.push({ line: row.line, reason: 'twice', column: 'key', value: String(first) });
      continue;
    }
    lineOf.set(read.id, row.line);
    stations.push({ line: row.line, station: checked.data });
  }
  return { stations, refused, ignored: table.ignored };
}
