import { type CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../decode-text.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { readHeader } from './columns.ts';
import type { CsvTable, Row } from './message.ts';

export const maxFrameBytes = 5 * 1024 * 1024;
const mostRows = 5_000;
const mostColumns = 100;
const mostRowLength = 64 * 1024;

/** UTF-8, UTF-16 with its mark, or what a Chinese spreadsheet saves: bytes that are no UTF-8 are GB 18030. */
function textIn(bytes: Uint8Array): string | Refusal {
  const read = decodeText(bytes);
  if (!isRefusal(read)) return read.text;
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
  } catch {
    return refuse('encoding', 'neither UTF-8 nor GB 18030');
  }
}

type Parsed = { readonly info: { readonly lines: number }; readonly record: string[] };

/** The separator that the first line uses. */
function separatorOf(text: string): string {
  const line = text.slice(0, Math.min(text.search(/[\r\n]|$/), 10_000));
  const many = (separator: string) => line.split(separator).length;
  return [',', '\t', ';'].sort((one, other) => many(other) - many(one))[0] as string;
}

/** A table of cases or of capacity, cut into cells; what the cells mean is for `map`, which knows the options. */
export function decode(bytes: Uint8Array): CsvTable | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const text = textIn(bytes);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return refuse('empty', 'no body');
  const skipped: { line: number; detail: string }[] = [];
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      info: true,
      delimiter: separatorOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: mostRowLength,
      to: mostRows + 2,
      trim: true,
      on_skip: (error?: CsvError) => {
        if (skipped.length < mostRows)
          skipped.push({ line: Number(error?.lines ?? 0), detail: error?.code ?? 'not readable' });
        return undefined;
      },
    }) as unknown as Parsed[];
  } catch (error) {
    const { code, lines } = error as CsvError;
    return refuse('syntax', `line ${Number(lines ?? 1)}: ${String(code ?? 'not a table')}`);
  }
  const [head, ...rows] = parsed;
  if (!head) return refuse('syntax', 'no header can be read');
  if (rows.length > mostRows) return refuse('too_large', `more than ${mostRows} rows`);
  if (head.record.length > mostColumns) return refuse('too_large', `more than ${mostColumns} columns`);
  const header = readHeader(head.record);
  if ('problem' in header) return refuse('not_protocol', header.problem);
  const read = rows.map(({ info, record }): { line: number; row: Row<string> | Refusal } => {
    // A quoted cell may hold line ends: what counts is where the row begins.
    const line = info.lines - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    return { line, row: rowOf(line, record, header.columns) };
  });
  const broken = skipped.map(({ line, detail }) => ({ line, row: refuse('syntax', `line ${line}: ${detail}`) }));
  const all = [...read, ...broken].sort((one, other) => one.line - other.line).map(({ row }) => row);
  return { kind: header.kind, rows: all, unknown: header.unknown } as CsvTable;
}

function rowOf(line: number, record: readonly string[], columns: readonly (string | null)[]): Row<string> | Refusal {
  if (record.length !== columns.length)
    return refuse('length', `line ${line}: ${record.length} cells for ${columns.length} columns`);
  const cells: Record<string, string> = {};
  for (const [at, column] of columns.entries()) {
    const cell = record[at] ?? '';
    if (column !== null && cell !== '') cells[column] = cell;
  }
  return { line, cells };
}
