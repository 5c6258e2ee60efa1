import { type Refusal, refuse } from '../refusal.ts';
import { limits } from './limits.ts';
import { splitRows } from './split-rows.ts';

/** One row: its cells by the header's names; an empty cell and one that is not there are the same. */
export type Row = { readonly line: number; readonly columns: readonly string[]; get(column: string): string };
export type Rows = { readonly columns: readonly string[]; readonly count: number };

function headerOf(file: string, cells: readonly string[]): readonly string[] | Refusal {
  const columns = cells.map((name) => name.toLowerCase());
  if (columns.length > limits.columns) return refuse('too_large', `${file}: ${columns.length} columns`);
  // Commas at the end of a header name nothing.
  const named = columns.filter((name) => name !== '');
  const twice = new Set(named).size !== named.length;
  return twice ? refuse('schema', `${file}: two columns of one name`) : columns;
}

/** A table row by row, so that one of millions is never held whole. The row handed to `row` is good for that call only. */
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
  let fault: Refusal | null = null;
  let count = 0;
  let cells: readonly string[] = [];
  const row = {
    line: 0,
    columns: [] as readonly string[],
    get: (column: string) => cells[index.get(column) ?? -1] ?? '',
  };

  const split = splitRows(text, (next, line) => {
    cells = next;
    if (columns === null) {
      const header = headerOf(file, next);
      if ('refused' in header) fault = header;
      else {
        columns = header;
        row.columns = header;
        index = new Map(header.flatMap((name, at) => (name === '' ? [] : [[name, at] as const])));
      }
      return fault === null;
    }
    if (next.every((cell) => cell === '')) return true;
    if (--on.budget.rows < 0) {
      fault = refuse('too_large', `${file}: more than ${limits.rows} rows in all`);
      return false;
    }
    count++;
    row.line = line;
    if (next.length > columns.length && next.slice(columns.length).some((cell) => cell !== ''))
      on.refuse(refuse('length', `${file} line ${line}: ${next.length} cells for ${columns.length} columns`));
    else on.row(row);
    return true;
  });
  if (fault) return fault;
  if (split?.fault === 'row') return refuse('too_large', `${file} line ${split.line}: a row too long`);
  if (split) return refuse('syntax', `${file} line ${split.line}: a quoted cell that does not end`);
  return columns === null ? refuse('schema', `${file}: no header`) : { columns, count };
}
