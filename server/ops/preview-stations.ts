import { isDeepStrictEqual } from 'node:util';
import type { Station } from '@/server/domain/station.ts';
import { type RefusedRow, readStations } from '@/server/places/station-csv/read-stations.ts';
import type { TableFault } from '@/server/places/station-csv/read-table.ts';
import type { ReadTx } from '@/server/store/store.ts';
import { entryOf, type RegisterDeps } from './register-stations.ts';

/** Fields of an entry that a person can read a change in. */
const compared = [
  ...(['kind', 'name', 'department', 'lonLat', 'address', 'verticalDatum', 'expectedIntervalS'] as const),
  ...(['measures', 'state'] as const),
];
export type ComparedField = (typeof compared)[number];

export type StationPreview = {
  readonly added: readonly { readonly line: number; readonly station: Station }[];
  readonly changed: readonly {
    readonly line: number;
    readonly station: Station;
    readonly fields: readonly ComparedField[];
  }[];
  readonly unchanged: number;
  /** Rows that are none; not `refused`, which is what a command is when nothing of it was done. */
  readonly faulty: readonly RefusedRow[];
  readonly ignored: readonly string[];
  /** With a position that lies in no district of the city. */
  readonly outside: number;
};

/** What a register file would do, without doing it. */
export async function previewStations(
  tx: Pick<ReadTx, 'findAll' | 'list'>,
  text: string,
  districtOf: RegisterDeps['districtOf'],
): Promise<StationPreview | TableFault> {
  const added = (await tx.list('department')).flatMap(({ state }) => (state.name ? [state] : []));
  const read = readStations(text, districtOf, added);
  if ('fault' in read) return read;
  const held = await tx.findAll(
    'station',
    read.stations.map(({ station }) => station.id),
  );
  const rows = read.stations.map(({ line, station }) => {
    const before = held.get(station.id)?.state ?? null;
    return { line, before, station: entryOf(station, before, districtOf) };
  });
  const fieldsOf = (before: Station, after: Station) =>
    compared.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return {
    added: rows.flatMap(({ line, before, station }) => (before ? [] : [{ line, station }])),
    changed: rows.flatMap(({ line, before, station }) =>
      before && !isDeepStrictEqual(before, station) ? [{ line, station, fields: fieldsOf(before, station) }] : [],
    ),
    unchanged: rows.filter(({ before, station }) => isDeepStrictEqual(before, station)).length,
    faulty: read.refused,
    ignored: read.ignored,
    outside: rows.filter(({ station }) => station.lonLat && station.district === null).length,
  };
}
