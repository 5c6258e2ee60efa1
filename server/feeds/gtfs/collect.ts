import { type Refusal, type RefusalReason, refuse } from '../refusal.ts';
import { limits } from './limits.ts';
import { type Row, readRows } from './read-rows.ts';

/** Null: the row is read; else why it is not. */
export type Fault = readonly [RefusalReason, string] | null;

/** What is read of the tables is put together here: rows refused one by one, up to a number that people can look at. */
export type Collector = {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly refusals: Refusal[];
  readonly budget: { rows: number };
  /** Rows of each table, also those that are refused. */
  readonly tables: Record<string, number>;
  /** Tables that could not be read at all: what refers to them is not held against it. */
  readonly broken: Set<string>;
  more: number;
};

export const openCollector = (files: ReadonlyMap<string, Uint8Array>): Collector => ({
  files,
  refusals: [],
  budget: { rows: limits.rows },
  tables: {},
  broken: new Set(),
  more: 0,
});

export function note(into: Collector, refusal: Refusal): void {
  if (into.refusals.length < limits.refusals) into.refusals.push(refusal);
  else into.more++;
}

/** One table; without the columns that it must have it is none. */
export function readTable(
  into: Collector,
  file: string,
  of: { columns: readonly string[]; row(row: Row, columns: ReadonlySet<string>): Fault },
): void {
  const bytes = into.files.get(file);
  if (!bytes) return;
  let columns: Set<string> | null = null;
  const missing: string[] = [];
  const rows = readRows(file, bytes, {
    budget: into.budget,
    refuse: (refusal) => note(into, refusal),
    row: (row) => {
      columns ??= new Set(row.columns);
      if (missing.length > 0) return;
      missing.push(...of.columns.filter((name) => !columns?.has(name)));
      if (missing.length > 0) return;
      const fault = of.row(row, columns);
      if (fault) note(into, refuse(fault[0], `${file} line ${row.line}: ${fault[1]}`));
    },
  });
  if ('refused' in rows) {
    into.broken.add(file);
    note(into, rows);
    return;
  }
  into.tables[file] = rows.count;
  const absent = of.columns.filter((name) => !rows.columns.includes(name));
  if (absent.length === 0) return;
  into.broken.add(file);
  note(into, refuse('schema', `${file}: no column ${absent.join(', ')}`));
}

/** For a text that goes into a detail. */
export const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

/** An id that may be one, and is not taken; takes it. */
export function claim(ids: Set<string>, column: string, id: string): Fault {
  if (id === '') return ['schema', `${column} is empty`];
  if (id.length > limits.idLength) return ['value', `${column} longer than ${limits.idLength}`];
  if (ids.has(id)) return ['conflict', `${column} ${shown(id)} came before`];
  ids.add(id);
  return null;
}

/** Ids of other tables; `file` may be several, of which one suffices. */
export type Foreign = { readonly ids: ReadonlySet<string>; readonly files: readonly string[] };

export function known(into: Collector, { ids, files }: Foreign, column: string, id: string): Fault {
  if (id === '') return ['schema', `${column} is empty`];
  if (ids.has(id) || files.some((file) => into.broken.has(file))) return null;
  return ['value', `${column} ${shown(id)} is not in ${files.join(' or ')}`];
}

export const wholeOf = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

/** A place; a reason where it is none. */
export function placeOf(lat: string, lon: string): readonly [number, number] | Exclude<Fault, null> {
  if (lat === '' || lon === '') return ['schema', 'latitude or longitude is empty'];
  const decimal = /^[+-]?(?:\d{1,3}(?:\.\d{0,20})?|\.\d{1,20})$/;
  const [y, x] = [lat, lon].map((text) => (decimal.test(text) ? Number(text) : Number.NaN)) as [number, number];
  if (!(Math.abs(y) <= 90 && Math.abs(x) <= 180)) return ['value', `${shown(lat)}, ${shown(lon)} is no place`];
  return y === 0 && x === 0 ? ['value', '0, 0: a field never set'] : [x, y];
}
export const isFault = (place: ReturnType<typeof placeOf>): place is Exclude<Fault, null> =>
  typeof place[0] === 'string';
