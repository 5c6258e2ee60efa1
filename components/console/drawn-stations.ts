import type { LayerChoice } from './layer-choice.ts';
import { isAbnormal, type StationRow } from './station-rows.ts';

/** On the map: what is abnormal unless that is put off, and every station of the kinds that were asked for. */
export const drawnStations = (rows: readonly StationRow[], choice: LayerChoice): StationRow[] =>
  rows.filter(
    (row) =>
      row.station.lonLat !== null &&
      (choice.kinds.includes(row.station.kind) || (isAbnormal(row) && !choice.hidden.includes('stations'))),
  );
