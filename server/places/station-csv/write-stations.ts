import type { Station } from '@/server/domain/station.ts';
import { type Column, columns } from './columns.ts';
import { joined, writeMeasure, writeThreshold } from './measure-cell.ts';

/** The single columns for levels are for people; what we write has all in `thresholds`. */
const written = columns.filter((column) => !['notice', 'alarm', 'severe'].includes(column));

/** A spreadsheet would run what begins like a formula. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (text: string): string =>
  /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;

const cellsOf = (station: Station): Readonly<Record<Exclude<Column, 'notice' | 'alarm' | 'severe'>, string>> => ({
  scheme: station.scheme,
  key: guarded(station.key),
  kind: station.kind,
  name: guarded(station.name),
  department: station.department ?? '',
  lon: station.lonLat ? String(station.lonLat[0]) : '',
  lat: station.lonLat ? String(station.lonLat[1]) : '',
  crs: station.lonLat ? 'wgs84' : '',
  address: guarded(station.address),
  verticalDatum: station.verticalDatum,
  expectedIntervalS: station.expectedIntervalS === null ? '' : String(station.expectedIntervalS),
  measures: guarded(joined(station.measures.map(writeMeasure))),
  thresholds: guarded(
    joined(
      station.measures.flatMap(({ property, thresholds }) => thresholds.map((one) => writeThreshold(property, one))),
    ),
  ),
});

/** RFC 4180 with CR LF and a byte order mark, so that spreadsheets take it for UTF-8. Reads back as the same stations. */
export function writeStations(stations: readonly Station[]): string {
  const lines = stations.map((station) => {
    const cells = cellsOf(station);
    return written.map((column) => quoted(cells[column as keyof typeof cells])).join(',');
  });
  return `\uFEFF${[written.join(','), ...lines].join('\r\n')}\r\n`;
}
