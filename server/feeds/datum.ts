import gcoord from 'gcoord';
import type { CrsName } from '@/server/wire/record.ts';

export type LonLat = [number, number];

/** The shift of GCJ-02 and BD-09 exists only in and around China; outside this box such coordinates are plain WGS-84. */
const china = { west: 73, east: 136, south: 3, north: 54 };

const insideChina = ([lon, lat]: Readonly<LonLat>): boolean =>
  lon > china.west && lon < china.east && lat > china.south && lat < china.north;

const shifted = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/** About a millimetre on the ground; more decimals would pretend to a precision nobody measured. */
const round = (degrees: number): number => Math.round(degrees * 1e8) / 1e8;

/** CGCS2000 differs from today's WGS-84 by less than a metre and is taken as it is; so is `unknown`, which the caller flags. */
export function toWgs84(position: Readonly<LonLat>, crs: CrsName): LonLat {
  if ((crs !== 'gcj02' && crs !== 'bd09') || !insideChina(position)) return [position[0], position[1]];
  const [lon, lat] = gcoord.transform<LonLat>([position[0], position[1]], shifted[crs], gcoord.WGS84);
  return [round(lon), round(lat)];
}
