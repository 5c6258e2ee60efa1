import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { splitRows } from './split-rows.ts';

function rowsOf(text: string) {
  const rows: string[][] = [];
  const lines: number[] = [];
  const fault = splitRows(text, (cells, line) => {
    rows.push(cells);
    lines.push(line);
    return true;
  });
  return { rows, lines, fault };
}

describe('rows', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,,\n,,b',
      [
        ['a', '', ''],
        ['', '', 'b'],
      ],
    ],
    ['\n\na\n\n', [['a']]],
    [' a , "b" ,\tc\n', [['a', 'b', 'c']]],
    [
      '"a,b","c""d","e\nf"\n1,2,3',
      [
        ['a,b', 'c"d', 'e\nf'],
        ['1', '2', '3'],
      ],
    ],
    ['"",x', [['', 'x']]],
    ['pipe 12",x', [['pipe 12"', 'x']]],
    ['"a"b,c', [['ab', 'c']]],
    ['"a"', [['a']]],
    ['南京,"鼓楼, 北"', [['南京', '鼓楼, 北']]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(rowsOf(text)).toMatchObject({ rows, fault: null });
  });

  it('know on which line they begin', () => {
    expect(rowsOf('a\r\n"b\nc"\n\nd\ne').lines).toEqual([1, 2, 5, 6]);
  });

  it('end where a quote never closes or a row never ends', () => {
    expect(rowsOf('a\n"b\nc').fault).toEqual({ fault: 'quote', line: 2 });
    expect(rowsOf(`a\n"${'x'.repeat(70_000)}"`).fault).toEqual({ fault: 'row', line: 2 });
    expect(rowsOf(`${','.repeat(70_000)}`).fault).toEqual({ fault: 'row', line: 1 });
  });

  it('stop when they are told to', () => {
    const seen: string[][] = [];
    splitRows('a\nb\nc', (cells) => seen.push(cells) < 2);
    expect(seen).toEqual([['a'], ['b']]);
  });

  it('are those of another reader of the same standard, whatever the cells', () => {
    const below = seeded(11);
    const letters = ['a', ',', '"', '\n', '\r\n', ' x', '鼓', '1'];
    for (let round = 0; round < 2_000; round++) {
      const table = Array.from({ length: 1 + below(4) }, () =>
        Array.from({ length: 3 }, () =>
          Array.from({ length: below(5) }, () => letters[below(letters.length)]).join(''),
        ),
      );
      const text = table
        .map((cells) =>
          cells
            .map((cell) => (/[",\n\r]/.test(cell) || below(3) === 0 ? `"${cell.replaceAll('"', '""')}"` : cell))
            .join(','),
        )
        .join(below(2) === 0 ? '\n' : '\r\n');
      const theirs = parse(text, {
        relax_column_count: true,
        skip_empty_lines: true,
        trim: true,
        record_delimiter: ['\r\n', '\n'],
      });
      const trimmed = (rows: string[][]) => rows.map((cells) => cells.map((cell) => cell.trim()));
      expect(trimmed(rowsOf(text).rows), JSON.stringify(text)).toEqual(trimmed(theirs));
    }
  });
});
