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

/** A title or two may stand above the header. */
const mostTitles = 5;

/** The separator that one of the first lines uses most. */
function separatorOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r\n|\n|\r/, mostTitles + 1);
  const many = (separator: string) => Math.max(...lines.map((line) => line.split(separator).length));
  return [',', '\t', ';', '|'].sort((one, other) => many(other) - many(one))[0] as string;
}

/** What spreadsheets add to a table: `sep=;` in front, and `="0012"` for texts of digits. */
function unadorned(text: string): { readonly text: string; readonly separator: string; readonly lines: number } {
  const named = /^sep=([,;|\t])[ \t]*(?:\r\n|\n|\r)/i.exec(text);
  const body = text.slice(named?.[0].length ?? 0).replace(/(^|[,;|\t\r\n])="([^"\r\n]*)"(?=[,;|\t\r\n]|$)/g, '$1"$2"');
  return { text: body, separator: named?.[1] ?? separatorOf(body), lines: named ? 1 : 0 };
}

/** A table of cases or of capacity, cut into cells; what the cells mean is for `map`, which knows the options. */
export function decode(bytes: Uint8Array): CsvTable | Refusal {
  if (bytes.length > maxFrameBytes) return refuse('too_large', `${bytes.length} bytes (at most ${maxFrameBytes})`);
  const text = textIn(bytes);
  if (typeof text !== 'string') return text;
  if (text.trim() === '') return refuse('empty', 'no body');
  const table = unadorned(text);
  const skipped: { line: number; detail: string }[] = [];
  let parsed: Parsed[];
  try {
    parsed = parse(table.text, {
      info: true,
      delimiter: table.separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: mostRowLength,
      to: mostRows + 2 + mostTitles,
      trim: true,
      on_skip: (error?: CsvError) => {
        if (skipped.length < mostRows)
          skipped.push({ line: Number(error?.lines ?? 0) + table.lines, detail: error?.code ?? 'not readable' });
        return undefined;
      },
    }) as unknown as Parsed[];
  } catch (error) {
    const { code, lines } = error as CsvError;
    return refuse('syntax', `line ${Number(lines ?? 1)}: ${String(code ?? 'not a table')}`);
  }
  const [first] = parsed;
  if (!first) return refuse('syntax', 'no header can be read');
  const named = parsed.slice(0, mostTitles + 1).findIndex(({ record }) => !('problem' in readHeader(trimmed(record))));
  const head = parsed[named] ?? first;
  const rows = parsed.slice(Math.max(0, named) + 1);
  if (rows.length > mostRows) return refuse('too_large', `more than ${mostRows} rows`);
  const names = trimmed(head.record);
  if (names.length > mostColumns) return refuse('too_large', `more than ${mostColumns} columns`);
  const header = readHeader(names);
  if ('problem' in header) return refuse('not_protocol', header.problem);
  const read = rows.map(({ info, record }): { line: number; row: Row<string> | Refusal } => {
    // A quoted cell may hold line ends: what counts is where the row begins.
    const line =
      info.lines + table.lines - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    return { line, row: rowOf(line, record, header.columns) };
  });
  const broken = skipped.map(({ line, detail }) => ({ line, row: refuse('syntax', `line ${line}: ${detail}`) }));
  const all = [...read, ...broken].sort((one, other) => one.line - other.line).map(({ row }) => row);
  return { kind: header.kind, rows: all, unknown: header.unknown } as CsvTable;
}

/** Separators at the end of a line that name nothing. */
const trimmed = (record: readonly string[]): readonly string[] => {
  const last = record.findLastIndex((cell) => cell !== '');
  return record.slice(0, last + 1);
};

/** What systems write where there is nothing. */
const nothing = /^(?:-{1,3}|[—–/]{1,2}|null|nil|n\/a|\\n)$/i;

function rowOf(line: number, record: readonly string[], columns: readonly (string | null)[]): Row<string> | Refusal {
  if (record.length < columns.length || record.slice(columns.length).some((cell) => cell !== ''))
    return refuse('length', `line ${line}: ${record.length} cells for ${columns.length} columns`);
  const cells: Record<string, string> = {};
  for (const [at, column] of columns.entries()) {
    const cell = record[at] ?? '';
    if (column !== null && cell !== '' && !nothing.test(cell)) cells[column] = cell;
  }
  return { line, cells };
}
