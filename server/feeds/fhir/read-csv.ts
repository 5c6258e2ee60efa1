import { type Refusal, refuse } from '../refusal.ts';

export const csvLimits = { rows: 5_000, columns: 200, cell: 2_000 };

/** RFC 4180 with the separator that the first line uses: comma, semicolon or tab. */
export function readCsv(text: string, limits = csvLimits): string[][] | Refusal {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const many = (separator: string) => firstLine.split(separator).length;
  const separator = [',', ';', '\t'].sort((one, other) => many(other) - many(one))[0] as string;
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const bound = () => row.length >= limits.columns || rows.length >= limits.rows + 1;

  /** One cell; null where a quote never closes or something follows it. */
  const cell = (): string | null => {
    if (text[at] !== '"') {
      const start = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
      return text.slice(start, at);
    }
    let out = '';
    for (at++; ; ) {
      const quote = text.indexOf('"', at);
      if (quote === -1) return null;
      out += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      out += '"';
      at++;
    }
    return at >= text.length || text[at] === separator || text[at] === '\n' || text[at] === '\r' ? out : null;
  };

  while (at < text.length) {
    if (bound()) return refuse('too_large', `more than ${limits.rows} rows or ${limits.columns} columns`, at);
    const start = at;
    const read = cell();
    if (read === null) return refuse('syntax', 'a quoted cell that does not end', start);
    if (read.length > limits.cell) return refuse('too_large', `a cell longer than ${limits.cell}`, start);
    row.push(read.trim());
    if (text[at] === separator) {
      at++;
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
