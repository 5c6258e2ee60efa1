import { parse } from 'csv-parse/sync';
import { type Refusal, refuse } from '../refusal.ts';
import { limits } from './limits.ts';

/** One row: its cells by the header's names; an empty cell and one that is not there are the same. */
export type Row = { readonly line: number; readonly columns: readonly string[]; get(column: string): string };
export type Rows = { readonly columns: readonly string[]; readonly count: number };

class Stop extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.detail);
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

/** RFC 4180 as GTFS has it (quotes, CR LF, byte order mark), row by row, so that a table of millions is never held whole. */
export function readRows(
  file: string,
  bytes: Uint8Array,
  on: { row(row: Row): void; refuse(refusal: Refusal): void; budget: { rows: number } },
): Rows | Refusal {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('encoding', `${file}: not UTF-8`);
  }
  let columns: readonly string[] | null = null;
  let index = new Map<string, number>();
  let count = 0;

  function take(cells: readonly string[], line: number): void {
    if (!columns) {
      columns = cells.map((name) => name.trim().toLowerCase());
      index = new Map(columns.map((name, at) => [name, at]));
      if (columns.length > limits.columns) throw new Stop(refuse('too_large', `${file}: ${columns.length} columns`));
      if (index.size !== columns.length) throw new Stop(refuse('schema', `${file}: two columns of one name`));
      return;
    }
    if (cells.every((cell) => cell === '')) return;
    if (--on.budget.rows < 0) throw new Stop(refuse('too_large', `${file}: more than ${limits.rows} rows in all`));
    count++;
    if (cells.slice(columns.length).some((cell) => cell !== ''))
      on.refuse(refuse('length', `${file} line ${line}: ${cells.length} cells for ${columns.length} columns`));
    else on.row({ line, columns, get: (column) => cells[index.get(column) ?? -1] ?? '' });
  }

  try {
    parse(text, {
      bom: true,
      // Also where the cell is quoted: "  1" is how some export a padded id.
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: limits.rowBytes,
      // Some write inches into a name: 12" pipe. Their row is theirs; the file is not lost for it.
      relax_quotes: true,
      on_record: (cells, { lines }) => {
        take(cells, lines);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof Stop) return error.refusal;
    const line = (error as { lines?: unknown }).lines;
    const where = typeof line === 'number' ? `${file} line ${line}` : file;
    if (codeOf(error) === 'CSV_MAX_RECORD_SIZE') return refuse('too_large', `${where}: a row too long`);
    if (codeOf(error).startsWith('CSV_')) return refuse('syntax', `${where}: a quoted cell that does not end`);
    throw error;
  }
  return columns === null ? refuse('schema', `${file}: no header`) : { columns, count };
}
