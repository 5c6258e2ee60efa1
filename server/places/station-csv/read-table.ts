import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { type Column, columnNamed, needed, repeated } from './columns.ts';

export const mostRows = 20_000;
const longestRow = 64 * 1024;

/** Why the file as a whole is none. */
export type TableFault = {
  readonly fault: 'empty' | 'not-csv' | 'no-header' | 'column-missing' | 'column-twice' | 'too-many';
  readonly line: number | null;
  readonly column: string | null;
};
export type TableRow = {
  /** Where it begins in the file; the header is line 1. */
  readonly line: number;
  /** Cells by column; several where a column stands several times. */
  readonly cells: ReadonlyMap<Column, readonly string[]>;
  /** Cells beyond the header's. */
  readonly ragged: boolean;
};
export type Table = { readonly rows: readonly TableRow[]; readonly ignored: readonly string[] };

/** Spreadsheets write what their country writes. */
function delimiterOf(text: string): string {
  const header = text.slice(0, 4_000).split('\n', 1)[0] ?? '';
  const count = (of: string) => header.split(of).length;
  return [',', '\t', ';'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

type Parsed = { record: string[]; info: { lines: number } };

/** Export puts an apostrophe before what a spreadsheet would take for a formula. */
const unguarded = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@\t\r])/, '');

export function readTable(text: string): Table | TableFault {
  const fault = (of: TableFault['fault'], more: Partial<TableFault> = {}): TableFault => ({
    ...{ line: null, column: null },
    ...more,
    fault: of,
  });
  if (text.trim() === '') return fault('empty');
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
      to: mostRows + 2,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fault('not-csv', { line: typeof error.lines === 'number' ? error.lines : null });
  }
  const [head, ...body] = parsed;
  if (!head || head.record.every((cell) => columnNamed(cell) === null)) return fault('no-header');
  const named = head.record.map((cell) => columnNamed(cell));
  const missing = needed.find((column) => !named.includes(column));
  if (missing) return fault('column-missing', { column: missing });
  const twice = named.find((column, at) => column && !repeated.has(column) && named.indexOf(column) !== at);
  if (twice) return fault('column-twice', { column: twice });
  if (body.length > mostRows) return fault('too-many');
  const rows = body.flatMap(({ record, info }): TableRow[] => {
    if (record.every((cell) => cell.trim() === '')) return [];
    const cells = new Map<Column, string[]>();
    for (const [at, column] of named.entries()) {
      const cell = unguarded(record[at] ?? '');
      if (column && cell !== '') cells.set(column, [...(cells.get(column) ?? []), cell]);
    }
    const breaks = record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    return [
      { line: info.lines - breaks, cells, ragged: record.slice(named.length).some((cell) => cell.trim() !== '') },
    ];
  });
  return { rows, ignored: head.record.filter((cell, at) => named[at] === null && cell.trim() !== '').slice(0, 50) };
}
