import type { Geometry, QualityFlag } from '@/server/wire/record.ts';
import type { MapContext } from '../contract.ts';
import { readGeometry } from '../read-geometry.ts';
import { judgeClock } from '../source-clock.ts';
import { alsoPrefix } from './columns.ts';
import type { Row } from './message.ts';
import type { CsvOptions } from './options.ts';
import { readTime } from './read-time.ts';

/** Reads the cells of one row; the first thing that is wrong with it is kept, and refuses the row. */
export function createRowReader<Column extends string>({ line, cells }: Row<Column>, context: MapContext<CsvOptions>) {
  let wrong: string | null = null;
  const flags = new Set<QualityFlag>();
  const fail = (column: string, problem: string): null => {
    wrong ??= `line ${line}, ${column}: ${problem}`;
    return null;
  };

  return {
    text: (column: Column): string | null => cells[column] ?? null,
    needed(column: Column, most = 512): string {
      const cell = cells[column];
      if (cell === undefined) fail(column, 'is empty');
      else if (cell.length > most) fail(column, `is longer than ${most}`);
      else if (/^\d(?:\.\d+)?E\+\d+$/i.test(cell))
        fail(column, `${cell.slice(0, 40)} is a number that a spreadsheet has cut short`);
      return cell ?? '';
    },
    time(column: Column, mayLieAhead = false): number | null {
      const cell = cells[column];
      if (cell === undefined) return null;
      const plain = cell.normalize('NFKC');
      // A database's way of saying never.
      if (/^0000-00-00/.test(plain)) return null;
      const read = readTime(plain, context.options);
      if ('problem' in read) return fail(column, read.problem);
      const clock = judgeClock(read.at, context.receivedAt);
      for (const flag of clock.flags) if (!mayLieAhead) flags.add(flag);
      return mayLieAhead ? read.at : clock.at;
    },
    /** Empty is not known, which is not zero. */
    count(column: Column): number | null {
      const cell = cells[column];
      if (cell === undefined) return null;
      const plain = cell
        .normalize('NFKC')
        .replace(/\s*[张人辆台个床]$/, '')
        .replace(/\.0+$/, '');
      const digits = /^\d{1,3}(?:,\d{3}){1,2}$/.test(plain) ? plain.replaceAll(',', '') : plain;
      return /^\d{1,9}$/.test(digits) ? Number(digits) : fail(column, `"${cell.slice(0, 40)}" is no count`);
    },
    /** Cells that are kept with the names of their columns. */
    also: (): string[] =>
      Object.entries<string | undefined>(cells).flatMap(([column, cell]) =>
        column.startsWith(alsoPrefix) && cell ? [`${column.slice(alsoPrefix.length)}：${cell}`] : [],
      ),
    /** One of the words in the table; null where the cell is empty. */
    word<Word extends string>(column: Column, words: ReadonlyMap<string, Word>): Word | null {
      const cell = cells[column];
      if (cell === undefined) return null;
      return (
        words.get(cell.toLowerCase().replace(/\s+/g, '')) ??
        fail(column, `"${cell.slice(0, 40)}" is no state that is known here`)
      );
    },
    point(lonColumn: Column, latColumn: Column): Geometry | null {
      const [lon, lat] = [cells[lonColumn], cells[latColumn]];
      if (lon === undefined && lat === undefined) return null;
      // A comma for the point, where it separates no cells; the sign of a degree behind it.
      const numbers = [lon, lat].map((cell) => {
        const plain = (cell ?? '')
          .normalize('NFKC')
          .replace(/°$/, '')
          .replace(/^(-?\d{1,3}),(\d{1,20})$/, '$1.$2');
        return /^-?\d{1,3}(\.\d{1,20})?$/.test(plain) ? Number(plain) : Number.NaN;
      });
      const [x = Number.NaN, y = Number.NaN] = numbers;
      if (Math.abs(y) > 90 && Math.abs(x) <= 90) return fail(latColumn, 'longitude and latitude seem to be exchanged');
      if (!(Math.abs(x) <= 180 && Math.abs(y) <= 90))
        return fail(lonColumn, 'longitude and latitude are not both degrees');
      const place = readGeometry({ type: 'Point', coordinates: [x, y] }, context.crs);
      for (const flag of place.flags) flags.add(flag);
      return place.geometry;
    },
    flags: (): QualityFlag[] => [...flags],
    wrong: (): string | null => wrong,
  };
}

export const cut = (text: string | null, most: number): string | null =>
  text === null ? null : text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
