import type { Refusal } from '../refusal.ts';
import type { CapacityColumn, CaseColumn } from './columns.ts';

/** A row that could be cut into cells; `line` counts from 1, the header's. Empty cells are null. */
export type Row<Column extends string> = {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
};

type Table<Kind extends string, Column extends string> = {
  readonly kind: Kind;
  readonly rows: readonly (Row<Column> | Refusal)[];
  /** Columns of the header that nobody here knows. */
  readonly unknown: readonly string[];
};
export type CsvTable = Table<'case', CaseColumn> | Table<'capacity', CapacityColumn>;
