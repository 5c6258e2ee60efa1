import { limits } from './limits.ts';

/** Where splitting stopped before the end; `line` counts from 1. */
export type SplitFault = { readonly fault: 'quote' | 'row'; readonly line: number };

const comma = 0x2c;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * RFC 4180 as timetables have it, row by row; `take` answers whether to go on. By hand, because a table has millions of rows: general readers took
 * twenty times as long, and everything else on this server waits meanwhile. A quote inside a cell that does not begin with one is a letter (12" pipe).
 */
export function splitRows(text: string, take: (cells: string[], line: number) => boolean): SplitFault | null {
  let at = 0;
  let line = 1;

  /** A cell in quotes, without them; null where they never close. What follows them up to the comma belongs to it. */
  function quoted(): string | null {
    let out = '';
    for (at++; ; ) {
      const close = text.indexOf('"', at);
      if (close === -1) return null;
      for (let feed = text.indexOf('\n', at); feed !== -1 && feed < close; feed = text.indexOf('\n', feed + 1)) line++;
      out += text.slice(at, close);
      at = close + 1;
      if (text.charCodeAt(at) !== quote) break;
      out += '"';
      at++;
    }
    return out.trim() + plain();
  }

  function plain(): string {
    const start = at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === comma || code === lineFeed || code === carriageReturn) break;
    }
    return text.slice(start, at).trim();
  }

  while (at < text.length) {
    const start = at;
    const begins = line;
    const cells: string[] = [];
    for (;;) {
      while (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09) at++;
      const cell = text.charCodeAt(at) === quote ? quoted() : plain();
      if (cell === null) return { fault: 'quote', line: begins };
      if (at - start > limits.rowChars) return { fault: 'row', line: begins };
      cells.push(cell);
      if (text.charCodeAt(at) !== comma) break;
      at++;
    }
    if (text.charCodeAt(at) === carriageReturn) at++;
    if (text.charCodeAt(at) === lineFeed) at++;
    line++;
    if ((cells.length > 1 || cells[0] !== '') && !take(cells, begins)) return null;
  }
  return null;
}
