import gcoord from 'gcoord';
import type { LonLat } from '@/server/domain/place.ts';
import { type Measure, type Station, stationId, thresholdLevels } from '@/server/domain/station.ts';
import type { Column } from './columns.ts';
import { entriesOf, readLimit, readMeasure, readNumber, readThreshold } from './measure-cell.ts';
import type { TableRow } from './read-table.ts';
import { type AddedDepartments, type Crs, crsNamed, datumNamed, departmentNamed, kindNamed } from './words.ts';

export const rowReasons = [
  'missing',
  'not-a-number',
  'out-of-range',
  'half-a-position',
  'position-zero',
  'crs-missing',
  'unknown-word',
  'measure',
  'threshold',
  'measure-unknown',
  'ragged',
  'twice',
] as const;
export type RowFault = {
  readonly reason: (typeof rowReasons)[number];
  /** The column by its English name. */
  readonly column: string;
  /** What stands there, cut; for `twice` the line of the first. */
  readonly value: string;
};

const isFault = (value: unknown): value is RowFault => typeof value === 'object' && value !== null && 'reason' in value;
const shown = 80;

type Row = {
  text(column: Column): string;
  all(column: Column): readonly string[];
  fault(reason: RowFault['reason'], column: Column, value?: string): RowFault;
};

const rowOf = ({ cells }: TableRow): Row => ({
  text: (column) => cells.get(column)?.[0] ?? '',
  all: (column) => cells.get(column) ?? [],
  fault: (reason, column, value) => ({
    reason,
    column,
    value: (value ?? cells.get(column)?.[0] ?? '').slice(0, shown),
  }),
});

const systems = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;
/** CGCS2000 and WGS-84 differ by less than a metre. */
function toWgs84(at: LonLat, crs: Crs): LonLat {
  if (crs !== 'gcj02' && crs !== 'bd09') return at;
  const [lon, lat] = gcoord.transform([at[0], at[1]], systems[crs], gcoord.WGS84) as [number, number];
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

function positionOf(row: Row): LonLat | null | RowFault {
  const [lonText, latText] = [row.text('lon'), row.text('lat')];
  if (lonText === '' && latText === '') return null;
  if (lonText === '' || latText === '') return row.fault('half-a-position', lonText === '' ? 'lon' : 'lat');
  const [lon, lat] = [readNumber(lonText), readNumber(latText)];
  if (lon === null) return row.fault('not-a-number', 'lon');
  if (lat === null) return row.fault('not-a-number', 'lat');
  if (Math.abs(lon) > 180) return row.fault('out-of-range', 'lon');
  if (Math.abs(lat) > 90) return row.fault('out-of-range', 'lat');
  if (lon === 0 && lat === 0) return row.fault('position-zero', 'lon');
  if (row.text('crs') === '') return row.fault('crs-missing', 'crs');
  const crs = crsNamed(row.text('crs'));
  return crs ? toWgs84([lon, lat], crs) : row.fault('unknown-word', 'crs');
}

function measuresOf(row: Row): Measure[] | RowFault {
  const measures: Measure[] = [];
  for (const entry of row.all('measures').flatMap(entriesOf)) {
    const measure = readMeasure(entry);
    if (!measure || measures.some(({ property }) => property === measure.property))
      return row.fault('measure', 'measures', entry);
    measures.push(measure);
  }
  const add = (property: string, threshold: Measure['thresholds'][number]): boolean => {
    const at = measures.findIndex((measure) => measure.property === property);
    const measure = measures[at];
    if (!measure) return false;
    measures[at] = { ...measure, thresholds: [...measure.thresholds, threshold] };
    return true;
  };
  for (const entry of row.all('thresholds').flatMap(entriesOf)) {
    const read = readThreshold(entry);
    if (!read) return row.fault('threshold', 'thresholds', entry);
    if (!add(read.property, read.threshold)) return row.fault('measure-unknown', 'thresholds', entry);
  }
  for (const level of thresholdLevels) {
    const cell = row.text(level);
    if (cell === '') continue;
    const limit = readLimit(cell);
    if (!limit) return row.fault('threshold', level);
    const [first] = measures;
    if (!first) return row.fault('measure-unknown', level);
    add(first.property, { level, ...limit, source: null });
  }
  return measures;
}

const isPositive = (value: number | null): value is number => value !== null && value > 0;

/** One row → a station. Its values are not bounded here; the register's own shape does that. */
export function readRow(
  from: TableRow,
  districtOf: (at: LonLat) => string | null,
  added: AddedDepartments,
): Station | RowFault {
  const row = rowOf(from);
  if (from.ragged) return { reason: 'ragged', column: '', value: '' };
  for (const column of ['scheme', 'key', 'kind', 'name'] as const)
    if (row.text(column) === '') return row.fault('missing', column);
  const kind = kindNamed(row.text('kind'));
  if (!kind) return row.fault('unknown-word', 'kind');
  const department = row.text('department') === '' ? null : departmentNamed(row.text('department'), added);
  if (department === null && row.text('department') !== '') return row.fault('unknown-word', 'department');
  const verticalDatum = datumNamed(row.text('verticalDatum') || 'unknown');
  if (!verticalDatum) return row.fault('unknown-word', 'verticalDatum');
  const interval = row.text('expectedIntervalS');
  const expectedIntervalS = interval === '' ? null : readNumber(interval);
  if (interval !== '' && !isPositive(expectedIntervalS)) return row.fault('not-a-number', 'expectedIntervalS');
  const lonLat = positionOf(row);
  if (isFault(lonLat)) return lonLat;
  const measures = measuresOf(row);
  if (isFault(measures)) return measures;
  const [scheme, key] = [row.text('scheme'), row.text('key')];
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(scheme)) return row.fault('unknown-word', 'scheme');
  return {
    id: stationId(scheme, key),
    scheme,
    key,
    kind,
    name: row.text('name'),
    department,
    lonLat,
    district: lonLat ? districtOf(lonLat) : null,
    address: row.text('address'),
    verticalDatum,
    expectedIntervalS,
    measures,
    demo: false,
    state: 'registered',
  };
}
